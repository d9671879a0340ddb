import { isBuiltin } from "node:module";
import { join } from "node:path";
import type { EdgeRuntime } from "cf-types";
import { type BuildFailure, type Plugin, build, transform } from "esbuild";
import { commonJsEntry } from "./common-js-entry.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

/** One minified CommonJS file and its source map. */
export interface LambdaBundle {
  readonly code: string;
  /** JSON; its sources are paths relative to the package. */
  readonly sourceMap: string;
}

const entry = "src/lambda.ts";
const configFile = "./config.json";
const foreignImportPlugin = "only-config-is-external";
const remedy = `An edge function may require nothing but ${configFile}.`;

/**
 * Bundles `src/lambda.ts` and all that it imports, except config.json, which stays a file of its own.
 *
 * @param packageFolder Real absolute path: a symbolic link would show in the source map.
 * @throws {EdgeBuildError} `NOT_BUNDLED`, `FOREIGN_IMPORT` or `INVALID_ENTRY`.
 */
export async function bundleLambda(
  packageFolder: string,
  runtime: EdgeRuntime,
): Promise<LambdaBundle> {
  const target = runtime.replace(/^nodejs(\d+)\.x$/, "node$1");
  const module = await bundleModule(packageFolder, target);
  const minified = await transform(commonJsEntry(module.code, module.exportNames), {
    format: "cjs",
    target,
    minify: true,
    charset: "utf8",
    sourcemap: "external",
  });
  refuseComputedImports(minified.code);
  return { code: minified.code, sourceMap: minified.map };
}

interface BundledModule {
  readonly code: string;
  readonly exportNames: readonly string[];
}

async function bundleModule(packageFolder: string, target: string): Promise<BundledModule> {
  const result = await build({
    absWorkingDir: packageFolder,
    entryPoints: [entry],
    // In the package's own folder, so that sources are named relative to it. Nothing is written.
    outfile: join(packageFolder, "index.mjs"),
    write: false,
    bundle: true,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target,
    charset: "utf8",
    // An ES module is strict without saying so, a CommonJS file is not.
    banner: { js: '"use strict";' },
    legalComments: "none",
    sourcemap: "inline",
    logLevel: "silent",
    plugins: [onlyConfigIsExternal(join(packageFolder, entry))],
  }).catch((cause: BuildFailure) => {
    throw notBundled(cause);
  });
  const [file] = result.outputFiles;
  const [output] = Object.values(result.metafile.outputs);
  return { code: file?.text ?? "", exportNames: output?.exports ?? [] };
}

function onlyConfigIsExternal(entryFile: string): Plugin {
  return {
    name: foreignImportPlugin,
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/config\.json$/ }, ({ path, importer }) => {
        return importer === entryFile ? { path, external: true } : undefined;
      });
      onResolve({ filter: /^[^./]/ }, ({ path }) => {
        if (!isBuiltin(path)) return undefined;
        const text = `imports ${JSON.stringify(path)}. ${remedy}`;
        return { errors: [{ text }] };
      });
    },
  };
}

function notBundled(cause: BuildFailure): EdgeBuildError {
  const [first] = cause.errors;
  const where = first?.location ? `${first.location.file}:${first.location.line}` : entry;
  return first?.pluginName === foreignImportPlugin
    ? new EdgeBuildError("FOREIGN_IMPORT", `${where} ${first.text}`, { cause })
    : new EdgeBuildError("NOT_BUNDLED", `${where} cannot be bundled: ${first?.text}.`, { cause });
}

/** A name that is written out was bundled; what is left is computed at run time. */
function refuseComputedImports(code: string): void {
  const [computed] = code
    .replace(`require("${configFile}")`, "")
    .matchAll(/\b(?:require\b|import\s*\()[^)]{0,40}/g);
  if (computed !== undefined) {
    throw new EdgeBuildError(
      "FOREIGN_IMPORT",
      `The bundle loads a module at run time: got ${JSON.stringify(computed[0])}. ${remedy}`,
    );
  }
}
