import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
 * the bundle and config.json, far from any node_modules.
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
  const bundle = join(folder, manifest.bundle.file);
  await copyFile(join(lambda, manifest.bundle.file), bundle);
  await writeFile(join(folder, "config.json"), JSON.stringify(compiledOptions));
  const { handler } = createRequire(bundle)(bundle);
  const code = await readFile(bundle, "utf8");
  await rm(folder, { recursive: true });
  return { packageFolder, handler, manifest, code };
}
