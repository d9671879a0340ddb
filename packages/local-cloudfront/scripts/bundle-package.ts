import { join, resolve } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { loadedWhenUsed } from "./loaded-when-used.ts";

const sources = resolve(import.meta.dirname, "../src");
/** Not in the bundle: each is loaded when it is asked for, if ever. */
const dependencies = ["chokidar", "fflate", "open", "selfsigned", "vitest", "yaml"];
/** Built-in modules that many runs do without, and that take 2 to 40 ms to load. */
const rarelyUsed = ["node:child_process", "node:dns/promises", "node:https", "node:zlib"];

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

/** The modules that package.json names, and the command: what they hand out lies in the bundle. */
const doors = ["index", "command-line", "cli", "vitest"].map((name) => join(sources, `${name}.ts`));

/** In a door, whatever is ours comes from the bundle. */
const fromBundle: Plugin = {
  name: "from-bundle",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, () => ({ path: "./bundle.cjs", external: true }));
  },
};

/**
 * Bundles the package as it is published into a folder: one file with everything, doors to it, and what
 * a worker thread runs, which each execution environment loads anew. Few files load faster than many.
 */
export async function bundlePackage(folder: string): Promise<void> {
  await build({
    ...commonJs,
    entryPoints: [join(sources, "bundle.ts")],
    outdir: folder,
    plugins: [loadedWhenUsed(rarelyUsed)],
  });
  await build({
    ...common,
    format: "esm",
    entryPoints: doors,
    outdir: folder,
    plugins: [fromBundle],
  });
  await build({
    ...commonJs,
    entryPoints: [join(sources, "lambda-edge/worker/start-worker.ts")],
    outdir: join(folder, "worker"),
  });
}
