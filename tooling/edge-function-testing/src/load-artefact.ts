import { rmSync } from "node:fs";
import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EdgeFunctionManifest } from "cf-types";

/** A built function, as Lambda has it after its cold start. */
export interface LoadedArtefact<Handler> {
  readonly packageFolder: string;
  readonly handler: Handler;
  readonly manifest: EdgeFunctionManifest;
  /** The text of the bundle. */
  readonly code: string;
}

/**
 * Loads the built artefact of a function package as Lambda does: from a folder that holds nothing but
 * the bundle, the parts that the options name, and config.json, far from any node_modules.
 *
 * @param packageFolder The folder of a function package that has been built.
 * @param compiledOptions Written as config.json.
 */
export async function loadArtefact<Handler>(
  packageFolder: string,
  compiledOptions: object,
): Promise<LoadedArtefact<Handler>> {
  const lambda = join(packageFolder, "dist", "lambda");
  const manifest = JSON.parse(await readFile(join(lambda, "manifest.json"), "utf8"));
  const folder = await mkdtemp(join(tmpdir(), "artefact-"));
  // A part may be loaded as late as in the last test.
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const bundle = join(folder, manifest.bundle.file);
  const { parts: names = [] }: { parts?: readonly string[] } = compiledOptions;
  const parts = names.map((name) => `${name}.cjs`);
  for (const file of [manifest.bundle.file, ...parts]) {
    await copyFile(join(lambda, file), join(folder, file));
  }
  await writeFile(join(folder, "config.json"), JSON.stringify(compiledOptions));
  const { handler } = createRequire(bundle)(bundle);
  return { packageFolder, handler, manifest, code: await readFile(bundle, "utf8") };
}
