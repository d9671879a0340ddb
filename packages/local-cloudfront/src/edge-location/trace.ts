import type { EventType } from "cf-types";
import type { CacheKey } from "../cache/cache-key.ts";
import type { CacheLifetime } from "../cache/cache-lifetime.ts";
import type { FunctionFailure, FunctionRun } from "../lambda-edge/function-runner.ts";
import type { OriginFailureDetail } from "../origin/origin-client.ts";
import type { DetailedResultType, RefusalDetail, ResultType } from "./result-type.ts";

/** One step of a request's journey, in the order in which it happened. */
export type TraceStep =
  | { readonly step: "cache-behavior"; readonly pathPattern: string }
  | { readonly step: "viewer-protocol-policy"; readonly policy: string; readonly status: number }
  | {
      readonly step: "refused";
      readonly status: number;
      readonly reason: string;
      readonly detailedResultType: RefusalDetail;
    }
  | FunctionStep
  | { readonly step: "cache-hit"; readonly cacheKey: CacheKey; readonly ageSeconds: number }
  | { readonly step: "cache-expired"; readonly cacheKey: CacheKey; readonly ageSeconds: number }
  | { readonly step: "cache-miss"; readonly cacheKey: CacheKey }
  /** Nothing is looked up or stored: the method or the policy forbids caching. */
  | { readonly step: "cache-bypass"; readonly reason: string }
  /** The request waited for an identical one that was already on its way (LE-A-43). */
  | { readonly step: "collapsed"; readonly cacheKey: CacheKey }
  | {
      readonly step: "origin";
      readonly originId: string;
      readonly method: string;
      readonly uri: string;
      /** The origin's status; undefined where it gave no usable answer. */
      readonly status: number | undefined;
      readonly failure: string | undefined;
      readonly failureDetail: OriginFailureDetail | undefined;
      readonly durationMs: number;
    }
  | { readonly step: "origin-failover"; readonly from: string; readonly to: string }
  | { readonly step: "cache-store"; readonly cacheKey: CacheKey; readonly lifetime: CacheLifetime }
  | {
      readonly step: "cache-refresh";
      readonly cacheKey: CacheKey;
      readonly lifetime: CacheLifetime;
    }
  | { readonly step: "serve-stale"; readonly reason: string }
  | {
      readonly step: "custom-error-response";
      readonly errorCode: number;
      readonly responsePagePath: string | undefined;
      readonly responseCode: number;
    }
  /** A function that is associated did not run, and why. */
  | { readonly step: "skipped"; readonly eventType: EventType; readonly reason: string };

/** One invocation of a function, with what it changed. */
export interface FunctionStep {
  readonly step: EventType;
  readonly run: FunctionRun;
  readonly outcome: "request" | "generated-response" | "response" | "failure";
  readonly failure: FunctionFailure | undefined;
  /** The URI before and after, where a request function changed it. */
  readonly uriChange: { readonly before: string; readonly after: string } | undefined;
}

/** The whole journey of one viewer request. */
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
  readonly steps: readonly TraceStep[];
}
