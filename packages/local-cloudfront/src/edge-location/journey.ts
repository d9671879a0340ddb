import type { CacheKey } from "../cache/cache-key.ts";
import type { ObjectCache } from "../cache/object-cache.ts";
import type { Clock } from "../clock.ts";
import type { CacheBehavior, Distribution } from "../distribution/distribution.ts";
import type { HttpResponse } from "../distribution/http-message.ts";
import type { FunctionRunner, InvocationContext } from "../lambda-edge/function-runner.ts";
import type { OriginClient } from "../origin/origin-client.ts";
import type { FidelityChoices } from "./fidelity-choices.ts";
import type { StepRecord } from "./journey-record.ts";
import type { ResultType } from "./result-type.ts";
import type { UnderWay } from "./under-way.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/** What an edge location works with. */
export interface EdgePorts {
  readonly distribution: Distribution;
  readonly objectCache: ObjectCache;
  readonly originClient: OriginClient;
  readonly functionRunner: FunctionRunner;
  readonly clock: Clock;
  readonly fidelity: FidelityChoices;
}

/** What one edge location keeps between requests, apart from the cache. */
export interface EdgeState {
  /** Origin requests on their way, by cache key, for request collapsing (LE-A-43). */
  readonly inFlight: Map<CacheKey["value"], Promise<void>>;
  /** The journeys, and the refreshes that no viewer waits for. */
  readonly underWay: UnderWay;
}

/** One viewer request on its way through the edge location. */
export interface Journey {
  readonly ports: EdgePorts;
  readonly state: EdgeState;
  readonly context: InvocationContext;
  readonly viewerRequest: ViewerRequest;
  readonly startedAtMs: number;
  /** Appended to by each step. */
  readonly steps: StepRecord[];
}

/** An answer before the viewer's side of CloudFront completes it. */
export interface Served {
  readonly response: HttpResponse;
  readonly resultType: ResultType;
  /** Why viewer-response does not run; undefined where it runs. */
  readonly viewerResponseSkipped: string | undefined;
  /** Whether a custom error response may replace it: true for what came from an origin. */
  readonly fromOrigin: boolean;
}

/** A cache behavior with the journey that chose it. */
export interface Leg {
  readonly journey: Journey;
  readonly cacheBehavior: CacheBehavior;
  /**
   * Whether it fetches the page of a custom error response.
   * @default false
   */
  readonly isCustomErrorPage?: boolean;
}
