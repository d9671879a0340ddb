import type { CloudFrontJsRuntime } from "cf-rules/cloudfront-js";
import type { InvocationEvent } from "./invocation-event.ts";
import type { KeyValueStore } from "./key-value-store.ts";

/** The two event types of CloudFront Functions (FN-I-02). */
export type CloudFrontFunctionEventType = "viewer-request" | "viewer-response";

/** A CloudFront Function, as it is deployed. */
export interface CloudFrontFunctionConfiguration {
  readonly name: string;
  /** As deployed. */
  readonly code: string;
  readonly runtime: CloudFrontJsRuntime;
  /** The associated stores; `cf.kvs()` is the first one, `cf.kvs(id)` the one of that id or name (FN-I-48). */
  readonly keyValueStores: readonly KeyValueStore[];
  /**
   * Whether it is composed of several packages' functions, which its code keeps in `members`.
   * @default false
   */
  readonly isComposed?: boolean;
}

/** `cf.edgeLocation` at viewer-request (FN-I-32). */
export interface EdgeLocationInfo {
  /** IATA code, as in `FRA`. */
  readonly name: string;
  readonly serverIp: string;
  readonly region: string;
}

/** What an invocation is given. */
export interface CloudFrontFunctionInvocation {
  readonly event: InvocationEvent;
  /** Milliseconds since 1970: `Date` stands still there for the whole run (FN-I-19). */
  readonly nowMs: number;
  /** What follows `?` as the viewer sent it; undefined where there is no `?` (FN-I-09). */
  readonly rawQueryString: string | undefined;
  /** Undefined at viewer-response. */
  readonly edgeLocation: EdgeLocationInfo | undefined;
}

/** Why a run gave no result. */
export interface CloudFrontFunctionError {
  /** `syntax` never runs; all of them are a 503 `FunctionExecutionError`. */
  readonly kind: "syntax" | "execution" | "timeout" | "memory";
  /** In the runtime's words, as in `TypeError: cannot get property "value" of undefined`. */
  readonly text: string;
  /** In the deployed code, from 1; undefined where the runtime names none. */
  readonly line: number | undefined;
  /** What to do about it, as a sentence; undefined where there is no general remedy. */
  readonly remedy: string | undefined;
  /** The conformance fact that decided, as in `FN-I-44`. */
  readonly factId: string;
}

/** One call of a method of a key value store. */
export interface KeyValueStoreRead {
  readonly store: string;
  readonly method: "get" | "exists" | "meta";
  /** Undefined for `meta`. */
  readonly key: string | undefined;
  readonly found: boolean;
}

/** What a function asked for by the helpers of the `cloudfront` module (FN-I-49). The last call counts. */
export type OriginChange =
  | { readonly kind: "update"; readonly origin: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "select";
      readonly originId: string;
      readonly options: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "group"; readonly group: OriginGroupChange };

/** What `createRequestOriginGroup` was given. */
export interface OriginGroupChange {
  /** The primary origin first; two of them, which the check of the result makes sure of. */
  readonly origins: readonly OriginGroupMember[];
  readonly failoverStatusCodes: readonly number[];
  readonly selectionCriteria: "default" | "media-quality-score";
}

/** One of the two origins of a group. */
export interface OriginGroupMember {
  readonly originId: string;
  /** As `updateRequestOrigin` takes them, without a domain name of their own. */
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** How one invocation went. Results are not yet checked: that is `checkCloudFrontFunctionResult`'s. */
export interface CloudFrontFunctionRun {
  /** The returned value as JSON text; undefined where the run failed, or returned nothing that JSON has. */
  readonly output: string | undefined;
  /** `ResultChanges` as JSON text where it returned the event's own message; `output` is made of them. */
  readonly changes: string | undefined;
  readonly error: CloudFrontFunctionError | undefined;
  /** What the function wrote to the console. */
  readonly logs: readonly string[];
  readonly keyValueStoreReads: readonly KeyValueStoreRead[];
  /** JSON texts: what the members of a composed function returned, as far as they ran. */
  readonly memberResults: readonly string[];
  /** Only at viewer-request; undefined where no helper was called. */
  readonly originChange: OriginChange | undefined;
  /** What the function gave `logCustomData` last; undefined where it did not call it. */
  readonly customLogData: string | undefined;
  readonly durationMs: number;
}

/** A function that can be invoked. Its invocations share nothing: each starts from the deployed code. */
export interface CloudFrontFunction {
  readonly configuration: CloudFrontFunctionConfiguration;
  /**
   * Runs the function to its end, within its limits of time and memory. It never throws for what a
   * function does.
   */
  invoke(invocation: CloudFrontFunctionInvocation): CloudFrontFunctionRun;
  /** Gives back its memory. */
  close(): void;
}
