import { builtinModules, isBuiltin } from "node:module";
import { basename, join, relative, resolve } from "node:path";
import type { EdgeRuntime } from "cf-types";
import { type BuildFailure, type Plugin, build, transform } from "esbuild";
import { calledInPlace } from "./called-in-place.ts";
import { commonJsEntry, commonJsPart } from "./common-js-entry.ts";
import { compiledAtOnce } from "./compiled-at-once.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

/** One minified CommonJS file and its source map. */
export interface LambdaFile {
  readonly name: string;
  readonly code: string;
  /** JSON; its sources are paths relative to the package, to which its source root leads from `dist/lambda`. */
  readonly sourceMap: string;
}

/** The entry, and the parts that it loads where the options have need of them. */
export interface LambdaBundle {
  readonly entry: LambdaFile;
  readonly parts: readonly LambdaFile[];
}

const entry = "src/lambda.ts";
const foreignImportPlugin = "only-config-is-external";
const remedy = "An edge function may require nothing but ./config.json.";
/** Exact enough: what it matches in vain is a question that esbuild puts to this process. */
const builtinNames = new RegExp(`^(?:node:|(?:${builtinModules.join("|")})(?:/|$))`);

/**
 * Bundles `src/lambda.ts` and all that it imports, except config.json, which stays a file of its own, and
 * modules named `*.part.ts`: each becomes a file beside the bundle that is loaded when a function of it is
 * first called.
 *
 * @param packageFolder Real absolute path: a symbolic link would show in the source map.
 * @throws {EdgeBuildError} `NOT_BUNDLED`, `FOREIGN_IMPORT` or `INVALID_ENTRY`.
 */
export async function bundleLambda(
  packageFolder: string,
  runtime: EdgeRuntime,
): Promise<LambdaBundle> {
  const target = runtime.replace(/^nodejs(\d+)\.x$/, "node$1");
  const module = await bundleModule(packageFolder, entry, target);
  const parts = module.parts.map(async (source) => {
    const part = await bundleModule(packageFolder, source, target);
    return minified(partFile(source), commonJsPart(part.code, source), target, []);
  });
  return {
    entry: await minified(
      "index.cjs",
      calledInPlace(commonJsEntry(module.code, module.exportNames)),
      target,
      module.parts.map(partFile),
    ),
    parts: await Promise.all(parts),
  };
}

/** @param parts The files beside it that it may load. */
async function minified(
  name: string,
  code: string,
  target: string,
  parts: readonly string[],
): Promise<LambdaFile> {
  const result = await transform(compiledAtOnce(code), {
    format: "cjs",
    target,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    // Shorter syntax is not quicker to compile: `a ? b : c` takes V8 30 to 60 µs more than `if`.
    minifySyntax: false,
    treeShaking: true,
    charset: "utf8",
    sourcemap: "external",
    sourceRoot: "../../",
  });
  refuseComputedImports(
    result.code,
    parts.map((file) => `./${file}`),
  );
  return { name, code: result.code, sourceMap: result.map };
}

interface BundledModule {
  readonly code: string;
  readonly exportNames: readonly string[];
  /** The sources of the parts that it imports, relative to the package, in the order of their names. */
  readonly parts: readonly string[];
}

async function bundleModule(
  packageFolder: string,
  source: string,
  target: string,
): Promise<BundledModule> {
  const parts = new Set<string>();
  const result = await build({
    absWorkingDir: packageFolder,
    entryPoints: [source],
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
    plugins: [
      onlyConfigIsExternal(join(packageFolder, entry)),
      partsAreExternal((file) => parts.add(relative(packageFolder, file))),
    ],
  }).catch((cause: BuildFailure) => {
    throw notBundled(cause);
  });
  const [file] = result.outputFiles;
  const [output] = Object.values(result.metafile.outputs);
  return {
    code: file?.text ?? "",
    exportNames: output?.exports ?? [],
    parts: [...parts].sort(),
  };
}

function onlyConfigIsExternal(entryFile: string): Plugin {
  return {
    name: foreignImportPlugin,
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/config\.json$/ }, ({ path, importer }) => {
        return importer === entryFile ? { path, external: true } : undefined;
      });
      onResolve({ filter: builtinNames }, ({ path }) => {
        if (!isBuiltin(path)) return undefined;
        const text = `imports ${JSON.stringify(path)}. ${remedy}`;
        return { errors: [{ text }] };
      });
    },
  };
}

function partsAreExternal(found: (file: string) => void): Plugin {
  return {
    name: "parts-are-external",
    setup({ onResolve }) {
      onResolve({ filter: /\.part\.ts$/ }, ({ path, kind, resolveDir }) => {
        if (kind === "entry-point") return undefined;
        found(resolve(resolveDir, path));
        return { path: `./${partFile(path)}`, external: true };
      });
    },
  };
}

function partFile(source: string): string {
  return basename(source).replace(/\.part\.ts$/, ".cjs");
}

function notBundled(cause: BuildFailure): EdgeBuildError {
  const [first] = cause.errors;
  const where = first?.location ? `${first.location.file}:${first.location.line}` : entry;
  return first?.pluginName === foreignImportPlugin
    ? new EdgeBuildError("FOREIGN_IMPORT", `${where} ${first.text}`, { cause })
    : new EdgeBuildError("NOT_BUNDLED", `${where} cannot be bundled: ${first?.text}.`, { cause });
}

/** A name that is written out was bundled; what is left is computed at run time. */
function refuseComputedImports(code: string, files: readonly string[]): void {
  const [computed] = files
    .reduce((text, file) => text.replaceAll(`require("${file}")`, ""), code)
    .matchAll(/\b(?:require\b|import\s*\()[^)]{0,40}/g);
  if (computed !== undefined) {
    throw new EdgeBuildError(
      "FOREIGN_IMPORT",
      `The bundle loads a module at run time: got ${JSON.stringify(computed[0])}. ${remedy}`,
    );
  }
}
