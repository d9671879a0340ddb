import { copyFileSync, globSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

// Few files load faster than many: the package is bundled, and so is the worker thread, which each
// execution environment loads anew. The compiler writes the types beside them.
const inPackage = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
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

for (const left of globSync(inPackage("dist/**/*.{js,js.map}"))) rmSync(left);
await build({
  ...options,
  entryPoints: ["index", "command-line", "cli", "vitest"].map((name) =>
    inPackage(`src/${name}.ts`),
  ),
  outdir: inPackage("dist"),
  chunkNames: "chunk-[hash]",
  splitting: true,
});
await build({
  ...options,
  entryPoints: [inPackage("src/lambda-edge/worker/execution-environment-worker.ts")],
  outdir: inPackage("dist/worker"),
});

// Installed, lru-cache has seven builds of itself: the bundle holds the one that is used.
const licence = inPackage("node_modules/lru-cache/LICENSE.md");
copyFileSync(licence, inPackage("dist/lru-cache.LICENSE.md"));
