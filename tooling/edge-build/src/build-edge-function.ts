import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EdgeFunctionManifest } from "cf-types";
import { bundleLambda } from "./bundle-lambda.ts";
import { EdgeBuildError } from "./edge-build-error.ts";
import { readFunctionPackage } from "./function-package.ts";

/**
 * Builds the artefact of a function package: `dist/lambda/index.cjs`, its source map, and `manifest.json`. The same source and version give the same bytes in any folder, at any time.
 *
 * @param packageFolder The folder with the package's package.json and `src/lambda.ts`.
 * @returns The manifest as it was written.
 * @throws {EdgeBuildError} when the package is not a function package, or its bundle is over its budget.
 */
export async function buildEdgeFunction(packageFolder: string): Promise<EdgeFunctionManifest> {
  const { packageName, version, settings } = await readFunctionPackage(packageFolder);
  const { budgetBytes, otherEventTypes, ...functionSettings } = settings;
  const { code, sourceMap } = await bundleLambda(realpathSync(packageFolder), settings.runtime);
  const bytes = Buffer.byteLength(code);
  if (bytes > budgetBytes) {
    throw new EdgeBuildError(
      "OVER_BUDGET",
      `The bundle of ${packageName} has ${bytes} bytes, its budget is ${budgetBytes}. Make it smaller, or raise edgeFunction.budgetBytes in package.json.`,
    );
  }
  const manifest: EdgeFunctionManifest = {
    manifestVersion: 1,
    packageName,
    version,
    handler: "index.handler",
    ...functionSettings,
    ...(otherEventTypes.length > 0 && { otherEventTypes }),
    bundle: {
      file: "index.cjs",
      bytes,
      sha256: createHash("sha256").update(code).digest("hex"),
    },
  };
  writeArtefact(join(packageFolder, "dist", "lambda"), {
    "index.cjs": code,
    "index.cjs.map": sourceMap,
    "manifest.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
  });
  return manifest;
}

/** At once, so that whoever reads them in this process meanwhile finds files that belong together. */
function writeArtefact(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
