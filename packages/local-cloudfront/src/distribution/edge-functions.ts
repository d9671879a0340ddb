import type { EdgeFunctionManifest, EventType } from "cf-types";

/** Where a function's code lies. */
export type FunctionCode = (
  | ({ readonly kind: "folder" } & FunctionFiles)
  | ({ readonly kind: "zip" } & FunctionFiles)
  /** The template's inline `ZipFile`: the source of `index.js`, or of `index.py`. */
  | { readonly kind: "inline"; readonly source: string; readonly file?: "index.py" }
) & {
  /**
   * Absolute, the folder of the template: what Lambda's runtime has and the code lacks is looked for there
   * and above. Absent where nothing is.
   */
  readonly appFolder?: string;
};

/** Code in files: a folder that is to be zipped, or a zip file. */
export interface FunctionFiles {
  /** Absolute. */
  readonly path: string;
  /**
   * The folders with the source maps of the files in a folder of the code, by that folder (`""` is the root):
   * absolute, each map named as its file with `.map` after it. Absent where the code has none, or has them beside
   * its files.
   */
  readonly sourceMapFolders?: Readonly<Record<string, string>>;
  /** Detects a changed content at the same paths; absent where the function is not loaded again. */
  readonly contentSha256?: string;
}

/** A Lambda function in one of its versions, as it runs on this machine. */
export interface LambdaFunction {
  /** The function's logical id in the template. */
  readonly logicalId: string;
  /** `FunctionName`, or the logical id where the template leaves it to CloudFormation. */
  readonly name: string;
  /** The published version number, always one at the edge, or `$LATEST`. */
  readonly version: string;
  readonly arn: string;
  readonly runtime: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly code: FunctionCode;
  /** `LoggingConfig.LogGroup`; undefined where Lambda names it. */
  readonly logGroupName: string | undefined;
  /** What the artefact says of itself; absent for functions not built as edge function packages. */
  readonly manifest?: EdgeFunctionManifest | undefined;
  /** Its own environment variables; absent at the edge, where a function has none (LE-E-08). */
  readonly environmentVariables?: Readonly<Record<string, string>>;
}

/** A Lambda function as a distribution runs it at the edge. */
export interface EdgeFunction extends LambdaFunction {
  readonly manifest: EdgeFunctionManifest | undefined;
}

/** A Lambda function behind an origin: it runs in its own Region. */
export interface OriginFunction extends LambdaFunction {
  readonly environmentVariables: Readonly<Record<string, string>>;
}

/** One function on one event type of a cache behavior. */
export interface FunctionAssociation {
  readonly eventType: EventType;
  readonly includeBody: boolean;
  readonly edgeFunction: EdgeFunction;
}
