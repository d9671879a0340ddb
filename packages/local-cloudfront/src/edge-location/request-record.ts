import type { EventType } from "cf-types";
import type { CacheKey } from "../cache/cache-key.ts";
import type { CacheLifetime } from "../cache/cache-lifetime.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import { textOfBytes } from "../http/byte-string.ts";
import type { Origin } from "../distribution/origins.ts";
import type {
  CloudFrontFunctionFailure,
  RecordedCloudFrontFunctionRun,
} from "../cloudfront-function/function-run.ts";
import type {
  FunctionFailure,
  OriginInvocation,
  RecordedRun,
} from "../lambda-edge/function-runner.ts";
import type { OriginFailureDetail } from "../origin/origin-client.ts";
import type { MessageHead, RequestHead, ResponseHead } from "./message-head.ts";
import type { DetailedResultType, RefusalDetail, ResultType } from "./result-type.ts";
import type { ViewerRequest } from "./request/viewer-request.ts";

/** A lookup in the cache: the key, and the cache behavior whose policy composed it. */
interface CacheStepRecord {
  readonly cacheKey: CacheKey;
  readonly cacheBehavior: CacheBehavior;
}

/** Steps that are recorded as they come. */
export type PlainStep =
  | { readonly step: "viewer-protocol-policy"; readonly policy: string; readonly status: number }
  | {
      readonly step: "refused";
      readonly status: number;
      readonly reason: string;
      readonly detailedResultType: RefusalDetail;
    }
  /** Nothing is looked up or stored: the method or the policy forbids caching. */
  | { readonly step: "cache-bypass"; readonly reason: string }
  | { readonly step: "origin-failover"; readonly from: string; readonly to: string }
  /** The response was not stored, and by which rule. */
  | { readonly step: "not-stored"; readonly rule: string }
  | { readonly step: "serve-stale"; readonly reason: string }
  | {
      readonly step: "custom-error-response";
      readonly errorCode: number;
      readonly responsePagePath: string | undefined;
      readonly responseCode: number;
    }
  /** A function that is associated did not run, and why. */
  | { readonly step: "skipped"; readonly eventType: EventType; readonly reason: string };

/**
 * One step of a context as it is recorded on the way: references to values that are there anyway,
 * so that recording costs next to nothing. What they mean is worked out when somebody reads it.
 */
export type StepRecord =
  | PlainStep
  | {
      readonly step: "cache-behavior";
      readonly cacheBehavior: CacheBehavior;
      /** In the order in which their patterns were tried. */
      readonly cacheBehaviors: readonly CacheBehavior[];
    }
  | FunctionStepRecord
  /** The response headers policy of the cache behavior has changed the response. */
  | {
      readonly step: "response-headers-policy";
      readonly policy: string;
      readonly before: ResponseHead;
      readonly after: ResponseHead;
    }
  | (CacheStepRecord & {
      readonly step: "cache-hit" | "cache-expired";
      readonly ageSeconds: number;
      readonly lifetime: CacheLifetime;
    })
  | (CacheStepRecord & { readonly step: "cache-miss" | "collapsed" })
  | (CacheStepRecord & {
      readonly step: "cache-store" | "cache-refresh";
      readonly lifetime: CacheLifetime;
      readonly bodyBytes: number;
    })
  | {
      readonly step: "origin";
      readonly origin: Origin;
      readonly request: RequestHead;
      readonly response: ResponseHead | undefined;
      readonly failure: string | undefined;
      readonly failureDetail: OriginFailureDetail | undefined;
      readonly notPublished?: string | undefined;
      /** Of the function behind the origin, where one ran on this machine. */
      readonly invocation?: OriginInvocation | undefined;
      /** A sentence: why what stands in front of functions responds so, where no response says. */
      readonly reason?: string | undefined;
      readonly durationMs: number;
    };

/** One invocation of a function. */
export interface FunctionStepRecord {
  readonly step: EventType;
  readonly run: RecordedRun | RecordedCloudFrontFunctionRun;
  readonly outcome: "request" | "generated-response" | "response" | "failure";
  readonly failure: FunctionFailure | CloudFrontFunctionFailure | undefined;
  /** CloudFront's own, beside those of the result. */
  readonly warning: string | undefined;
  readonly before: MessageHead;
  /** What went on; the very `before` where nothing was changed, undefined after a failure. */
  readonly after: MessageHead | undefined;
  readonly isBodyReplaced: boolean;
}

/** What is kept of one viewer request. It holds no bodies. */
export interface RequestRecord {
  /** Equal to the response's `X-Amz-Cf-Id`. */
  readonly requestId: string;
  /** Milliseconds since the Unix epoch, by the local CloudFront's clock. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** As the viewer sent it. */
  readonly request: RequestHead;
  readonly viewer: Pick<ViewerRequest, "protocol" | "httpVersion"> & { readonly clientIp: string };
  /** As the viewer gets it. */
  readonly response: ResponseHead;
  readonly resultType: ResultType;
  readonly detailedResultType: DetailedResultType;
  readonly steps: readonly StepRecord[];
}

/** Whether a step is an invocation of a function. */
export function isFunctionStep(step: StepRecord): step is FunctionStepRecord {
  return "run" in step;
}

/** Returns the URI before and after; undefined where the function is no request function, or left it alone. */
export function uriChangeOf({
  before,
  after,
}: FunctionStepRecord): { readonly before: string; readonly after: string } | undefined {
  if (before.kind !== "request" || after?.kind !== "request" || before.uri === after.uri) {
    return undefined;
  }
  return { before: textOfBytes(before.uri), after: textOfBytes(after.uri) };
}

/** Returns the warnings of the result, and CloudFront's own. */
export function warningsOf({ run, warning }: FunctionStepRecord): readonly string[] {
  return warning === undefined ? run.warnings : [...run.warnings, warning];
}
