import { join, resolve } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { loadedWhenUsed } from "./loaded-when-used.ts";

const sources = resolve(import.meta.dirname, "../src");
/** Not in the bundle: each is loaded when it is asked for, if ever. */
const dependencies = [
  "@jitl/quickjs-wasmfile-release-sync",
  "acorn",
  "chokidar",
  "fflate",
  "hyparquet",
  "open",
  "quickjs-emscripten-core",
  "selfsigned",
  "vitest",
  "yaml",
];
/** Modules that many runs do without, and that take 2 to 40 ms to load. */
const rarelyUsed = [
  "acorn",
  "node:child_process",
  "node:dns/promises",
  "node:https",
  "node:readline",
  "node:zlib",
];

const common: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node22",
  sourcemap: true,
  external: dependencies,
};

/**
 * An ES module that imports a built-in module has all its exports evaluated, some of which Node.js loads
 * no sooner than they are read: `node:http` brings all of undici, 40 ms of it. CommonJS reads what it uses.
 */
const commonJs: BuildOptions = {
  ...common,
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "moduleUrl" },
};

const sourcesOf = (...names: string[]): string[] =>
  names.map((name) => join(sources, `${name}.ts`));

/** In a module that package.json names and in the command, whatever is ours comes from the bundle. */
const fromBundle: Plugin = {
  name: "from-bundle",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, () => ({ path: "./bundle.cjs", external: true }));
  },
};

/**
 * Bundles the package as it is published into a folder: one file with everything, what hands out parts of
 * it, and what a worker thread runs, which each execution environment loads anew. Few files load faster
 * than many.
 */
export async function bundlePackage(folder: string): Promise<void> {
  await build({
    ...commonJs,
    entryPoints: sourcesOf("bundle"),
    outdir: folder,
    plugins: [loadedWhenUsed(rarelyUsed)],
  });
  await build({
    ...common,
    format: "esm",
    entryPoints: sourcesOf("index", "command-line", "vitest"),
    outdir: folder,
    plugins: [fromBundle],
  });
  // As an ES module, it would have all of the bundle searched for what that exports.
  await build({
    ...commonJs,
    entryPoints: sourcesOf("cli"),
    outdir: folder,
    plugins: [fromBundle],
  });
  await build({
    ...commonJs,
    entryPoints: sourcesOf(
      "lambda-edge/thread/worker/start-worker",
      "lambda-edge/thread/worker/environment-host",
    ),
    outdir: join(folder, "worker"),
  });
}
