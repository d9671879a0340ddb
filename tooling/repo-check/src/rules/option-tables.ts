import { parseSync } from "oxc-parser";
import type { Rule, Workspace, WorkspacePackage } from "../workspace.ts";

interface Option {
  readonly name: string;
  /** What `@default` says, where it is a literal. */
  readonly defaultValue: string | undefined;
}

/** The README of a function has a row for each option, with the default that the code documents. */
export const optionTables: Rule = (workspace) =>
  workspace.packages
    .filter(({ packageJson }) => packageJson.edgeFunction !== undefined)
    .flatMap((each) => missingRows(each, workspace));

function missingRows(
  { folder, packageJson }: WorkspacePackage,
  workspace: Workspace,
): readonly string[] {
  const readme = workspace.read(`${folder}/README.md`);
  const file = [`${folder}/src/options.ts`, `${folder}/src/${packageJson.name}-options.ts`].find(
    (path) => workspace.has(path),
  );
  if (file === undefined) {
    return [`${folder} has no options: got no src/options.ts. Declare them there.`];
  }
  return options(file, workspace).flatMap(({ name, defaultValue }) => {
    const rows = readme.split("\n").filter((line) => line.startsWith(`| \`${name}\``));
    if (rows.length === 0) {
      return [
        `${folder}/README.md has no row for an option: got no ${JSON.stringify(name)}. Add it to the table under "Options", with its default.`,
      ];
    }
    const shown = defaultValue?.replace(/^"(.*)"$/, "$1");
    if (shown === undefined || rows.some((row) => row.includes(shown))) return [];
    const got = rows.map((row) => JSON.stringify(row.replace(/ +/g, " "))).join(", ");
    return [
      `${folder}/README.md has another default for ${name}: got ${got}. Write ${shown} there, which the code says.`,
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
