import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synthesize } from "edge-site/cdk";
import { edgeConfig } from "infra/edge-config";
import { afterAll } from "vitest";

/**
 * Synthesizes the site with changes of its configuration, in a folder that goes with the test file.
 *
 * @returns The folder of the cloud assembly.
 */
export function synthesizedAssembly(changes: Partial<typeof edgeConfig>): string {
  const folder = mkdtempSync(join(tmpdir(), "synthesized-assembly-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const assemblyFolder = join(folder, "cdk.out");
  const configFile = fileURLToPath(import.meta.resolve("infra/edge-config"));
  synthesize({ ...edgeConfig, ...changes }, { configFile, assemblyFolder });
  return assemblyFolder;
}
