import type {
  EventType,
  OriginRequestEvent,
  OriginResponseEvent,
  ViewerRequestEvent,
  ViewerResponseEvent,
} from "cf-types";
import type { CacheLifetime } from "../cache/cache-lifetime.ts";
import type { PlainStep } from "../edge-location/request-record.ts";
import type { DetailedResultType, ResultType } from "../edge-location/result-type.ts";
import type {
  CloudFrontFunctionFailure,
  TracedCloudFrontFunctionRun,
} from "../cloudfront-function/function-run.ts";
import type { ViewerEvent } from "../cloudfront-function/event/viewer-event.ts";
import type { FunctionFailure, FunctionRun } from "../lambda-edge/function-runner.ts";
import type { OriginFailureDetail } from "../origin/origin-client.ts";
import type { TracedCacheKey } from "./traced-cache-key.ts";
import type { TracedChange } from "./traced-change.ts";

/** One step of a request's record, in the order in which it happened. */
export type TraceStep =
  | PlainStep
  | CacheBehaviorStep
  | FunctionStep
  | PolicyStep
  | OriginStep
  | CacheFoundStep<"cache-hit">
  | CacheFoundStep<"cache-expired">
  | CacheMissedStep<"cache-miss">
  /** It waited for an identical one that was on its way already (LE-A-43). */
  | CacheMissedStep<"collapsed">
  | CacheStoredStep<"cache-store">
  /** The origin says that the stored object has not changed. */
  | CacheStoredStep<"cache-refresh">;

/** An object was found in the cache. */
export interface CacheFoundStep<Step> {
  readonly step: Step;
  readonly cacheKey: TracedCacheKey;
  readonly ageSeconds: number;
  /** Of the object: for how long it was stored, and by which rule. */
  readonly lifetime: CacheLifetime;
}

/** None was found. */
export interface CacheMissedStep<Step> {
  readonly step: Step;
  readonly cacheKey: TracedCacheKey;
}

/** An object was stored. */
export interface CacheStoredStep<Step> {
  readonly step: Step;
  readonly cacheKey: TracedCacheKey;
  readonly lifetime: CacheLifetime;
  readonly bodyBytes: number;
}

/** The cache behavior that the request's path selected. */
export interface CacheBehaviorStep {
  readonly step: "cache-behavior";
  readonly pathPattern: string;
  /** In order; the last one is that which matched. */
  readonly patternsTried: readonly string[];
  /** The id of an origin or of an origin group. */
  readonly targetOriginId: string;
  readonly cachePolicy: string;
  readonly originRequestPolicy: string | undefined;
  readonly responseHeadersPolicy: string | undefined;
  /** The event types on which it has a function. */
  readonly associatedEventTypes: readonly EventType[];
}

/** The response headers policy of the cache behavior, before viewer-response. */
export interface PolicyStep {
  readonly step: "response-headers-policy";
  /** The policy's name. */
  readonly policy: string;
  /** What it changed; empty where the response had all of it already. */
  readonly changes: readonly TracedChange[];
}

/** One exchange with an origin. */
export interface OriginStep {
  readonly step: "origin";
  readonly originId: string;
  readonly originKind: "s3" | "custom";
  readonly domainName: string;
  readonly method: string;
  readonly uri: string;
  /** The origin's status; undefined where it gave no usable response. */
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly failureDetail: OriginFailureDetail | undefined;
  /** Why a file of the folder that stands for a bucket is no object of it; undefined where there is none. */
  readonly notPublished?: string | undefined;
  /** The Lambda function behind the origin, where one ran on this machine. */
  readonly invocation?: OriginInvocationTrace | undefined;
  /** A sentence: why what stands in front of functions responds so, where no response says. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
  /** Before the origin's path and its custom headers are added. */
  readonly request: TracedRequest;
  readonly response: TracedResponse | undefined;
}

/** One invocation of a Lambda function behind an origin. */
export interface OriginInvocationTrace extends Pick<
  FunctionRun,
  | "logGroupName"
  | "lambdaRequestId"
  | "durationMs"
  | "initDurationMs"
  | "maxMemoryUsedMb"
  | "logLines"
> {
  readonly name: string;
  /** As in `nodejs24.x`. */
  readonly runtime: string;
  /** What the function wrote to the console, without Lambda's own lines around it. */
  readonly consoleLines: readonly string[];
  /** Why it gave no result; undefined where it did. */
  readonly failure: { readonly detail: string; readonly stack: string | undefined } | undefined;
  /** As API Gateway or a function URL sends it, with secrets masked. */
  readonly event: unknown;
  /** Undefined where it gave none. */
  readonly result: unknown;
}

