import { selectCacheBehavior } from "../distribution/path-pattern.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import type { ViewerRequestOutcome } from "../lambda-edge/function-runner.ts";
import { completeAnswer, type EdgeAnswer } from "./complete-answer.ts";
import { applyCustomErrorResponse, isOriginError } from "./custom-error-response.ts";
import { refuseDefaultRootObject, withDefaultRootObject } from "./default-root-object.ts";
import { errorPage } from "./error-page.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import { withoutHeaders } from "./http-headers.ts";
import type { Journey, Leg, Served } from "./journey.ts";
import { withReasonPhrase } from "./reason-phrase.ts";
import { refuseMethod, refuseViewerRequest } from "./refuse-viewer-request.ts";
import { serveThroughCache } from "./serve-through-cache.ts";
import { applyViewerProtocolPolicy } from "./viewer-protocol-policy.ts";
import type { RequestProblem } from "./viewer-request.ts";

/**
 * Takes one viewer request through CloudFront's steps, in AWS's order.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export async function handleViewerRequest(journey: Journey): Promise<EdgeAnswer> {
  const request = requestOf(journey);
  const { distribution } = journey.ports;
  const refusal = refuseViewerRequest(journey.viewerRequest, distribution);
  if (refusal !== undefined) {
    return completeAnswer(journey, undefined, request, refused(journey, refusal));
  }

  const cacheBehavior = selectCacheBehavior(distribution, request.uri);
  journey.steps.push({
    step: "cache-behavior",
    cacheBehavior,
    cacheBehaviors: distribution.cacheBehaviors,
  });
  const leg: Leg = { journey, cacheBehavior };

  const protocol = applyViewerProtocolPolicy(
    cacheBehavior,
    journey.viewerRequest,
    distribution.domainName,
  );
  if (protocol.kind !== "allowed") {
    const served =
      protocol.kind === "redirect"
        ? redirected(leg, protocol.response)
        : refused(journey, protocol.problem);
    return completeAnswer(journey, cacheBehavior, request, served);
  }

  const refusedHere =
    refuseMethod(cacheBehavior, request) ?? refuseDefaultRootObject(distribution, request);
  if (refusedHere !== undefined) {
    return completeAnswer(journey, cacheBehavior, request, refused(journey, refusedHere));
  }

  const outcome = await runViewerRequest(leg, request);
  if (outcome !== undefined) recordFunctionRun(journey, outcome, request);
  if (outcome !== undefined && outcome.kind !== "request") {
    return completeAnswer(journey, cacheBehavior, request, servedInstead(journey, outcome));
  }
  const viewerRequest = outcome?.request ?? request;
  const found = serveThroughCache(leg, withDefaultRootObject(distribution, viewerRequest));
  // What is in the cache is there at once: waiting for it would cost each hit a turn.
  const served = found instanceof Promise ? await found : found;
  const final = isOriginError(served)
    ? await applyCustomErrorResponse(leg, viewerRequest, served)
    : served;
  return completeAnswer(journey, cacheBehavior, viewerRequest, final);
}

/**
 * Over HTTP/1.0, CloudFront removes Accept-Encoding and compresses nothing (CF-G-30).
 *
 * FIDELITY LE-A-42: AWS does not say when the default root object comes in; its examples show `/`
 * to viewer-request.
 */
function requestOf({ ports, viewerRequest }: Journey): HttpRequest {
  const { request, httpVersion } = viewerRequest;
  const understood =
    httpVersion === "1.0"
      ? { ...request, headers: withoutHeaders(request.headers, ["accept-encoding"]) }
      : request;
  return ports.fidelity.defaultRootObject === "before-cache-behavior"
    ? withDefaultRootObject(ports.distribution, understood)
    : understood;
}

/** Returns undefined where no function is associated. */
function runViewerRequest(
  { journey, cacheBehavior }: Leg,
  request: HttpRequest,
): Promise<ViewerRequestOutcome> | undefined {
  const association = cacheBehavior.functionAssociations["viewer-request"];
  return (
    association &&
    journey.ports.functionRunner.runViewerRequest(association, journey.context, request)
  );
}

/** The answer where no request came of viewer-request. */
function servedInstead(
  journey: Journey,
  outcome: Exclude<ViewerRequestOutcome, { readonly kind: "request" }>,
): Served {
  if (outcome.kind === "failure") return functionFailed(journey, outcome.failure);
  return {
    response: withReasonPhrase(outcome.response),
    resultType: "LambdaGeneratedResponse",
    viewerResponseSkipped: "LE-A-11: the viewer-request function generated the response",
    fromOrigin: false,
  };
}

function refused(journey: Journey, { status, reason, ...detail }: RequestProblem): Served {
  journey.steps.push({ step: "refused", status, reason, ...detail });
  return {
    response: errorPage(status, reason, journey.context.requestId),
    resultType: "Error",
    viewerResponseSkipped: "CloudFront answered by itself",
    fromOrigin: false,
  };
}

function redirected(leg: Leg, response: Served["response"]): Served {
  const { journey, cacheBehavior } = leg;
  journey.steps.push({
    step: "viewer-protocol-policy",
    policy: cacheBehavior.viewerProtocolPolicy,
    status: response.status,
  });
  const reason = "LE-A-13: the viewer protocol policy redirects to HTTPS";
  recordSkipped(leg, "viewer-request", reason);
  return { response, resultType: "Redirect", viewerResponseSkipped: reason, fromOrigin: false };
}
