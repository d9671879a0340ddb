import { associationsOf } from "../distribution/cloudfront-functions.ts";
import { textOfBytes } from "../http/byte-string.ts";
import type { RequestRecord, StepRecord } from "../edge-location/request-record.ts";
import { invocationLog, outputLines } from "../lambda-edge/log/invocation-log.ts";
import type { OriginInvocation } from "../lambda-edge/function-runner.ts";
import { logGroupName } from "../lambda-edge/thread/function-identity.ts";
import { headChanges } from "./changes-of.ts";
import { describeCacheKey } from "./describe-cache-key.ts";
import { describeFunctionStep } from "./describe-function-step.ts";
import { describeRequest, describeResponse } from "./describe-message.ts";
import type { Masking } from "./masking.ts";
import type { CacheBehaviorStep, OriginInvocationTrace, OriginStep, TraceStep } from "./trace.ts";

/** A step's place in the record of its request. */
export interface StepContext {
  readonly record: RequestRecord;
  readonly index: number;
  readonly masking: Masking;
}

/** Describes one step. */
export function describeStep(step: StepRecord, context: StepContext): TraceStep {
  switch (step.step) {
    case "cache-behavior":
      return describeCacheBehavior(step);
    case "viewer-request":
    case "origin-request":
    case "origin-response":
    case "viewer-response":
      return describeFunctionStep(step, context.masking);
    case "cache-hit":
    case "cache-expired":
    case "cache-miss":
    case "collapsed":
    case "cache-store":
    case "cache-refresh":
      return describeCacheStep(step, context);
    case "origin":
      return describeOrigin(step, context.masking);
    case "response-headers-policy": {
      const { before, after, policy } = step;
      return { step: step.step, policy, changes: headChanges(before, after, context.masking) };
    }
    default:
      return step;
  }
}

function describeCacheBehavior({
  step,
  cacheBehavior,
  cacheBehaviors,
}: Extract<StepRecord, { step: "cache-behavior" }>): CacheBehaviorStep {
  const { pathPattern, targetOriginId, cachePolicy } = cacheBehavior;
  return {
    step,
    pathPattern,
    patternsTried: cacheBehaviors
      .slice(0, cacheBehaviors.indexOf(cacheBehavior) + 1)
      .map((candidate) => candidate.pathPattern),
    targetOriginId,
    cachePolicy: cachePolicy.name,
    originRequestPolicy: cacheBehavior.originRequestPolicy?.name,
    responseHeadersPolicy: cacheBehavior.responseHeadersPolicy?.name,
    associatedEventTypes: associationsOf(cacheBehavior).map(({ eventType }) => eventType),
  };
}

function describeCacheStep(
  step: Extract<StepRecord, { readonly cacheKey: unknown }>,
  { record, index, masking }: StepContext,
): TraceStep {
  const { cacheKey, cacheBehavior, ...rest } = step;
  const { cachePolicy } = cacheBehavior;
  const earlier = record.steps.slice(0, index);
  return {
    ...rest,
    cacheKey: describeCacheKey({ cacheKey, cachePolicy, record, earlier }, masking),
  };
}

function describeOrigin(
  { step, origin, request, response, invocation, ...rest }: Extract<StepRecord, { step: "origin" }>,
  masking: Masking,
): OriginStep {
  return {
    step,
    originId: origin.id,
    originKind: origin.kind,
    domainName: origin.domainName,
    method: request.method,
    uri: textOfBytes(request.uri),
    status: response?.status,
    ...rest,
    request: describeRequest(request, masking),
    response: response && describeResponse(response, masking),
    ...(invocation && { invocation: describeOriginInvocation(invocation, masking) }),
  };
}

function describeOriginInvocation(
  { run, failure }: OriginInvocation,
  masking: Masking,
): OriginInvocationTrace {
  const { lambda, lambdaRequestId, durationMs, initDurationMs, maxMemoryUsedMb } = run;
  return {
    name: lambda.name,
    runtime: lambda.runtime,
    logGroupName: logGroupName(lambda),
    lambdaRequestId,
    durationMs,
    initDurationMs,
    maxMemoryUsedMb,
    consoleLines: outputLines(run),
    logLines: invocationLog(run),
    failure: failure && { detail: failure.detail, stack: failure.stack },
    event: masking.json(run.event),
    result: run.resultJson === undefined ? undefined : masking.json(run.resultJson),
  };
}
