import { copyHeaders } from "../distribution/empty-headers.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import { formatHttpDate } from "../distribution/http-date.ts";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { viaHost } from "../distribution/via-host.ts";
import { detailedResultTypeOf } from "./detailed-result-type.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import { frameResponse } from "./frame-response.ts";

import type { JourneyRecord } from "./journey-record.ts";
import type { Journey, Leg, Served } from "./journey.ts";
import { requestHeadOf, responseHeadOf } from "./message-head.ts";
import { applyResponseHeadersPolicy } from "./response-headers-policy.ts";
import type { ResultType } from "./result-type.ts";
import { serverTimingOf } from "./server-timing.ts";

/** What goes back to the viewer, and how it came about. */
export interface EdgeAnswer {
  readonly response: HttpResponse;
  readonly record: JourneyRecord;
}

/**
 * Completes an answer on the viewer's side: the response headers policy, viewer-response, and
 * CloudFront's own headers.
 *
 * FIDELITY F-RHP-ORDER: AWS does not say whether a response headers policy comes before or after
 * viewer-response; here the function sees the policy's headers and has the last word.
 *
 * @param cacheBehavior undefined where the request was refused before one was chosen
 * @param viewerRequest as viewer-request left it, which is what viewer-response sees (LE-B-46)
 */
export async function completeAnswer(
  journey: Journey,
  cacheBehavior: CacheBehavior | undefined,
  viewerRequest: HttpRequest,
  served: Served,
): Promise<EdgeAnswer> {
  const completed =
    cacheBehavior === undefined
      ? served
      : await viewerResponseEvent({ journey, cacheBehavior }, viewerRequest, {
          ...served,
          response: applyResponseHeadersPolicy(cacheBehavior, viewerRequest, served.response),
        });
  const response = withCloudFrontHeaders(journey, viewerRequest, completed, cacheBehavior);
  return { response, record: finishRecord(journey, response, completed.resultType) };
}

async function viewerResponseEvent(
  leg: Leg,
  viewerRequest: HttpRequest,
  served: Served,
): Promise<Served> {
  const { journey, cacheBehavior } = leg;
  const association = cacheBehavior.functionAssociations["viewer-response"];
  if (association === undefined) return served;
  if (served.viewerResponseSkipped !== undefined) {
    recordSkipped(leg, "viewer-response", served.viewerResponseSkipped);
    return served;
  }
  const outcome = await journey.ports.functionRunner.runViewerResponse(
    association,
    journey.context,
    viewerRequest,
    served.response,
  );
  recordFunctionRun(journey, outcome, served.response);
  if (outcome.kind !== "failure") return { ...served, response: outcome.response };
  const failed = functionFailed(journey, outcome.failure);
  const response = applyResponseHeadersPolicy(cacheBehavior, viewerRequest, failed.response);
  return { ...failed, response };
}

/** Adds what CloudFront says of every answer (CF-G-38). */
function withCloudFrontHeaders(
  journey: Journey,
  viewerRequest: HttpRequest,
  served: Served,
  cacheBehavior: CacheBehavior | undefined,
): HttpResponse {
  const response = frameResponse(viewerRequest.method, served.response);
  const headers = copyHeaders(response.headers);
  headers["date"] ??= [{ key: "Date", value: formatHttpDate(journey.startedAtMs) }];
  if (served.resultType === "LambdaGeneratedResponse" && headers["server"] === undefined) {
    headers["server"] = [{ key: "Server", value: "CloudFront" }];
  }
  const policy = cacheBehavior?.responseHeadersPolicy;
  const serverTiming = serverTimingOf(policy, journey, served, edgeLocationName);
  if (serverTiming !== undefined) {
    headers["server-timing"] = [{ key: "Server-Timing", value: serverTiming }];
  }
  if (policy?.removeHeaders.includes("x-cache") !== true) {
    headers["x-cache"] = [{ key: "X-Cache", value: `${served.resultType} from cloudfront` }];
  }
  headers["via"] = [...(headers["via"] ?? []), { key: "Via", value: viaOf(journey) }];
  headers["x-amz-cf-pop"] = [{ key: "X-Amz-Cf-Pop", value: edgeLocationName }];
  headers["x-amz-cf-id"] = [{ key: "X-Amz-Cf-Id", value: journey.context.requestId }];
  return { ...response, headers };
}

/** The edge location's name in `X-Amz-Cf-Pop`: three letters of an airport, here of none. */
const edgeLocationName = "LCL50-P1";

/** Says which version the answer came in from the origin, whatever the viewer speaks: HTTP/1.1. */
function viaOf(journey: Journey): string {
  return `1.1 ${viaHost(journey.context.distributionDomainName)} (CloudFront)`;
}

function finishRecord(
  journey: Journey,
  response: HttpResponse,
  resultType: ResultType,
): JourneyRecord {
  const { request, protocol, httpVersion } = journey.viewerRequest;
  return {
    requestId: journey.context.requestId,
    startedAtMs: journey.startedAtMs,
    durationMs: journey.ports.clock.now() - journey.startedAtMs,
    request: requestHeadOf(request),
    viewer: { clientIp: request.clientIp, protocol, httpVersion },
    response: responseHeadOf(response),
    resultType,
    detailedResultType: detailedResultTypeOf(resultType, journey.steps),
    steps: journey.steps,
  };
}
