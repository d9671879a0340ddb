import { selectCacheBehavior } from "../distribution/path-pattern.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import { completeAnswer, type EdgeAnswer } from "./complete-answer.ts";
import { applyCustomErrorResponse } from "./custom-error-response.ts";
import { errorPage } from "./error-page.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import { withoutHeaders } from "./http-headers.ts";
import type { Journey, Leg, Served } from "./journey.ts";
import { refuseMethod, refuseViewerRequest, type Refusal } from "./refuse-viewer-request.ts";
import { serveThroughCache } from "./serve-through-cache.ts";
import { applyViewerProtocolPolicy } from "./viewer-protocol-policy.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/**
 * Takes one viewer request through CloudFront's steps, in AWS's order.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export async function handleViewerRequest(journey: Journey): Promise<EdgeAnswer> {
  const request = requestOf(journey.viewerRequest);
  const malformed = refuseViewerRequest(journey.viewerRequest, journey.ports.distribution);
  if (malformed !== undefined) {
    return completeAnswer(journey, undefined, request, refused(journey, malformed));
  }

  const { distribution } = journey.ports;
  const cacheBehavior = selectCacheBehavior(distribution, request.uri);
  journey.steps.push({ step: "cache-behavior", pathPattern: cacheBehavior.pathPattern });
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
        : refused(journey, { status: 403, reason: protocol.reason });
    return completeAnswer(journey, cacheBehavior, request, served);
  }

  const refusedMethod = refuseMethod(cacheBehavior, request);
  if (refusedMethod !== undefined) {
    return completeAnswer(journey, cacheBehavior, request, refused(journey, refusedMethod));
  }

  const afterViewerRequest = await viewerRequestEvent(leg, request);
  if (afterViewerRequest.kind === "served") {
    return completeAnswer(journey, cacheBehavior, request, afterViewerRequest.served);
  }
  const viewerRequest = afterViewerRequest.request;
  const served = await serveThroughCache(leg, withDefaultRootObject(leg, viewerRequest));
  const final = await applyCustomErrorResponse(leg, viewerRequest, served);
  return completeAnswer(journey, cacheBehavior, viewerRequest, final);
}

/** Over HTTP/1.0, CloudFront removes Accept-Encoding and compresses nothing (CF-G-30). */
function requestOf({ request, httpVersion }: ViewerRequest): HttpRequest {
  return httpVersion === "1.0"
    ? { ...request, headers: withoutHeaders(request.headers, ["accept-encoding"]) }
    : request;
}

async function viewerRequestEvent(
  leg: Leg,
  request: HttpRequest,
): Promise<
  | { readonly kind: "request"; readonly request: HttpRequest }
  | { readonly kind: "served"; readonly served: Served }
> {
  const { journey, cacheBehavior } = leg;
  const association = cacheBehavior.functionAssociations["viewer-request"];
  if (association === undefined) return { kind: "request", request };
  const outcome = await journey.ports.functionRunner.runViewerRequest(
    association,
    journey.context,
    request,
  );
  recordFunctionRun(journey, outcome, request.uri);
  switch (outcome.kind) {
    case "request":
      return { kind: "request", request: outcome.request };
    case "failure":
      return { kind: "served", served: functionFailed(journey, outcome.failure) };
    case "generated-response":
      return {
        kind: "served",
        served: {
          response: outcome.response,
          resultType: "LambdaGeneratedResponse",
          viewerResponseSkipped: "LE-A-11: the viewer-request function generated the response",
          fromOrigin: false,
        },
      };
  }
}

/**
 * Puts the default root object in the place of a bare `/`.
 *
 * FIDELITY LE-A-42: AWS does not say when; its examples show `/` to viewer-request.
 */
function withDefaultRootObject(leg: Leg, request: HttpRequest): HttpRequest {
  const { defaultRootObject } = leg.journey.ports.distribution;
  if (defaultRootObject === undefined || request.uri !== "/") return request;
  return { ...request, uri: `/${defaultRootObject}` };
}

function refused(journey: Journey, refusal: Refusal): Served {
  journey.steps.push({ step: "refused", status: refusal.status, reason: refusal.reason });
  return {
    response: errorPage(refusal.status, refusal.reason, journey.context.requestId),
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
