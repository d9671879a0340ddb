import type { JourneyRecord, StepRecord } from "../edge-location/journey-record.ts";
import { textOfBytes } from "../distribution/byte-string.ts";
import { describeCacheKey } from "./describe-cache-key.ts";
import { describeFunctionStep } from "./describe-function-step.ts";
import { describeRequest, describeResponse } from "./describe-message.ts";
import type { Masking } from "./masking.ts";
import { once } from "./once.ts";
import type { CacheBehaviorStep, OriginStep, TraceStep } from "./trace.ts";
import type { TracedCacheKey } from "./traced-cache-key.ts";

/** A step's place in its journey. */
export interface StepContext {
  readonly journey: JourneyRecord;
  readonly index: number;
  readonly masking: Masking;
}

/** Describes one step. */
export function describeStep(record: StepRecord, context: StepContext): TraceStep {
  switch (record.step) {
    case "cache-behavior":
      return describeCacheBehavior(record);
    case "viewer-request":
    case "origin-request":
    case "origin-response":
    case "viewer-response":
      return describeFunctionStep(record, context.masking);
    case "cache-hit":
    case "cache-expired":
    case "cache-miss":
    case "collapsed":
    case "cache-store":
    case "cache-refresh":
      return describeCacheStep(record, context);
    case "origin":
      return describeOrigin(record, context.masking);
    default:
      return record;
  }
}

function describeCacheBehavior({
  step,
  cacheBehavior,
  cacheBehaviors,
}: Extract<StepRecord, { step: "cache-behavior" }>): CacheBehaviorStep {
  const { pathPattern, targetOriginId, cachePolicy } = cacheBehavior;
  const tried = once(() =>
    cacheBehaviors
      .slice(0, cacheBehaviors.indexOf(cacheBehavior) + 1)
      .map((candidate) => candidate.pathPattern),
  );
  const associated = once(() =>
    Object.values(cacheBehavior.functionAssociations).map(({ eventType }) => eventType),
  );
  return {
    step,
    pathPattern,
    get patternsTried() {
      return tried();
    },
    targetOriginId,
    cachePolicy: cachePolicy.name,
    originRequestPolicy: cacheBehavior.originRequestPolicy?.name,
    responseHeadersPolicy: cacheBehavior.responseHeadersPolicy?.name,
    get associatedEventTypes() {
      return associated();
    },
  };
}

type CacheStepRecord = Extract<StepRecord, { readonly cacheKey: unknown }>;

/** The key is explained when it is first read. */
function describeCacheStep(record: CacheStepRecord, context: StepContext): TraceStep {
  const { cacheKey, cacheBehavior, ...told } = record;
  const { journey, index, masking } = context;
  const explained = once((): TracedCacheKey =>
    describeCacheKey(
      {
        cacheKey,
        cachePolicy: cacheBehavior.cachePolicy,
        journey,
        earlier: journey.steps.slice(0, index),
      },
      masking,
    ),
  );
  return Object.defineProperty(told, "cacheKey", {
    get: explained,
    enumerable: true,
  }) as typeof told & {
    readonly cacheKey: TracedCacheKey;
  };
}

function describeOrigin(
  record: Extract<StepRecord, { step: "origin" }>,
  masking: Masking,
): OriginStep {
  const { step, origin, failure, failureDetail, durationMs } = record;
  const request = once(() => describeRequest(record.request, masking));
  const response = once(() => record.response && describeResponse(record.response, masking));
  return {
    step,
    originId: origin.id,
    originKind: origin.kind,
    domainName: origin.domainName,
    method: record.request.method,
    uri: textOfBytes(record.request.uri),
    status: record.response?.status,
    failure,
    failureDetail,
    durationMs,
    get request() {
      return request();
    },
    get response() {
      return response();
    },
  };
}
