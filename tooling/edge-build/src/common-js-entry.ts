import { EdgeBuildError } from "./edge-build-error.ts";

const configImport = /^import (\S+) from "\.\/config\.json"(?: with \{ type: "json" \})?;$/gm;
const handlerExport = /^export \{\n {2}(\S+?)(?: as handler)?\n\};$/gm;

/**
 * Returns the bundled ES module as the CommonJS that Lambda loads fastest: config.json is required and
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
    return `const ${name} = require("./config.json");`;
  });
  const exported =
    required && replaceOnly(required, handlerExport, (name) => `exports.handler = ${name};\n\n`);
  if (exported === undefined) {
    throw new EdgeBuildError(
      "INVALID_ENTRY",
      'src/lambda.ts does not read its options once. Write: import config from "./config.json" with { type: "json" };',
    );
  }
  return exported;
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
