import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type {
  CloudFrontFunctionManifest,
  EdgeFunctionManifest,
  EdgeFunctionMember,
  EventType,
  FunctionPermission,
} from "cf-types";
import type { CloudFrontFunctionAsset } from "./cloudfront-function-asset.ts";
import { composedLambda, memberFolder } from "./composed-lambda.ts";
import type { BuiltArtefact } from "./read-function-package.ts";

/** A package's artefact with its configuration. */
export interface FunctionMember<
  Manifest extends EdgeFunctionManifest | CloudFrontFunctionManifest =
    | EdgeFunctionManifest
    | CloudFrontFunctionManifest,
> {
  readonly built: BuiltArtefact<Manifest>;
  /** Compiled, as config.json holds it. */
  readonly config: object;
}

/** What is the same of all assets. */
export interface CommonAsset {
  /** The packages that the function consists of, in their order. */
  readonly members: readonly MemberDigest[];
  /** Hexadecimal, over names and contents: no time, no path, no file attribute. */
  readonly sha256: string;
}

/** What a member was made of. */
export interface MemberDigest extends EdgeFunctionMember {
  /** Hexadecimal, over the artefact's code. */
  readonly codeSha256: string;
  /** Hexadecimal, over its options. */
  readonly configSha256: string;
}

/** All that a Lambda function consists of. */
export interface LambdaEdgeAsset extends CommonAsset {
  readonly engine: "lambda-edge";
  /** As built; its event type is the one that the configuration chooses. */
  readonly manifest: EdgeFunctionManifest;
  /** Content by path, in the order of the paths. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The folder of the source maps of the files in a folder of the code, by that folder. Absolute. */
  readonly sourceMapFolders: ReadonlyMap<string, string>;
  /** What its role may do beside writing logs. */
  readonly permissions: readonly FunctionPermission[];
}

/** All that an edge function consists of. */
export type EdgeFunctionAsset = LambdaEdgeAsset | CloudFrontFunctionAsset;

/**
 * Returns the Lambda function of one package or several: of one, it is its bundle, its manifest, and the
 * configuration beside them as config.json.
 *
 * @throws {EdgeSiteError} as `composedLambda`.
 */
export function lambdaEdgeAsset(
  members: readonly FunctionMember<EdgeFunctionManifest>[],
  eventType: EventType,
  permissions: readonly FunctionPermission[] = [],
): LambdaEdgeAsset {
  const own = members.map(({ built, config }) => ({
    manifest: built.manifest,
    folder: built.artefactFolder,
    files: new Map([
      ["config.json", encode(JSON.stringify(config))],
      [built.manifest.bundle.file, built.bundle],
      ["manifest.json", encode(built.manifestText)],
    ]),
  }));
  const [only] = own;
  const composed = own.length > 1 || only === undefined ? composedLambda(own, eventType) : only;
  return {
    engine: "lambda-edge",
    members: members.map(digestOf),
    manifest: { ...composed.manifest, eventType },
    files: composed.files,
    sourceMapFolders: new Map(
      own.map(({ folder }, index) => [own.length > 1 ? memberFolder(index) : "", folder]),
    ),
    permissions,
    sha256: sha256Of(composed.files),
  };
}

/** Writes an asset's files into a folder, which is made where it is missing. */
export function writeLambdaEdgeAsset(asset: LambdaEdgeAsset, folder: string): void {
  for (const [path, content] of asset.files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Returns what a member was made of. */
export function digestOf({ built, config }: FunctionMember): MemberDigest {
  const { packageName, version } = built.manifest;
  return {
    packageName,
    version,
    codeSha256: createHash("sha256").update(built.bundle).digest("hex"),
    configSha256: createHash("sha256").update(JSON.stringify(config)).digest("hex"),
  };
}

/** Returns a hash over names and contents, in hexadecimal. */
export function sha256Of(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256");
  for (const [name, content] of files) {
    // The lengths keep one file's end and the next one's beginning apart.
    hash.update(`${name}\n${content.byteLength}\n`).update(content);
  }
  return hash.digest("hex");
}

/** Returns text as UTF-8. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
