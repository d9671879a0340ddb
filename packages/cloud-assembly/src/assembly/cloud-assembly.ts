import { existsSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { JsonObject } from "../value/json.ts";

/** A file or folder that a deployment uploads, and where it lies on this machine. */
export interface FileAsset {
  /** The asset's id in its manifest: the hash of its source. */
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** `zip`: a folder that is zipped on upload; `file`: a file that is uploaded as it is. */
  readonly packaging: "zip" | "file";
  /** The S3 object keys under which it is uploaded. */
  readonly objectKeys: readonly string[];
}

/** Which construct of a CDK app a resource comes from. */
export interface ConstructOrigin {
  /** As in `Site/Rewrite/Function/Resource`. */
  readonly constructPath: string;
  /** As in `lib/site.ts:12`; undefined where the app was synthesized without stack traces. */
  readonly source: string | undefined;
}

/** A validation rule that an app acknowledges for a construct and everything within it. */
export interface Acknowledgement {
  readonly constructPath: string;
  /** As in `edge-check::LE-E-02`. */
  readonly id: string;
}

/** Something in a stack that is not taken as it is written, or not read at all. */
export interface AssemblyWarning {
  /** The path in the template, as in `Resources.Site.Properties.BucketName`. */
  readonly subject: string;
  /** A sentence. */
  readonly message: string;
}

/** A stack of a cloud assembly: its template, and the files that go with it. */
export interface AssemblyStack {
  /** Unique within the assembly: two stages may name their stacks alike. */
  readonly id: string;
  /** The name under which it is deployed. */
  readonly name: string;
  /** The CDK's path, as in `Prod/Site`; the name for a plain template. */
  readonly displayName: string;
  /** Twelve digits; undefined where the app leaves it to the deployment. */
  readonly account: string | undefined;
  /** Undefined where the app leaves it to the deployment. */
  readonly region: string | undefined;
  /** Absolute path of the template. */
  readonly templateFile: string;
  /** The folder that holds the template: the stack's relative paths start here. */
  readonly folder: string;
  /** As read, nothing evaluated; resources of SAM are expanded. It has no `Resources` where the stack is empty. */
  readonly template: JsonObject;
  readonly assets: readonly FileAsset[];
  /** By logical id; empty for a plain template. */
  readonly constructs: ReadonlyMap<string, ConstructOrigin>;
  readonly acknowledgements: readonly Acknowledgement[];
  /** What the app warned of when it was synthesized; absent for a plain template. */
  readonly synthWarnings?: readonly string[];
  /** In the template's order. */
  readonly warnings: readonly AssemblyWarning[];
}

/** What a CDK app was synthesized to, or a single template. */
export interface CloudAssembly {
  /** Absolute path of what was read: a folder or a template file. */
  readonly path: string;
  /** The folder that was read, or the one that holds the template. */
  readonly folder: string;
  /** In the order of the manifest, those of nested assemblies (stages) after their parent's. */
  readonly stacks: readonly AssemblyStack[];
}

/**
 * Returns the asset that is uploaded under an S3 object key; undefined where the stack has none. The
 * Serverless Framework lays the zip files that it uploads beside the template.
 */
export function findAsset(
  { assets, folder }: AssemblyStack,
  objectKey: string,
): FileAsset | undefined {
  const listed = assets.find(
    ({ id, objectKeys }) => id === objectKey || objectKeys.includes(objectKey),
  );
  if (listed !== undefined || extname(objectKey) !== ".zip") return listed;
  const id = basename(objectKey);
  const path = join(folder, id);
  return existsSync(path) ? { id, path, packaging: "file", objectKeys: [objectKey] } : undefined;
}
