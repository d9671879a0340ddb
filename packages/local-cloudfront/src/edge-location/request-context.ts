import type { CacheKey } from "../cache/cache-key.ts";
import type { ObjectCache } from "../cache/object-cache.ts";
import type { CloudFrontFunctionRunner } from "../cloudfront-function/create-cloudfront-function-runner.ts";
import type { Clock } from "../clock.ts";
import type { CacheBehavior, Distribution } from "../distribution/distribution.ts";
import type { OriginTarget } from "../distribution/origins.ts";
import type { HttpResponse } from "../http/http-message.ts";
import type { FunctionRunner } from "../lambda-edge/function-runner.ts";
import type { InvocationContext } from "../lambda-edge/invocation-context.ts";
import type { OriginClient } from "../origin/origin-client.ts";
import type { FidelityChoices } from "./fidelity-choices.ts";
import type { StepRecord } from "./request-record.ts";
import type { ResultType } from "./result-type.ts";
import type { PendingWork } from "./pending-work.ts";
import type { ViewerRequest } from "./request/viewer-request.ts";

/** What an edge location works with. */
export interface EdgePorts {
  readonly distribution: Distribution;
  readonly objectCache: ObjectCache;
  readonly originClient: OriginClient;
  readonly functionRunner: FunctionRunner;
  readonly cloudFrontFunctions: CloudFrontFunctionRunner;
  readonly clock: Clock;
  readonly fidelity: FidelityChoices;
}

/** What one edge location keeps between requests, apart from the cache. */
export interface EdgeState {
  /** Origin requests on their way, by cache key, for request collapsing (LE-A-43). */
  readonly inFlight: Map<CacheKey["value"], Promise<void>>;
  /** Requests, and the refreshes that no viewer waits for. */
  readonly pendingWork: PendingWork;
}

/**
 * Does the work of a request in the cache and at origins when it may. Who replays a log lets one request after the other
 * do it, however many are under way: what one stores, the next one finds.
 */
export type CacheTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One viewer request on its way through the edge location. */
export interface RequestContext {
  readonly ports: EdgePorts;
  readonly state: EdgeState;
  readonly invocation: InvocationContext;
  readonly viewerRequest: ViewerRequest;
  readonly startedAtMs: number;
  /** @default - at once */
  readonly cacheTurn?: CacheTurn | undefined;
  /** Appended to by each step. */
  readonly steps: StepRecord[];
}

/** A response before the viewer's side of CloudFront completes it. */
export interface ServedResponse {
  readonly response: HttpResponse;
  readonly resultType: ResultType;
  /** Why viewer-response does not run; undefined where it runs. */
  readonly viewerResponseSkipped: string | undefined;
  /** Whether a custom error response may replace it: true for what came from an origin. */
  readonly fromOrigin: boolean;
}

/** A cache behavior with the context that chose it. */
export interface BehaviorScope {
  readonly context: RequestContext;
  readonly cacheBehavior: CacheBehavior;
  /**
   * Where a CloudFront Function at viewer-request had the request sent (FN-I-29).
   * @default - the origin of the cache behavior
   */
  readonly originTarget?: OriginTarget;
  /**
   * Whether it fetches the page of a custom error response.
   * @default false
   */
  readonly isCustomErrorPage?: boolean;
}
