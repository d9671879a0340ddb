import type { Distribution } from "../distribution/distribution.ts";
import type { HttpRequest } from "../http/http-message.ts";
import { withoutSignedUrlParameters } from "../distribution/name-selection.ts";
import { selectCacheBehavior } from "../distribution/path-pattern.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import { withoutHeaders } from "./http-headers.ts";
import { withReasonPhrase } from "./reason-phrase.ts";
import type { BehaviorScope, RequestContext, ServedResponse } from "./request-context.ts";
import { refuseDefaultRootObject, withDefaultRootObject } from "./request/default-root-object.ts";
import { refuseMethod, refuseViewerRequest } from "./request/refuse-viewer-request.ts";
import { refuseUnsigned } from "./request/signed-request.ts";
import { applyViewerProtocolPolicy } from "./request/viewer-protocol-policy.ts";
import type { RequestProblem, ViewerRequest } from "./request/viewer-request.ts";
import {
  completeResponse,
  finishResponse,
  type EdgeResponse,
} from "./response/complete-response.ts";
import { errorDocument, errorPage } from "./response/error-page.ts";
import { runViewerRequest, type AnyViewerRequestOutcome } from "./run-viewer-function.ts";
import { applyCustomErrorResponse, isOriginError } from "./serve/custom-error-response.ts";
import { serveThroughCache } from "./serve/serve-through-cache.ts";

/**
 * Takes one viewer request through CloudFront's steps, in AWS's order.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export async function handleViewerRequest(context: RequestContext): Promise<EdgeResponse> {
  const request = understoodRequest(context);
  const { distribution } = context.ports;
  const refusal = refuseViewerRequest(context.viewerRequest, distribution);
  if (refusal !== undefined) return finishResponse(context, request, refuse(context, refusal));

  const cacheBehavior = selectCacheBehavior(distribution, request.uri);
  const { cacheBehaviors } = distribution;
  context.steps.push({ step: "cache-behavior", cacheBehavior, cacheBehaviors });
  const scope: BehaviorScope = { context, cacheBehavior };
  const { served, viewerRequest } = await serve(scope, request);
  return completeResponse(scope, viewerRequest, served);
}

/** Whether a request is refused by what stands in its head. */
export function isRefusedUnread(distribution: Distribution, viewerRequest: ViewerRequest): boolean {
  if (refuseViewerRequest(viewerRequest, distribution) !== undefined) return true;
  const { request } = viewerRequest;
  const cacheBehavior = selectCacheBehavior(distribution, request.uri);
  const { domainName } = distribution;
  return (
    applyViewerProtocolPolicy(cacheBehavior, viewerRequest, domainName).kind !== "allowed" ||
    refuseMethod(cacheBehavior, request) !== undefined
  );
}

/**
 * Over HTTP/1.0, CloudFront removes Accept-Encoding and compresses nothing (CF-G-30).
 *
 * FIDELITY LE-A-42: AWS does not say when the default root object comes in; its examples show `/`
 * to viewer-request.
 */
function understoodRequest({ ports, viewerRequest }: RequestContext): HttpRequest {
  const { request, httpVersion } = viewerRequest;
  const understood =
    httpVersion === "1.0"
      ? { ...request, headers: withoutHeaders(request.headers, ["accept-encoding"]) }
      : request;
  return ports.fidelity.defaultRootObject === "before-cache-behavior"
    ? withDefaultRootObject(ports.distribution, understood)
    : understood;
}

/** What a cache behavior makes of a request, before viewer-response. */
interface ServedRequest {
  readonly served: ServedResponse;
  /** As viewer-request left it, which is what viewer-response sees (LE-B-46). */
  readonly viewerRequest: HttpRequest;
}

