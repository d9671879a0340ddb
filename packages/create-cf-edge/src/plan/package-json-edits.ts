import { applyEdits, type FormattingOptions, modify } from "jsonc-parser";
import type { PackageJson } from "../project/read-project.ts";

/** What package.json is to have. */
export interface WantedFields {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** package.json as it is to be, and what stays although it is otherwise. */
export interface EditedPackageJson {
  readonly text: string;
  /** As in `scripts.edge:deploy`. */
  readonly added: readonly string[];
  /** Scripts of these names that do something else. */
  readonly kept: readonly string[];
}

/**
 * Adds scripts and dependencies that are absent; whatever is there stays, and so does the formatting.
 *
 * @param text Of package.json.
 */
export function editedPackageJson(
  text: string,
  packageJson: PackageJson,
  { scripts, devDependencies }: WantedFields,
): EditedPackageJson {
  const installed = { ...packageJson.dependencies, ...packageJson.devDependencies };
  const fields = [
    ...absent(scripts, packageJson.scripts ?? {}).map((name) => ["scripts", name] as const),
    ...absent(devDependencies, installed).map((name) => ["devDependencies", name] as const),
  ];
  const wanted = { scripts, devDependencies };
  const formattingOptions = formattingOf(text);
  const edited = fields.reduce((current, [field, name]) => {
    const edits = modify(current, [field, name], wanted[field][name], { formattingOptions });
    return applyEdits(current, edits);
  }, text);
  return {
    text: edited,
    added: fields.map(([field, name]) => `${field}.${name}`),
    kept: Object.keys(scripts)
      .filter((name) => ![undefined, scripts[name]].includes(packageJson.scripts?.[name]))
      .map((name) => `scripts.${name}`),
  };
}

function absent(wanted: object, present: object): readonly string[] {
  return Object.keys(wanted).filter((name) => !Object.hasOwn(present, name));
}

function formattingOf(text: string): FormattingOptions {
  const [, indent = "  "] = /^([ \t]+)"/m.exec(text) ?? [];
  const insertSpaces = !indent.includes("\t");
  return {
    insertSpaces,
    tabSize: insertSpaces ? indent.length : 1,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
