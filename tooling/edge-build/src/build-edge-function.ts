import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EdgeFunctionManifest } from "cf-types";
import { type LambdaFile, bundleLambda } from "./bundle-lambda.ts";
import { EdgeBuildError } from "./edge-build-error.ts";
import { readFunctionPackage } from "./function-package.ts";

/**
 * Builds the artefact of a function package: `dist/lambda/index.cjs`, its parts, their source maps, and
 * `manifest.json`. The same source and version give the same bytes in any folder, at any time.
 *
 * @param packageFolder The folder with the package's package.json and `src/lambda.ts`.
 * @returns The manifest as it was written.
 * @throws {EdgeBuildError} when the package is not a function package, or a file is over its budget.
 */
export async function buildEdgeFunction(packageFolder: string): Promise<EdgeFunctionManifest> {
  const { packageName, version, settings } = await readFunctionPackage(packageFolder);
  const { budgetBytes, partBudgetBytes, otherEventTypes, ...functionSettings } = settings;
  const { entry, parts } = await bundleLambda(realpathSync(packageFolder), settings.runtime);
  refuseOverBudget(`The bundle of ${packageName}`, entry, "budgetBytes", budgetBytes);
  for (const part of parts) {
    const subject = `The part ${part.name} of ${packageName}`;
    refuseOverBudget(subject, part, "partBudgetBytes", partBudgetBytes);
  }
  const manifest: EdgeFunctionManifest = {
    manifestVersion: 1,
    packageName,
    version,
    handler: "index.handler",
    ...functionSettings,
    ...(otherEventTypes.length > 0 && { otherEventTypes }),
    bundle: described(entry),
    ...(parts.length > 0 && { parts: parts.map(described) }),
  };
  const files = [entry, ...parts].flatMap(({ name, code, sourceMap }) => [
    [name, code] as const,
    [`${name}.map`, sourceMap] as const,
  ]);
  writeArtefact(join(packageFolder, "dist", "lambda"), {
    ...Object.fromEntries(files),
    "manifest.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
  });
  return manifest;
}

function refuseOverBudget(
  subject: string,
  { code }: LambdaFile,
  setting: string,
  budgetBytes: number,
): void {
  const bytes = Buffer.byteLength(code);
  if (bytes <= budgetBytes) return;
  throw new EdgeBuildError(
    "OVER_BUDGET",
    `${subject} has ${bytes} bytes, its budget is ${budgetBytes}. Make it smaller, or raise edgeFunction.${setting} in package.json.`,
  );
}

function described({ name, code }: LambdaFile): EdgeFunctionManifest["bundle"] {
  return {
    file: name,
    bytes: Buffer.byteLength(code),
    sha256: createHash("sha256").update(code).digest("hex"),
  };
}

/** At once, so that whoever reads them in this process meanwhile finds files that belong together. */
function writeArtefact(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
