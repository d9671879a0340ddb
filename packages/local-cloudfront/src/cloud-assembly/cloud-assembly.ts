import type { EdgeFunctionManifest } from "cf-types";

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

/** A stack of a cloud assembly: its template, and the files that go with it. */
export interface AssemblyStack {
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
  /** As read, nothing evaluated. */
  readonly template: unknown;
  readonly assets: readonly FileAsset[];
}

/** Looks at files beside the templates, for the rooms that read no files themselves. */
export interface AssemblyFiles {
  /** What lies at an absolute path. */
  kindOf(path: string): "folder" | "file" | "missing";
  /** How many bytes a function's package has when zipped: of a zip file or a folder at an absolute path. */
  packageBytes(path: string): number;
  /** A hash of what lies at absolute paths, files or folders: another content, another hash. */
  contentSha256(...paths: readonly string[]): string;
  /**
   * Reads the manifest of an edge function package from the folder of its artefact; undefined
   * where the folder has none.
   *
   * @throws {LocalCloudFrontError} when there is one and it is not of the manifest's shape.
   */
  readEdgeFunctionManifest(folder: string): EdgeFunctionManifest | undefined;
}

/** What a CDK app was synthesized to, or a single template. */
export interface CloudAssembly {
  /** Absolute path of what was read: a folder or a template file. */
  readonly path: string;
  /** The folder that was read, or the one that holds the template. */
  readonly folder: string;
  /** In the order of the manifest, those of nested assemblies (stages) after their parent's. */
  readonly stacks: readonly AssemblyStack[];
  readonly files: AssemblyFiles;
}
