import type { CloudFrontViewerResponseOutcome } from "../cloudfront-function/function-run.ts";
import { validationFailure } from "../cloudfront-function/function-failure.ts";
import type { CloudFrontViewerRequestOutcome } from "../cloudfront-function/function-run.ts";
import type { CloudFrontInvocationContext } from "../cloudfront-function/run-function.ts";
import type { OriginTarget } from "../distribution/origins.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { ResponseOutcome, ViewerRequestOutcome } from "../lambda-edge/function-runner.ts";
import { requestedViewerHeaders } from "../origin/forwarded-headers.ts";
import type { BehaviorScope } from "./request-context.ts";
import { viewerHeadersFor } from "./request/viewer-headers.ts";
import { changedOrigin } from "./serve/changed-origin.ts";

/** The outcome at viewer-request, whatever kind of function ran. */
export type AnyViewerRequestOutcome = (ViewerRequestOutcome | CloudFrontViewerRequestOutcome) & {
  /** Where a CloudFront Function has the request sent. */
  readonly originTarget?: OriginTarget;
};

/** Runs the function on viewer-request; returns undefined where none is associated. */
export async function runViewerRequest(
  scope: BehaviorScope,
  request: HttpRequest,
): Promise<AnyViewerRequestOutcome | undefined> {
  const { context, cacheBehavior } = scope;
  const cloudFrontFunction = cacheBehavior.cloudFrontFunctions["viewer-request"];
  if (cloudFrontFunction !== undefined) {
    const runner = context.ports.cloudFrontFunctions;
    return withOrigin(
      scope,
      await runner.runViewerRequest(cloudFrontFunction, invocationContext(scope), request),
    );
  }
  const association = cacheBehavior.functionAssociations["viewer-request"];
  return (
    association &&
    context.ports.functionRunner.runViewerRequest(association, context.invocation, request)
  );
}

/** Runs the function on viewer-response; returns undefined where none is associated. */
export async function runViewerResponse(
  scope: BehaviorScope,
  viewerRequest: HttpRequest,
  response: HttpResponse,
): Promise<ResponseOutcome | CloudFrontViewerResponseOutcome | undefined> {
  const { context, cacheBehavior } = scope;
  const { cloudFrontFunctions, functionRunner } = context.ports;
  const cloudFrontFunction = cacheBehavior.cloudFrontFunctions["viewer-response"];
  if (cloudFrontFunction !== undefined) {
    const invocation = invocationContext(scope);
    return cloudFrontFunctions.runViewerResponse(
      cloudFrontFunction,
      invocation,
      viewerRequest,
      response,
    );
  }
  const association = cacheBehavior.functionAssociations["viewer-response"];
  return (
    association &&
    functionRunner.runViewerResponse(association, context.invocation, viewerRequest, response)
  );
}

function invocationContext(scope: BehaviorScope): CloudFrontInvocationContext {
  const { context, cacheBehavior } = scope;
  const { rawQueryString } = context.viewerRequest;
  const asked = requestedViewerHeaders(cacheBehavior, viewerHeadersFor(scope));
  return {
    ...context.invocation,
    nowMs: context.ports.clock.now(),
    rawQueryString,
    viewerHeaders: Object.fromEntries(asked.map(([key, value]) => [key.toLowerCase(), value])),
  };
}

/** An origin that CloudFront refuses costs the request, as a refused result does (FN-I-24). */
function withOrigin(
  scope: BehaviorScope,
  outcome: CloudFrontViewerRequestOutcome,
): AnyViewerRequestOutcome {
  if (outcome.kind !== "request" || outcome.originChange === undefined) return outcome;
  const changed = changedOrigin(scope, outcome.request, outcome.originChange);
  if (changed.kind === "changed") return { ...outcome, originTarget: changed.value };
  const { run } = outcome;
  return { kind: "failure", failure: validationFailure(changed), isTimeout: false, run };
}
