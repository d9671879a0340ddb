import { join, resolve } from "node:path";
import { build, type BuildOptions } from "esbuild";

const sources = resolve(import.meta.dirname, "../src");
const dependencies = [
  "chokidar",
  "commander",
  "fflate",
  "mime",
  "open",
  "picocolors",
  "selfsigned",
  "vitest",
  "yaml",
];
const options: BuildOptions = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  sourcemap: true,
  external: dependencies,
};

/**
 * Bundles the package as it is published into a folder: few files load faster than many, and so does
 * the worker thread, which each execution environment loads anew.
 */
export async function bundlePackage(folder: string): Promise<void> {
  await build({
    ...options,
    entryPoints: ["index", "command-line", "cli", "vitest"].map((name) =>
      join(sources, `${name}.ts`),
    ),
    outdir: folder,
    chunkNames: "chunk-[hash]",
    splitting: true,
  });
  await build({
    ...options,
    entryPoints: [join(sources, "lambda-edge/worker/execution-environment-worker.ts")],
    outdir: join(folder, "worker"),
  });
}
