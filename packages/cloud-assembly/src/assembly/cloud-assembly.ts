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

/** What made a template: messages name its command. */
export type AssemblySource = "cdk" | "serverless" | "terraform" | "template";

const rebuilding: Readonly<Record<AssemblySource, string>> = {
  cdk: "Synthesize the app again (`cdk synth`)",
  serverless: "Package the service again (`serverless package`)",
  terraform:
    "Plan again (`terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json`)",
  template: "Correct the path in the template",
};

/** Returns how a template is made anew: a sentence without its full stop. */
export function rebuildRemedy({ source }: { readonly source: AssemblySource }): string {
  return rebuilding[source];
}

/** A stack of a cloud assembly: its template, and the files that go with it. */
export interface AssemblyStack {
  readonly source: AssemblySource;
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
 * Returns the asset that is uploaded under an S3 object key; undefined where the stack has none. What the
 * Serverless Framework uploads lies beside the template, and so may what \`aws cloudformation package\` did.
 */
export function findAsset(
  { assets, folder }: AssemblyStack,
  objectKey: string,
): FileAsset | undefined {
  const listed = assets.find(
    ({ id, objectKeys }) => id === objectKey || objectKeys.includes(objectKey),
  );
  if (listed !== undefined) return listed;
  const id = basename(objectKey);
  const names = extname(id) === ".zip" ? [id] : [`${id}.zip`];
  const path = names.map((name) => join(folder, name)).find((each) => existsSync(each));
  return path === undefined ? undefined : { id, path, packaging: "file", objectKeys: [objectKey] };
}
