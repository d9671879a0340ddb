import type { EventType } from "./event-type.ts";

/** The Lambda runtimes that an edge function package may ask for. */
export type EdgeRuntime = "nodejs24.x" | "nodejs22.x";

/**
 * What a function package says of its artefact, in `dist/lambda/manifest.json` beside the bundle.
 * The CDK app makes the Lambda function from it; the local CloudFront names and limits it by it.
 */
export interface EdgeFunctionManifest {
  readonly manifestVersion: 1;
  /** The npm name of the package, as in `spa-rewrite`. */
  readonly packageName: string;
  /** The package's own version. */
  readonly version: string;
  readonly eventType: EventType;
  /**
   * Where the artefact can run instead: compiled options name one of these in their `eventType`.
   *
   * @default - nowhere else
   */
  readonly otherEventTypes?: readonly EventType[];
  /**
   * The packages of which a composed function consists, in their order. Its module exports `members`: for each its
   * `name`, `version` and `handler`.
   *
   * @default - the function is that of one package
   */
  readonly members?: readonly EdgeFunctionMember[];
  /** File and export, as Lambda reads it: `index.handler`. */
  readonly handler: string;
  readonly runtime: EdgeRuntime;
  /** Megabytes; at most 128 on viewer events. */
  readonly memoryMb: number;
  /** Seconds; at most 5 on viewer events, 30 on origin events. */
  readonly timeoutSeconds: number;
  /** Whether the function needs the request body in its event. */
  readonly includeBody: boolean;
  readonly bundle: EdgeFunctionFile;
}

/** An engine that runs edge functions. */
export type EdgeEngine = "cloudfront-function" | "lambda-edge";

/** An event at which a CloudFront Function can run. */
export type ViewerEventType = Extract<EventType, "viewer-request" | "viewer-response">;

/**
 * What a function package says of its artefact for CloudFront Functions, in
 * `dist/cloudfront-function/manifest.json` beside the bundle: a script that reads its options from `config`
 * and the module `cloudfront` from `cf`, and assigns its handler to `member`. The CDK app declares the three in
 * front of it.
 */
export interface CloudFrontFunctionManifest {
  readonly manifestVersion: 1;
  /** The npm name of the package, as in `spa-rewrite`. */
  readonly packageName: string;
  /** The package's own version. */
  readonly version: string;
  readonly eventType: ViewerEventType;
  /**
   * Where the artefact can run instead: compiled options name one of these in their `eventType`.
   * @default []
   */
  readonly otherEventTypes?: readonly ViewerEventType[];
  readonly runtime: "cloudfront-js-2.0";
  readonly bundle: EdgeFunctionFile;
  /**
   * Whether the bundle reads the function's key value store: its handler returns a promise.
   * @default false
   */
  readonly readsStore?: true;
  /**
   * The same function for options that do not fit into its code: it reads the function's key value store, and its
   * handler returns a promise. Its options are what the package's `./stored-config` returns.
   *
   * @default - the package keeps nothing in a store
   */
  readonly storeBundle?: EdgeFunctionFile;
  /**
   * The same function with less code, by name, for compiled options that name one in their `variant`.
   * @default {}
   */
  readonly variants?: Readonly<Record<string, EdgeFunctionFile>>;
}

/** What a key value store takes, in bytes, and how much is to go there. */
export interface KeyValueLimits {
  readonly keyBytes: number;
  readonly valueBytes: number;
  /**
   * Whether as little as possible is to stay in the code, at the price of more reads for each request.
   * @default false
   */
  readonly leavesLeast?: boolean;
}

/** One pair of a key value store. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Compiled options, divided between the code of a CloudFront Function and its key value store. */
export interface KeyValueConfig<Config extends object = object> {
  /** What is in the code: it stays the same where only data of the store changes. */
  readonly config: Config;
  readonly keyValues: readonly KeyValue[];
  /** How often an invocation reads the store, at most. */
  readonly reads: number;
}

/** What a package exports as `storedConfig` from `./stored-config`: how it divides its compiled options. */
export type StoredConfig<Compiled extends object> = (
  compiled: Compiled,
  limits: KeyValueLimits,
) => KeyValueConfig;

/** A package of a composed function. */
export interface EdgeFunctionMember {
  readonly packageName: string;
  readonly version: string;
}

/** One file of an artefact. */
export interface EdgeFunctionFile {
  /** Its name beside the manifest. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}
