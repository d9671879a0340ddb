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
  const foreignImports: string[] = [];
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
    plugins: [onlyConfigIsExternal(join(packageFolder, entry), foreignImports)],
  }).catch((cause: BuildFailure) => {
    const [foreignImport] = foreignImports;
    throw foreignImport === undefined
      ? new EdgeBuildError("NOT_BUNDLED", `${entry} cannot be bundled. ${reason(cause)}`, { cause })
      : new EdgeBuildError("FOREIGN_IMPORT", foreignImport, { cause });
  });
  const [file] = result.outputFiles;
  const [output] = Object.values(result.metafile.outputs);
  return { code: file?.text ?? "", exportNames: output?.exports ?? [] };
}

function onlyConfigIsExternal(entryFile: string, foreignImports: string[]): Plugin {
  return {
    name: "only-config-is-external",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/config\.json$/ }, ({ path, importer }) => {
        return importer === entryFile ? { path, external: true } : undefined;
      });
      onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
        if (!isBuiltin(path)) return undefined;
        const text = `${JSON.stringify(path)} is imported by ${JSON.stringify(importer)}. An edge function may require nothing but ${configFile}.`;
        foreignImports.push(text);
        return { errors: [{ text }] };
      });
    },
  };
}

/** Minified code keeps a name that is computed at run time; one that is written out was bundled. */
function refuseComputedImports(code: string): void {
  const [computed] = code
    .replace(`require("${configFile}")`, "")
    .matchAll(/\b(?:require|import)\s*\([^)]{0,40}/g);
  if (computed !== undefined) {
    throw new EdgeBuildError(
      "FOREIGN_IMPORT",
      `The bundle still loads a module at run time: ${JSON.stringify(computed[0])}. An edge function may require nothing but ${configFile}.`,
    );
  }
}

function reason({ errors }: BuildFailure): string {
  const [first] = errors;
  if (first === undefined) return "";
  const where = first.location === null ? "" : `${first.location.file}:${first.location.line}: `;
  return `${where}${first.text}`;
}
