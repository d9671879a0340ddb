import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type DeclarationFile,
  type ImportedName,
  readDeclarationFile,
} from "./declaration-file.ts";
import type { PackageJson } from "./package-json.ts";

interface ApiDeclaration extends ImportedName {
  readonly text: string;
}

/** A name that people import or meet, with its documentation. */
export interface ApiEntry {
  readonly name: string;
  /** The docstring with its tags; empty where there is none. */
  readonly docs: string;
  /** As the compiler declares it, with the docstrings of its members. */
  readonly declaration: string;
}

/** Names under one heading: an entry point, or what its exports mention. */
export interface ApiSection {
  readonly title: string;
  readonly entries: readonly ApiEntry[];
}

/**
 * Returns the documented API of a package, in alphabetical order: the names of `apiReport` with the
 * docstrings that the compiler keeps.
 *
 * @param folder Absolute path of a package that has been built.
 */
export function apiReference(
  folder: string,
  { name, exports = {} }: PackageJson,
): readonly ApiSection[] {
  const read = createReader();
  const { doors, mentioned } = apiNames(folder, name, exports, read);
  const entries = (names: readonly ImportedName[]): readonly ApiEntry[] =>
    names
      .flatMap((each) => {
        const file = existsSync(each.from) ? read(each.from) : undefined;
        const declaration = file?.commented.get(each.name);
        const docs = file?.documented.get(each.name) ?? "";
        if (declaration === undefined) return [];
        return [{ name: each.name, docs, declaration: withoutExport(declaration) }];
      })
      .toSorted(byName);
  return [
    ...doors.map(({ door, exported }) => ({ title: door, entries: entries(exported) })),
    { title: "Mentioned by the exports", entries: entries(mentioned) },
  ].filter((section) => section.entries.length > 0);
}

/**
 * Returns what a package promises to those who use it: its entry points and commands, every name that
 * they export, and every type of its own that these mention, as the compiler declares them, in
 * alphabetical order.
 *
 * @param folder Absolute path of a package that has been built.
 */
export function apiReport(folder: string, { name, exports = {}, bin = {} }: PackageJson): string {
  const read = createReader();
  const { doors, mentioned, declarations } = apiNames(folder, name, exports, read);
  const declared = (names: readonly ImportedName[]) =>
    names.flatMap((each) => declarations.get(keyOf(each)) ?? []);
  return [
    `# The API of ${name}`,
    "Written by `pnpm report`. A change here is a change for the people who import the package: it needs a changeset.",
    section(
      "Entry points",
      Object.keys(exports).map((path) => `- \`${path.replace(/^\./, name)}\``),
    ),
    section(
      "Commands",
      Object.keys(bin).map((command) => `- \`${command}\``),
    ),
    ...doors.map((each) => section(`Exports of ${each.door}`, blocks(declared(each.exported)))),
    section("Mentioned by the exports", blocks(declared(mentioned))),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What each entry point exports, and which further names these mention. */
function apiNames(
  folder: string,
  name: string,
  exports: Readonly<Record<string, unknown>>,
  read: (file: string) => DeclarationFile,
) {
  const doors = typedDoors(folder, name, exports).map(({ door, file }) => ({
    door,
    exported: [...read(file).exported.values()],
  }));
  const declarations = mentionedBy(
    doors.flatMap(({ exported }) => exported),
    read,
  );
  const exported = new Set(doors.flatMap((each) => each.exported.map(keyOf)));
  const mentioned = [...declarations]
    .filter(([key]) => !exported.has(key))
    .map(([, { from, name: mentionedName }]) => ({ from, name: mentionedName }));
  return { doors, mentioned, declarations };
}

/** The entry points with types, each with the absolute path of its declaration file. */
function typedDoors(folder: string, name: string, exports: Readonly<Record<string, unknown>>) {
  return Object.entries(exports).flatMap(([path, target]) => {
    const { types } = Object(target) as { readonly types?: string };
    if (types === undefined) return [];
    return [{ door: path.replace(/^\./, name), file: join(folder, types) }];
  });
}

/** Everything that some names lead to, by where it is declared. */
function mentionedBy(
  names: readonly ImportedName[],
  read: (file: string) => DeclarationFile,
): ReadonlyMap<string, ApiDeclaration> {
  const open = [...names];
  const found = new Map<string, ApiDeclaration>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (found.has(keyOf(next)) || !existsSync(next.from)) continue;
    const file = read(next.from);
    const text = file.declared.get(next.name) ?? "";
    found.set(keyOf(next), { ...next, text });
    open.push(...namesIn(text, file, next.from));
  }
  return found;
}

function keyOf({ from, name }: ImportedName): string {
  return `${from} ${name}`;
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
  const sorted = declarations.toSorted(byName);
  if (sorted.length === 0) return [];
  return ["```ts", sorted.map(({ text }) => withoutExport(text)).join("\n\n"), "```"];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function withoutExport(declaration: string): string {
  return declaration.replace(/^export (declare )?/, "");
}
