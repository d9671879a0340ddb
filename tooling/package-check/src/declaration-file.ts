import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Comment, type Program, parseSync } from "oxc-parser";

/** Where a name of a declaration file comes from. */
export interface ImportedName {
  /** Absolute path of a declaration file, or the name of a package. */
  readonly from: string;
  /** As it is called there. */
  readonly name: string;
}

/** What a declaration file says, by name. */
export interface DeclarationFile {
  /** The text of each declaration, without comments. */
  readonly declared: ReadonlyMap<string, string>;
  /** The docstring of each declaration, without the comment's stars; empty where there is none. */
  readonly documented: ReadonlyMap<string, string>;
  /** The text of each declaration with the docstrings of its members. */
  readonly commented: ReadonlyMap<string, string>;
  readonly imported: ReadonlyMap<string, ImportedName>;
  /** What it exports, its own or from other files. */
  readonly exported: ReadonlyMap<string, ImportedName>;
}

/** Reads a declaration file as the compiler writes it: one name to a declaration, no default export. */
export function readDeclarationFile(file: string): DeclarationFile {
  const text = readFileSync(file, "utf8");
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const written = (write: (statement: Statement) => string): ReadonlyMap<string, string> =>
    declaredNames(program, write);
  return {
    declared: written((statement) => withoutComments(text, statement, comments)),
    documented: written((statement) => docstring(text, statement, comments)),
    commented: written(({ start, end }) => text.slice(start, end)),
    imported: new Map(program.body.flatMap((statement) => importedNames(statement, file))),
    exported: new Map(program.body.flatMap((statement) => exportedNames(statement, file))),
  };
}

type Statement = Program["body"][number];

function declaredNames(
  program: Program,
  write: (statement: Statement) => string,
): ReadonlyMap<string, string> {
  const declared = new Map<string, string>();
  for (const statement of program.body) {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    for (const name of namesOf(declaration)) declared.set(name, write(statement));
  }
  return declared;
}

function docstring(text: string, { start }: Statement, comments: readonly Comment[]): string {
  const above = comments.findLast(
    ({ end }) => end <= start && text.slice(end, start).trim() === "",
  );
  if (above === undefined || !above.value.startsWith("*")) return "";
  return above.value
    .slice(1)
    .replaceAll(/^[ \t]*\* ?/gm, "")
    .trim();
}

function namesOf(declaration: object | null): readonly string[] {
  if (declaration === null) return [];
  if ("declarations" in declaration && Array.isArray(declaration.declarations)) {
    return declaration.declarations.map(({ id }) => String(id.name));
  }
  if (!("id" in declaration)) return [];
  const { id } = declaration as { readonly id: { readonly name?: string } | null };
  return id?.name === undefined ? [] : [id.name];
}

function importedNames(statement: Statement, file: string): [string, ImportedName][] {
  if (statement.type !== "ImportDeclaration") return [];
  const from = resolved(statement.source.value, file);
  return statement.specifiers.map((specifier) => {
    const imported =
      specifier.type === "ImportSpecifier" && "name" in specifier.imported
        ? specifier.imported.name
        : specifier.local.name;
    return [specifier.local.name, { from, name: imported }];
  });
}

function exportedNames(statement: Statement, file: string): [string, ImportedName][] {
  if (statement.type !== "ExportNamedDeclaration") return [];
  if (statement.source === null) {
    return namesOf(statement.declaration).map((name) => [name, { from: file, name }]);
  }
  const from = resolved(statement.source.value, file);
  return statement.specifiers.flatMap(({ local, exported }) =>
    "name" in local && "name" in exported
      ? [[exported.name, { from, name: local.name }] satisfies [string, ImportedName]]
      : [],
  );
}

function resolved(specifier: string, file: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return join(dirname(file), specifier.replace(/\.[jt]s$/, ".d.ts"));
}

function withoutComments(
  text: string,
  { start, end }: Statement,
  comments: readonly Comment[],
): string {
  let kept = "";
  let from = start;
  for (const comment of comments) {
    if (comment.start < start || comment.end > end) continue;
    kept += text.slice(from, comment.start);
    from = comment.end;
  }
  return (kept + text.slice(from, end))
    .replace(/^\s*\n/gm, "")
    .replace(/\s*\n\s*\|/g, " |")
    .replace(/= *\n\s*/g, "= ");
}
