import { parse } from "acorn";
import { EdgeBuildError } from "./edge-build-error.ts";
import { edited } from "./edited.ts";
import { nodesWithin } from "./nodes-within.ts";

const configImport = /^import (\S+) from "\.\/config\.json"(?: with \{ type: "json" \})?;$/gm;
const handlerExport = /^export \{\n {2}(\S+?)(?: as handler)?\n\};$/gm;
const partImport = /^import \{ (\S+?)(?: as (\S+))? \} from "(\.\/[\w-]+\.cjs)";$/gm;
const partExports = /^export \{\n((?: {2}\S+(?: as \S+)?,?\n)+)\};$/gm;

/**
 * `require` would look for package.json files and resolve the path as that of a module: several times as
 * long as it takes to read the file.
 */
const readConfig =
  'JSON.parse(process.getBuiltinModule("fs").readFileSync(__dirname + "/config.json", "utf8"))';

/**
 * Returns the bundled ES module as the CommonJS that Lambda loads fastest: config.json is read and
 * `exports.handler` assigned directly, without the interop code that a bundler emits for any module.
 *
 * @param bundle ES module text as esbuild prints it, unminified. Its line count is kept, so that its
 *   source map stays true.
 * @throws {EdgeBuildError} `INVALID_ENTRY` when there is not exactly one import of config.json and one
 *   export, `handler`.
 */
export function commonJsEntry(bundle: string, exportNames: readonly string[]): string {
  if (exportNames.length !== 1 || exportNames[0] !== "handler") {
    throw new EdgeBuildError(
      "INVALID_ENTRY",
      `src/lambda.ts exports ${JSON.stringify(exportNames)}. Export exactly one thing, handler.`,
    );
  }
  const required = replaceOnly(bundle, configImport, (name) => {
    return `const ${name} = ${readConfig};`;
  });
  const exported =
    required && replaceOnly(required, handlerExport, (name) => `exports.handler = ${name};\n\n`);
  if (exported === undefined) {
    throw new EdgeBuildError(
      "INVALID_ENTRY",
      'src/lambda.ts does not read its options once. Write: import config from "./config.json" with { type: "json" };',
    );
  }
  return withParts(exported);
}

/**
 * Returns a part, bundled as an ES module, as CommonJS. Its line count is kept.
 *
 * @param bundle ES module text as esbuild prints it, unminified.
 * @throws {EdgeBuildError} `INVALID_ENTRY` when it exports nothing that has a name.
 */
export function commonJsPart(bundle: string, file: string): string {
  const exported = replaceOnly(bundle, partExports, (names) => {
    const lines = names.trimEnd().split("\n");
    const assigned = lines.map((line) => {
      const [, local, name = local] = /^ {2}(\S+?)(?: as (\S+?))?,?$/.exec(line) ?? [];
      return `exports.${name} = ${local};`;
    });
    return `${assigned.join("\n")}\n\n`;
  });
  if (exported !== undefined) return exported;
  throw new EdgeBuildError(
    "INVALID_ENTRY",
    `${file} exports nothing. Export the functions that the bundle calls.`,
  );
}

/** What a part exports is a function: the part is loaded when it is first called. */
function withParts(text: string): string {
  const loads = new Map<string, string>();
  const script = text.replace(partImport, (_line, name: string, local = name, file: string) => {
    loads.set(local, `require("${file}").${name}`);
    return `const ${local} = (...given) => ${loads.get(local)}(...given);`;
  });
  return loads.size > 0 ? callsReplaced(script, loads) : script;
}

/** A call needs no function that stands for another; what is left without use goes when it is minified. */
function callsReplaced(script: string, replacements: ReadonlyMap<string, string>): string {
  const calls = [...nodesWithin(parse(script, { ecmaVersion: "latest", sourceType: "commonjs" }))];
  return edited(
    script,
    calls.flatMap((node) => {
      if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return [];
      const { name, start, end } = node.callee;
      const text = replacements.get(name);
      return text === undefined ? [] : [{ start, end, text }];
    }),
  );
}

function replaceOnly(
  text: string,
  pattern: RegExp,
  replacement: (name: string) => string,
): string | undefined {
  let count = 0;
  const replaced = text.replace(pattern, (_line, name: string) => {
    count += 1;
    return replacement(name);
  });
  return count === 1 ? replaced : undefined;
}