async function serve(scope: BehaviorScope, request: HttpRequest): Promise<ServedRequest> {
  const { context } = scope;
  const { distribution } = context.ports;
  const refused = refuseByBehavior(scope, request);
  if (refused !== undefined) return { served: refused, viewerRequest: request };

  const outcome = await runViewerRequest(scope, request);
  if (outcome !== undefined) recordFunctionRun(context, outcome, request);
  if (outcome !== undefined && outcome.kind !== "request") {
    return { served: servedInstead(context, outcome), viewerRequest: request };
  }
  const viewerRequest = outcome?.request ?? request;
  const originTarget = outcome?.originTarget;
  const onward = originTarget === undefined ? scope : { ...scope, originTarget };
  const inCache = withDefaultRootObject(distribution, withoutSignature(scope, viewerRequest));
  const work = async (): Promise<ServedResponse> => {
    const served = await serveThroughCache(onward, inCache);
    return isOriginError(served) ? applyCustomErrorResponse(scope, viewerRequest, served) : served;
  };
  return { served: await inTurn(context, work), viewerRequest };
}

/** A turn lasts until what is refreshed in the background is stored, too. */
function inTurn(
  { cacheTurn, state }: RequestContext,
  work: () => Promise<ServedResponse>,
): Promise<ServedResponse> {
  if (cacheTurn === undefined) return work();
  return cacheTurn(async () => {
    const served = await work();
    await Promise.all(state.inFlight.values());
    return served;
  });
}

/** Neither the cache key nor the origin knows the parameters of signed URLs (CF-G-47). */
function withoutSignature({ cacheBehavior }: BehaviorScope, request: HttpRequest): HttpRequest {
  if (cacheBehavior.trustedKeys === undefined) return request;
  return { ...request, querystring: withoutSignedUrlParameters(request.querystring) };
}

/** The response before any function runs; undefined where the request goes on. */
function refuseByBehavior(scope: BehaviorScope, request: HttpRequest): ServedResponse | undefined {
  const { context, cacheBehavior } = scope;
  const { distribution } = context.ports;
  const protocol = applyViewerProtocolPolicy(
    cacheBehavior,
    context.viewerRequest,
    distribution.domainName,
  );
  if (protocol.kind === "redirect") return redirectToHttps(scope, protocol.response);
  const problem =
    protocol.kind === "refused"
      ? protocol.problem
      : (refuseMethod(cacheBehavior, request) ??
        refuseUnsigned(
          cacheBehavior,
          distribution,
          request,
          context.viewerRequest.protocol,
          context.ports.clock.now(),
        ) ??
        refuseDefaultRootObject(distribution, request));
  return problem && refuse(context, problem);
}

/** The response where viewer-request did not return a request. */
function servedInstead(
  context: RequestContext,
  outcome: Exclude<AnyViewerRequestOutcome, { readonly kind: "request" }>,
): ServedResponse {
  if (outcome.kind === "failure") return functionFailed(context, outcome.failure);
  return {
    response: withReasonPhrase(outcome.response),
    resultType: "kind" in outcome.run ? "FunctionGeneratedResponse" : "LambdaGeneratedResponse",
    viewerResponseSkipped: "LE-A-11: the viewer-request function generated the response",
    fromOrigin: false,
  };
}

function refuse(
  context: RequestContext,
  { status, reason, xmlCode, ...detail }: RequestProblem,
): ServedResponse {
  context.steps.push({ step: "refused", status, reason, ...detail });
  return {
    response:
      xmlCode === undefined
        ? errorPage(status, reason, context.invocation.requestId)
        : errorDocument(status, xmlCode, reason),
    resultType: "Error",
    viewerResponseSkipped: "CloudFront generated the response",
    fromOrigin: false,
  };
}

function redirectToHttps(
  scope: BehaviorScope,
  response: ServedResponse["response"],
): ServedResponse {
  const { context, cacheBehavior } = scope;
  context.steps.push({
    step: "viewer-protocol-policy",
    policy: cacheBehavior.viewerProtocolPolicy,
    status: response.status,
  });
  const reason = "LE-A-13: the viewer protocol policy redirects to HTTPS";
  recordSkipped(scope, "viewer-request", reason);
  return { response, resultType: "Redirect", viewerResponseSkipped: reason, fromOrigin: false };
}
