import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { CloudFrontFunctionManifest, EdgeFunctionFile, EdgeFunctionManifest } from "cf-types";
import { EdgeSiteError } from "../edge-site-error.ts";

/** An artefact of a function package, as it was built. */
export interface BuiltArtefact<
  Manifest extends { readonly bundle: EdgeFunctionFile } =
    | EdgeFunctionManifest
    | CloudFrontFunctionManifest,
> {
  /** Absolute: where the artefact lies, its source maps beside it. */
  readonly artefactFolder: string;
  readonly manifest: Manifest;
  /** The manifest as it is in the file. */
  readonly manifestText: string;
  readonly bundle: Uint8Array;
  /** The same function for options in a key value store; undefined where there is none. */
  readonly storeBundle: Uint8Array | undefined;
  /** The same function with less code, by name. */
  readonly variants: ReadonlyMap<string, Uint8Array>;
}

/** What a function package offers: one artefact for each engine, and one at least. */
export interface FunctionPackage {
  readonly lambdaEdge: BuiltArtefact<EdgeFunctionManifest> | undefined;
  readonly cloudFrontFunction: BuiltArtefact<CloudFrontFunctionManifest> | undefined;
}

/**
 * Reads the artefacts that a package offers: that for Lambda@Edge in its `./manifest` export, that for CloudFront
 * Functions in `./cloudfront-function/manifest`.
 *
 * @param resolveFrom A file; the package is looked for as if that file imported it.
 * @throws {EdgeSiteError} `UNKNOWN_PACKAGE`, `NOT_AN_EDGE_FUNCTION`, `PACKAGE_NOT_BUILT`, or
 *   `BUNDLE_MISMATCH` when a file is not the one that the manifest describes.
 */
export function readFunctionPackage(packageName: string, resolveFrom: string): FunctionPackage {
  const { resolve } = createRequire(resolveFrom);
  refuseUnknown(packageName, resolve);
  const lambdaEdge = readArtefact<EdgeFunctionManifest>(packageName, "manifest", resolve);
  const cloudFrontFunction = readArtefact<CloudFrontFunctionManifest>(
    packageName,
    "cloudfront-function/manifest",
    resolve,
  );
  if (lambdaEdge === undefined && cloudFrontFunction === undefined) {
    throw notAnEdgeFunction(JSON.stringify(packageName));
  }
  return { lambdaEdge, cloudFrontFunction };
}

function refuseUnknown(packageName: string, resolve: NodeJS.RequireResolve): void {
  try {
    resolve(`${packageName}/package.json`);
  } catch (cause) {
    const quotedName = JSON.stringify(packageName);
    if (codeOf(cause) !== "MODULE_NOT_FOUND") throw notAnEdgeFunction(quotedName, cause);
    throw new EdgeSiteError(
      "UNKNOWN_PACKAGE",
      `Package ${quotedName} is not installed. Check its spelling, or add it to the dependencies in package.json and install them.`,
      { cause },
    );
  }
}

/** Undefined where the package does not export the entry. */
function readArtefact<Manifest extends EdgeFunctionManifest | CloudFrontFunctionManifest>(
  packageName: string,
  entry: string,
  resolve: NodeJS.RequireResolve,
): BuiltArtefact<Manifest> | undefined {
  const manifestFile = resolveManifest(packageName, entry, resolve);
  if (manifestFile === undefined) return undefined;
  const artefactFolder = dirname(manifestFile);
  const manifestText = readFileSync(manifestFile, "utf8");
  const manifest: Manifest = parseManifest(packageName, manifestText);
  if (manifest.manifestVersion !== 1) {
    throw new EdgeSiteError(
      "NOT_AN_EDGE_FUNCTION",
      `The manifest of ${JSON.stringify(packageName)} has a manifestVersion that this version of edge-site does not read: got ${JSON.stringify(manifest.manifestVersion)}. Allowed: 1.`,
    );
  }
  const bundleOf = (described: EdgeFunctionFile): Uint8Array => {
    const code = readBuilt(packageName, join(artefactFolder, described.file));
    refuseMismatch(packageName, described, code);
    return code;
  };
  const storeBundle = "storeBundle" in manifest ? manifest.storeBundle : undefined;
  const variants = "variants" in manifest ? (manifest.variants ?? {}) : {};
  return {
    artefactFolder,
    manifest,
    manifestText,
    bundle: bundleOf(manifest.bundle),
    storeBundle: storeBundle && bundleOf(storeBundle),
    variants: new Map(Object.entries(variants).map(([name, each]) => [name, bundleOf(each)])),
  };
}

function resolveManifest(
  packageName: string,
  entry: string,
  resolve: NodeJS.RequireResolve,
): string | undefined {
  try {
    return resolve(`${packageName}/${entry}`);
  } catch (cause) {
    // An export whose file is missing is named by that file, not by what was asked for.
    const isExported =
      codeOf(cause) === "MODULE_NOT_FOUND" &&
      !messageOf(cause).includes(`'${packageName}/${entry}'`);
    if (isExported) throw notBuilt(packageName, cause);
    return undefined;
  }
}

function parseManifest<Manifest>(packageName: string, manifestText: string): Manifest {
  try {
    return JSON.parse(manifestText);
  } catch (cause) {
    throw notBuilt(packageName, cause);
  }
}

function readBuilt(packageName: string, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw notBuilt(packageName, cause);
  }
}

function refuseMismatch(
  packageName: string,
  { file, bytes, sha256 }: EdgeFunctionFile,
  code: Uint8Array,
): void {
  const found = createHash("sha256").update(code).digest("hex");
  if (code.byteLength === bytes && found === sha256) return;
  throw new EdgeSiteError(
    "BUNDLE_MISMATCH",
    `The file ${file} of ${JSON.stringify(packageName)} is not the one that its manifest describes: got ${code.byteLength} bytes with sha256 ${JSON.stringify(found)}, the manifest says ${bytes} bytes with ${JSON.stringify(sha256)}. Build it again, without a cache.`,
  );
}

function notAnEdgeFunction(quotedName: string, cause?: unknown): EdgeSiteError {
  return new EdgeSiteError(
    "NOT_AN_EDGE_FUNCTION",
    `Package ${quotedName} is no edge function package: its exports lack "./manifest" and "./cloudfront-function/manifest". Name a package that edge-build has built, as in "spa-rewrite".`,
    { cause },
  );
}

function notBuilt(packageName: string, cause: unknown): EdgeSiteError {
  return new EdgeSiteError(
    "PACKAGE_NOT_BUILT",
    `Package ${JSON.stringify(packageName)} is not built: its artefact is not complete. Run the script "build" of that package.`,
    { cause },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
