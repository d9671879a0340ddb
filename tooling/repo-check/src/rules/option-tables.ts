import { basename } from "node:path";
import { parseSync } from "oxc-parser";
import type { Rule, Workspace, WorkspacePackage } from "../workspace.ts";

interface Option {
  readonly name: string;
  /** What `@default` says, where it is a literal. */
  readonly defaultValue: string | undefined;
}

/** README.md or docs/OPTIONS.md of a function has a row for each option, with the default of the code. */
export const optionTables: Rule = (workspace) =>
  workspace.packages
    .filter(({ packageJson }) => packageJson.edgeFunction !== undefined)
    .flatMap((each) => missingRows(each, workspace));

function missingRows(
  { folder, files, packageJson }: WorkspacePackage,
  workspace: Workspace,
): readonly string[] {
  const documents = [`${folder}/README.md`, `${folder}/docs/OPTIONS.md`]
    .filter((path) => workspace.has(path))
    .map((path) => workspace.read(path))
    .join("\n");
  const names = ["options.ts", `${packageJson.name}-options.ts`];
  const file = files.find((path) => path.startsWith("src/") && names.includes(basename(path)));
  if (file === undefined) {
    return [`${folder} has no options: got no src/options.ts. Declare them there.`];
  }
  return options(`${folder}/${file}`, workspace).flatMap(({ name, defaultValue }) => {
    const rows = documents.split("\n").filter((line) => line.startsWith(`| \`${name}\``));
    if (rows.length === 0) {
      return [
        `${folder} documents no row for an option: got no ${JSON.stringify(name)}. Add it to the table under "Options" in README.md or docs/OPTIONS.md, with its default.`,
      ];
    }
    const shown = defaultValue?.replace(/^"(.*)"$/, "$1");
    if (shown === undefined || rows.some((row) => row.includes(shown))) return [];
    const got = rows.map((row) => JSON.stringify(row.replace(/ +/g, " "))).join(", ");
    return [
      `${folder} documents another default for ${name}: got ${got}. Write ${shown} there, which the code says.`,
    ];
  });
}

function options(path: string, { read }: Workspace): readonly Option[] {
  const text = read(path);
  const { program, comments } = parseSync(path, text);
  return program.body.flatMap((statement) => {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
    if (declaration?.type !== "TSInterfaceDeclaration") return [];
    if (!declaration.id.name.endsWith("Options")) return [];
    return declaration.body.body.flatMap((member) => {
      if (member.type !== "TSPropertySignature" || !("name" in member.key)) return [];
      const comment = comments.findLast(({ end }) => end <= member.start);
      const isOwn = comment !== undefined && text.slice(comment.end, member.start).trim() === "";
      const [, literal] = (isOwn && /@default ([^-\s].*?)(?: - .*)?$/m.exec(comment.value)) || [];
      return [{ name: String(member.key.name), defaultValue: literal?.trim() }];
    });
  });
}
