import { existsSync } from "node:fs";
import { join } from "node:path";
import { type DeclarationFile, readDeclarationFile } from "./declaration-file.ts";
import type { PackageJson } from "./package-json.ts";

interface ApiDeclaration {
  readonly name: string;
  readonly text: string;
}

/**
 * Returns what a package promises to those who import it: every name that its index exports, and every
 * type of its own that these mention, as the compiler declares them, in alphabetical order.
 *
 * @param folder Absolute path of a package that has been built.
 */
export function apiReport(folder: string, { name, exports = {} }: PackageJson): string {
  const index = join(folder, "dist", "index.d.ts");
  const read = createReader();
  const { reexported } = read(index);
  const exported = new Map(
    [...reexported].map(([alias, { from, name: local }]) => [`${from} ${local}`, alias]),
  );
  const open = [...reexported.values()];
  const mentioned = new Map<string, ApiDeclaration>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const key = `${next.from} ${next.name}`;
    if (mentioned.has(key) || !existsSync(next.from)) continue;
    const file = read(next.from);
    const text = file.declared.get(next.name) ?? "";
    mentioned.set(key, { name: next.name, text });
    open.push(...namesIn(text, file, next.from));
  }
  const declarations = [...mentioned].map(([key, each]) => ({
    ...each,
    isExported: exported.has(key),
  }));
  return [
    `# The API of ${name}`,
    "Written by `pnpm report`. A change here is a change for the people who import the package: it needs a changeset.",
    section(
      "Entry points",
      Object.keys(exports).map((path) => `- \`${path.replace(/^\./, name)}\``),
    ),
    section("Exports", blocks(declarations.filter(({ isExported }) => isExported))),
    section(
      "Mentioned by the exports",
      blocks(declarations.filter(({ isExported }) => !isExported)),
    ),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function createReader(): (file: string) => DeclarationFile {
  const files = new Map<string, DeclarationFile>();
  return (file) => {
    const known = files.get(file) ?? readDeclarationFile(file);
    files.set(file, known);
    return known;
  };
}

function namesIn(text: string, { declared, imported }: DeclarationFile, from: string) {
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g));
  return [...words].flatMap((word) => {
    const elsewhere = imported.get(word);
    if (elsewhere !== undefined) return [elsewhere];
    return declared.has(word) ? [{ from, name: word }] : [];
  });
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`## ${title}`, "", ...lines].join("\n");
}

function blocks(declarations: readonly ApiDeclaration[]): readonly string[] {
  const sorted = declarations.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (sorted.length === 0) return [];
  return [
    "```ts",
    sorted.map(({ text }) => text.replace(/^export (declare )?/, "")).join("\n\n"),
    "```",
  ];
}
