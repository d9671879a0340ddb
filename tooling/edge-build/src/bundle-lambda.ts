import { builtinModules, isBuiltin } from "node:module";
import { join } from "node:path";
import type { EdgeRuntime } from "cf-types";
import { type BuildFailure, type Plugin, build } from "esbuild";
import { EdgeBuildError } from "./edge-build-error.ts";

/** One minified CommonJS file and its source map. */
export interface LambdaBundle {
  readonly code: string;
  /** JSON; its sources are paths relative to the package, to which its source root leads from `dist/lambda`. */
  readonly sourceMap: string;
}

const entry = "src/lambda.ts";
/** What the bundle begins with: an assignment is all that Lambda needs of a module's exports. */
const exportsFile = "exports.js";
const plugin = "edge-build";
const foreignRemedy = "An edge function may require nothing but ./config.json.";
const builtinNames = new RegExp(`^(?:node:|(?:${builtinModules.join("|")})(?:/|$))`);
/** The modules of a bundle that have no source file. */
const generated: Readonly<Record<string, string>> = {
  [exportsFile]: `import { handler } from "./${entry}"; exports.handler = handler;`,
  // `require` would search for package.json files first and take ten times as long as reading the file.
  "config.json":
    'export default JSON.parse(process.getBuiltinModule("fs").readFileSync(__dirname + "/config.json", "utf8"));',
};

/**
 * Bundles `src/lambda.ts` and all that it imports, except config.json, which the bundle reads beside it.
 *
 * @param packageFolder Real absolute path: a symbolic link would show in the source map.
 * @throws {EdgeBuildError} `NOT_BUNDLED`, `FOREIGN_IMPORT` or `INVALID_ENTRY`.
 */
export async function bundleLambda(
  packageFolder: string,
  runtime: EdgeRuntime,
): Promise<LambdaBundle> {
  let configImports = 0;
  const { outputFiles } = await build({
    absWorkingDir: packageFolder,
    entryPoints: [exportsFile],
    write: false,
    logLevel: "silent",
    // Beside the sources, so that the source map names them relative to the package. Nothing is written.
    outfile: join(packageFolder, "index.cjs"),
    // An ES module is strict without saying so, a CommonJS file is not.
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: runtime.replace(/^nodejs(\d+)\.x$/, "node$1"),
    charset: "utf8",
    legalComments: "none",
    sourcemap: "external",
    sourceRoot: "../../",
    plugins: [generatedModules(packageFolder, () => (configImports += 1))],
  }).catch((cause: BuildFailure) => {
    throw notBundled(cause);
  });
  const [sourceMap, bundle] = outputFiles;
  if (configImports !== 1) {
    throw new EdgeBuildError(
      "INVALID_ENTRY",
      `${entry} does not read its options once. Write: import config from "./config.json" with { type: "json" };`,
    );
  }
  const code = bundle?.text ?? "";
  refuseComputedImports(code);
  return { code, sourceMap: sourceMap?.text ?? "" };
}

function generatedModules(packageFolder: string, foundConfig: () => void): Plugin {
  const entryFile = join(packageFolder, entry);
  return {
    name: plugin,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/config\.json$/ }, ({ importer }) => {
        if (importer !== entryFile) return undefined;
        foundConfig();
        return { path: "config.json", namespace: plugin };
      });
      onResolve({ filter: /^exports\.js$/ }, ({ path, kind }) => {
        return kind === "entry-point" ? { path, namespace: plugin } : undefined;
      });
      onLoad({ filter: /^/, namespace: plugin }, ({ path }) => {
        return { contents: generated[path] ?? "", resolveDir: packageFolder };
      });
      onResolve({ filter: builtinNames }, ({ path }) => {
        if (!isBuiltin(path)) return undefined;
        return { errors: [{ text: `imports ${JSON.stringify(path)}. ${foreignRemedy}` }] };
      });
    },
  };
}

function notBundled(cause: BuildFailure): EdgeBuildError {
  const [first] = cause.errors;
  const { location, text, pluginName } = first ?? {};
  const isGenerated = location?.file.startsWith(`${plugin}:`) === true;
  if (isGenerated && text?.startsWith("No matching export")) {
    const remedy = "Write: export const handler = …;";
    return new EdgeBuildError("INVALID_ENTRY", `${entry} exports no handler. ${remedy}`, { cause });
  }
  const where = location && !isGenerated ? `${location.file}:${location.line}` : entry;
  return pluginName === plugin
    ? new EdgeBuildError("FOREIGN_IMPORT", `${where} ${text}`, { cause })
    : new EdgeBuildError("NOT_BUNDLED", `${where} cannot be bundled: ${text}.`, { cause });
}

/** A name that is written out was bundled; what is left is computed at run time. */
function refuseComputedImports(code: string): void {
  const [computed] = code.matchAll(/\b(?:require\b|import\s*\()[^)]{0,40}/g);
  if (computed === undefined) return;
  throw new EdgeBuildError(
    "FOREIGN_IMPORT",
    `The bundle loads a module at run time: got ${JSON.stringify(computed[0])}. ${foreignRemedy}`,
  );
}