/** How one invocation went, of whatever kind the function is. */
export type AnyFunctionRun = FunctionRun | TracedCloudFrontFunctionRun;

/** Why a function cost its request, of whatever kind it is. */
export type AnyFunctionFailure = FunctionFailure | CloudFrontFunctionFailure;

/** One invocation of a function: what it got, what it gave, and what it changed. */
export interface FunctionStep {
  readonly step: EventType;
  readonly function: TracedFunction;
  readonly run: AnyFunctionRun;
  readonly coldStart: boolean;
  /** What the function wrote to the console, without Lambda's own lines around it. */
  readonly consoleLines: readonly string[];
  readonly outcome: "request" | "generated-response" | "response" | "failure";
  readonly failure: AnyFunctionFailure | undefined;
  /** One line for each read of a key value store, as in `redirects.get("/a"): found`. */
  readonly keyValueStoreReads: readonly string[];
  /** What a CloudFront Function gave `cf.logCustomData` last; undefined where it did not call it. */
  readonly customLogData: string | undefined;
  /** The URI before and after, where a request function changed it. */
  readonly uriChange: { readonly before: string; readonly after: string } | undefined;
  readonly event: TracedEvent;
  /** What the function returned, whatever that is; undefined where it returned nothing. */
  readonly result: unknown;
  /** What differs in what went on; empty after a failure. */
  readonly changes: readonly TracedChange[];
  /** The packages that a composed function consists of, each with what it did; empty for all others. */
  readonly members: readonly TracedMember[];
}

/** What one package of a composed function did. */
export interface TracedMember {
  /** The package's name. */
  readonly name: string;
  readonly version: string;
  /** `not-run` where a package before it generated a response or failed. */
  readonly outcome: FunctionStep["outcome"] | "not-run";
  /** What differs between what it got and what it returned. */
  readonly changes: readonly TracedChange[];
}

/** Which function ran. */
export interface TracedFunction {
  readonly kind: "lambda-edge" | "cloudfront-function";
  /** The package's name where the artefact says it, else the function's own. */
  readonly name: string;
  /** The package's version, else the Lambda version number; a CloudFront Function is `LIVE`. */
  readonly version: string;
  /** As in `nodejs24.x` or `cloudfront-js-2.0`. */
  readonly runtime: string;
  /** Undefined for a CloudFront Function. */
  readonly lambdaName: string | undefined;
  /** Undefined for a CloudFront Function. */
  readonly lambdaVersion: string | undefined;
}

/** An event as a function got it, with secrets masked. */
export type TracedEvent = LambdaEdgeEvent | ViewerEvent;

/** An event of Lambda@Edge. */
export type LambdaEdgeEvent =
  | ViewerRequestEvent
  | OriginRequestEvent
  | OriginResponseEvent
  | ViewerResponseEvent;

/** Header lines by lower-case name, with secrets masked. */
export type TracedHeaders = Readonly<
  Record<string, readonly { readonly key: string; readonly value: string }[]>
>;

export interface TracedRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: string;
  readonly headers: TracedHeaders;
  readonly bodyBytes: number;
}

/** A request as its viewer sent it. */
export interface TracedViewerRequest extends TracedRequest {
  readonly clientIp: string;
  readonly protocol: "http" | "https";
  readonly httpVersion: "1.0" | "1.1" | "2.0";
}

export interface TracedResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: TracedHeaders;
  readonly bodyBytes: number;
}

/**
 * The whole record of one viewer request, as plain data. What takes time to work out (events,
 * differences, cache keys) is worked out when it is first read.
 */
export interface Trace {
  /** Equal to the response's `X-Amz-Cf-Id`. */
  readonly requestId: string;
  /** Milliseconds since the Unix epoch, by the local CloudFront's clock. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly method: string;
  /** As the viewer sent it. */
  readonly uri: string;
  readonly querystring: string;
  readonly status: number;
  /** The `X-Cache` classification without ` from cloudfront`. */
  readonly resultType: ResultType;
  /** As the access log has it; before the viewer had a chance to hang up. */
  readonly detailedResultType: DetailedResultType;
  readonly request: TracedViewerRequest;
  /** As the viewer gets it. */
  readonly response: TracedResponse;
  readonly steps: readonly TraceStep[];
}
