import { createHash } from "node:crypto";
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EdgeFunctionManifest } from "cf-types";
import { bundleLambda } from "./bundle-lambda.ts";
import { EdgeBuildError } from "./edge-build-error.ts";
import { readFunctionPackage } from "./function-package.ts";

const bundleFile = "index.cjs";

/**
 * Builds the artefact of a function package: `dist/lambda/index.cjs`, its source map, and
 * `manifest.json`. The same source and version give the same bytes in any folder, at any time.
 *
 * @param packageFolder The folder with the package's package.json and `src/lambda.ts`.
 * @returns The manifest as it was written.
 * @throws {EdgeBuildError} when the package is not a function package, or its bundle is over budget.
 */
export async function buildEdgeFunction(packageFolder: string): Promise<EdgeFunctionManifest> {
  const { packageName, version, settings } = await readFunctionPackage(packageFolder);
  const { budgetBytes, ...functionSettings } = settings;
  const { code, sourceMap } = await bundleLambda(await realpath(packageFolder), settings.runtime);
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
    bundle: {
      file: bundleFile,
      bytes,
      sha256: createHash("sha256").update(code).digest("hex"),
    },
  };
  await writeArtefact(join(packageFolder, "dist", "lambda"), {
    [bundleFile]: code,
    [`${bundleFile}.map`]: sourceMap,
    "manifest.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
  });
  return manifest;
}

async function writeArtefact(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)),
  );
}
