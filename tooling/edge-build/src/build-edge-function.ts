import { createHash } from "node:crypto";
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudFrontFunctionManifest, EdgeFunctionFile, EdgeFunctionManifest } from "cf-types";
import {
  bundleCloudFrontFunction,
  type CloudFrontFunctionEntry,
  cloudFrontFunctionEntry,
  keyValueStoreEntry,
  variantEntry,
} from "./bundle-cloudfront-function.ts";
import type { Bundle } from "./bundle-entry.ts";
import { bundleLambda, lambdaEntry } from "./bundle-lambda.ts";
import { bundledLicences } from "./bundled-licences.ts";
import { EdgeBuildError } from "./edge-build-error.ts";
import { type FunctionPackage, readFunctionPackage } from "./function-package.ts";

/** The manifests of a package's artefacts, one for each engine that it has an entry for. */
export interface BuiltEdgeFunction {
  readonly lambdaEdge: EdgeFunctionManifest | undefined;
  readonly cloudFrontFunction: CloudFrontFunctionManifest | undefined;
}

/**
 * Builds the artefacts of a function package: of `src/lambda.ts` in `dist/lambda`, of `src/cloudfront-function.ts`
 * in `dist/cloudfront-function`, each a bundle, its source map and `manifest.json`; where there is a
 * `src/cloudfront-function-store.ts`, its bundle lies beside that of `src/cloudfront-function.ts`. The licences of the
 * packages that are in the bundles lie in `dist`. The same source and version give the same bytes in any folder, at
 * any time.
 *
 * @param packageFolder The folder with the package's package.json and `src`.
 * @returns The manifests as they were written.
 * @throws {EdgeBuildError} when the package is not a function package, or a bundle is over its budget.
 */
export async function buildEdgeFunction(packageFolder: string): Promise<BuiltEdgeFunction> {
  const described = await readFunctionPackage(packageFolder);
  const folder = realpathSync(packageFolder);
  const hasCloudFrontFunction = existsSync(join(folder, cloudFrontFunctionEntry.entry));
  // A package without any entry hears of the first one.
  const hasLambda = existsSync(join(folder, lambdaEntry)) || !hasCloudFrontFunction;
  const lambda = hasLambda ? await buildLambda(folder, described) : undefined;
  const script = hasCloudFrontFunction
    ? await buildCloudFrontFunction(folder, described)
    : undefined;
  writeArtefact(folder, "lambda", lambda);
  writeArtefact(folder, "cloudfront-function", script);
  return { lambdaEdge: lambda?.manifest, cloudFrontFunction: script?.manifest };
}

/** One engine's artefact. */
interface Artefact<Manifest extends EdgeFunctionManifest | CloudFrontFunctionManifest> {
  readonly manifest: Manifest;
  /** By name. */
  readonly bundles: Readonly<Record<string, Bundle>>;
}

async function buildLambda(
  folder: string,
  { packageName, version, settings }: FunctionPackage,
): Promise<Artefact<EdgeFunctionManifest>> {
  const { budgetBytes, otherEventTypes, cloudFrontFunction: _, ...functionSettings } = settings;
  const bundle = await bundleLambda(folder, settings.runtime);
  refuseOverBudget(packageName, bundle, budgetBytes, "edgeFunction.budgetBytes");
  const manifest: EdgeFunctionManifest = {
    manifestVersion: 1,
    packageName,
    version,
    handler: "index.handler",
    ...functionSettings,
    ...(otherEventTypes.length > 0 && { otherEventTypes }),
    bundle: bundleFile("index.cjs", bundle),
  };
  return { manifest, bundles: { [manifest.bundle.file]: bundle } };
}

async function buildCloudFrontFunction(
  folder: string,
  { packageName, version, settings }: FunctionPackage,
): Promise<Artefact<CloudFrontFunctionManifest>> {
  const { eventType, otherEventTypes, readsStore, variants, budgetBytes } =
    settings.cloudFrontFunction;
  const setting = "edgeFunction.cloudFrontFunction.budgetBytes";
  if (eventType === undefined) {
    throw new EdgeBuildError(
      "INVALID_SETTING",
      `${packageName} has ${cloudFrontFunctionEntry.entry}, but no viewer event: CloudFront Functions run at no ${settings.eventType}. Set edgeFunction.cloudFrontFunction in package.json to {"eventType": "viewer-request"} or {"eventType": "viewer-response"}.`,
    );
  }
  const bundles: Record<string, Bundle> = {};
  const build = async (file: string, entry: CloudFrontFunctionEntry): Promise<EdgeFunctionFile> => {
    const bundle = await bundleCloudFrontFunction(folder, entry);
    refuseOverBudget(packageName, bundle, budgetBytes, setting);
    bundles[file] = bundle;
    return bundleFile(file, bundle);
  };
  const bundle = await build("index.js", cloudFrontFunctionEntry);
  const storeBundle = existsSync(join(folder, keyValueStoreEntry.entry))
    ? await build("index-store.js", keyValueStoreEntry)
    : undefined;
  const built: Record<string, EdgeFunctionFile> = {};
  for (const name of variants) built[name] = await build(`index-${name}.js`, variantEntry(name));
  const manifest: CloudFrontFunctionManifest = {
    manifestVersion: 1,
    packageName,
    version,
    eventType,
    ...(otherEventTypes.length > 0 && { otherEventTypes }),
    runtime: "cloudfront-js-2.0",
    bundle,
    ...(readsStore && { readsStore }),
    ...(storeBundle && { storeBundle }),
    ...(variants.length > 0 && { variants: built }),
  };
  return { manifest, bundles };
}

function refuseOverBudget(
  packageName: string,
  { code }: Bundle,
  budgetBytes: number,
  setting: string,
): void {
  const bytes = Buffer.byteLength(code);
  if (bytes <= budgetBytes) return;
  throw new EdgeBuildError(
    "OVER_BUDGET",
    `The bundle of ${packageName} has ${bytes} bytes, its budget is ${budgetBytes}. Make it smaller, or raise ${setting} in package.json.`,
  );
}

function bundleFile(file: string, { code }: Bundle): EdgeFunctionFile {
  const sha256 = createHash("sha256").update(code).digest("hex");
  return { file, bytes: Buffer.byteLength(code), sha256 };
}

/** At once, so that whoever reads them in this process meanwhile finds files that belong together. */
function writeArtefact(
  packageFolder: string,
  name: string,
  artefact: Artefact<EdgeFunctionManifest | CloudFrontFunctionManifest> | undefined,
): void {
  const dist = join(packageFolder, "dist");
  const folder = join(dist, name);
  if (artefact === undefined) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const { bundles, manifest } = artefact;
  mkdirSync(folder, { recursive: true });
  for (const [file, bundle] of Object.entries(bundles)) {
    writeFileSync(join(folder, file), bundle.code);
    writeFileSync(join(folder, `${file}.map`), bundle.sourceMap);
    for (const [licensed, licence] of bundledLicences(packageFolder, bundle)) {
      writeFileSync(join(dist, `${licensed.replace("/", "-")}.LICENSE.md`), licence);
    }
  }
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
