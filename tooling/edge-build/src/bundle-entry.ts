import { readFileSync } from "node:fs";
import { builtinModules, isBuiltin } from "node:module";
import { join } from "node:path";
import { type BuildFailure, type BuildOptions, build, type Plugin } from "esbuild";
import { EdgeBuildError } from "./edge-build-error.ts";

/** One minified file and its source map. */
export interface Bundle {
  readonly code: string;
  /** JSON; its sources are paths relative to the package, to which its source root leads from `dist/<engine>`. */
  readonly sourceMap: string;
}

/** What a bundle is made of. */
export interface BundleEntry {
  /** Real absolute path: a symbolic link would show in the source map. */
  readonly packageFolder: string;
  /** Relative to the package, as in `src/lambda.ts`. It exports `handler`. */
  readonly entry: string;
  /** The file that the entry imports its options from, as in `config.json`. */
  readonly configFile: string;
  /** The module that takes the place of that file. */
  readonly configModule: string;
  /** What the bundle begins with, where `handler` is what the entry exports. */
  readonly exportHandler: string;
  /** The modules that the engine has. */
  readonly runtimeModules?: readonly string[];
  /** What is said of a module that the engine does not have. */
  readonly foreignRemedy: string;
  readonly esbuild: BuildOptions;
}

const plugin = "edge-build";
const exportsFile = "exports.js";
const builtinNames = new RegExp(`^(?:node:|(?:${builtinModules.join("|")})(?:/|$))`);

/**
 * Bundles an entry and all that it imports, except its options.
 *
 * @throws {EdgeBuildError} `NOT_BUNDLED`, `FOREIGN_IMPORT` or `INVALID_ENTRY`.
 */
export async function bundleEntry(bundled: BundleEntry): Promise<Bundle> {
  const { packageFolder, entry, configFile } = bundled;
  let configImports = 0;
  const { outputFiles } = await build({
    absWorkingDir: packageFolder,
    entryPoints: [exportsFile],
    write: false,
    logLevel: "silent",
    // Beside the sources, so that the source map names them relative to the package. Nothing is written.
    outfile: join(packageFolder, "bundle.js"),
    // An ES module is strict without saying so, a script is not.
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
    bundle: true,
    minify: true,
    platform: "neutral",
    mainFields: ["module", "main"],
    charset: "utf8",
    legalComments: "none",
    sourcemap: "external",
    sourceRoot: "../../",
    plugins: [generatedModules(bundled, () => (configImports += 1))],
    ...bundled.esbuild,
  }).catch((cause: BuildFailure) => {
    throw notBundled(entry, cause);
  });
  const [sourceMap, bundle] = outputFiles ?? [];
  if (configImports !== 1) {
    throw new EdgeBuildError(
      "INVALID_ENTRY",
      `${entry} does not read its options once. Write: import config from "./${configFile}" with { type: "json" };`,
    );
  }
  return { code: bundle?.text ?? "", sourceMap: sourceMap?.text ?? "" };
}

function generatedModules(bundled: BundleEntry, foundConfig: () => void): Plugin {
  const { packageFolder, entry, configFile, configModule, exportHandler } = bundled;
  const { runtimeModules = [], foreignRemedy } = bundled;
  const entryFile = join(packageFolder, entry);
  /** The modules of a bundle that have no source file. */
  const generated: Readonly<Record<string, string>> = {
    [exportsFile]: `import { handler } from "./${entry}"; ${exportHandler}`,
    [configFile]: configModule,
  };
  return {
    name: plugin,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.json$/ }, ({ importer, path }) => {
        if (importer !== entryFile || path !== `./${configFile}`) return undefined;
        foundConfig();
        return { path: configFile, namespace: plugin };
      });
      onResolve({ filter: /^exports\.js$/ }, ({ path, kind }) => {
        return kind === "entry-point" ? { path, namespace: plugin } : undefined;
      });
      onLoad({ filter: /^/, namespace: plugin }, ({ path }) => {
        return { contents: generated[path] ?? "", resolveDir: packageFolder };
      });
      // Their own source maps lead to sources that they do not publish.
      onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, ({ path }) => {
        const contents = readFileSync(path, "utf8").replace(/^\/\/# sourceMappingURL=.*\s*$/m, "");
        return { contents, loader: "js" };
      });
      onResolve({ filter: builtinNames }, ({ path }) => {
        if (runtimeModules.includes(path)) return { path, external: true };
        if (!isBuiltin(path)) return undefined;
        return { errors: [{ text: `imports ${JSON.stringify(path)}. ${foreignRemedy}` }] };
      });
    },
  };
}

function notBundled(entry: string, cause: BuildFailure): EdgeBuildError {
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
