import { copyHeaders } from "../distribution/empty-headers.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import { formatHttpDate } from "../distribution/http-date.ts";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import type { ResponseOutcome } from "../lambda-edge/function-runner.ts";
import { viaHost } from "../distribution/via-host.ts";
import { detailedResultTypeOf } from "./detailed-result-type.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import { frameResponse } from "./frame-response.ts";
import type { JourneyRecord } from "./journey-record.ts";
import type { Journey, Leg, Served } from "./journey.ts";
import { requestHeadOf, responseHeadOf } from "./message-head.ts";
import { onceFor } from "./once-for.ts";
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
  if (cacheBehavior === undefined) return answerOf(journey, viewerRequest, served, undefined);
  const leg = { journey, cacheBehavior };
  const response = applyResponseHeadersPolicy(cacheBehavior, viewerRequest, served.response);
  const before = { ...served, response };
  const outcome = await runViewerResponse(leg, viewerRequest, before);
  const completed =
    outcome === undefined ? before : afterViewerResponse(leg, viewerRequest, before, outcome);
  return answerOf(journey, viewerRequest, completed, cacheBehavior);
}

/** Returns undefined where no function is associated, or it does not run. */
function runViewerResponse(
  leg: Leg,
  viewerRequest: HttpRequest,
  { response, viewerResponseSkipped }: Served,
): Promise<ResponseOutcome> | undefined {
  const { journey, cacheBehavior } = leg;
  const association = cacheBehavior.functionAssociations["viewer-response"];
  if (association === undefined) return undefined;
  if (viewerResponseSkipped !== undefined) {
    recordSkipped(leg, "viewer-response", viewerResponseSkipped);
    return undefined;
  }
  return journey.ports.functionRunner.runViewerResponse(
    association,
    journey.context,
    viewerRequest,
    response,
  );
}

function afterViewerResponse(
  { journey, cacheBehavior }: Leg,
  viewerRequest: HttpRequest,
  served: Served,
  outcome: ResponseOutcome,
): Served {
  recordFunctionRun(journey, outcome, served.response);
  if (outcome.kind !== "failure") return { ...served, response: outcome.response };
  const failed = functionFailed(journey, outcome.failure);
  const response = applyResponseHeadersPolicy(cacheBehavior, viewerRequest, failed.response);
  return { ...failed, response };
}

function answerOf(
  journey: Journey,
  viewerRequest: HttpRequest,
  served: Served,
  cacheBehavior: CacheBehavior | undefined,
): EdgeAnswer {
  const response = withCloudFrontHeaders(journey, viewerRequest, served, cacheBehavior);
  return { response, record: finishRecord(journey, response, served.resultType) };
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
    headers["x-cache"] = xCacheLines(served.resultType);
  }
  const via = viaLines(journey.context.distributionDomainName);
  headers["via"] = headers["via"] === undefined ? via : [...headers["via"], ...via];
  headers["x-amz-cf-pop"] = edgeLocationLines;
  headers["x-amz-cf-id"] = [{ key: "X-Amz-Cf-Id", value: journey.context.requestId }];
  return { ...response, headers };
}

/** The edge location's name in `X-Amz-Cf-Pop`: three letters of an airport, here of none. */
const edgeLocationName = "LCL50-P1";
const edgeLocationLines = [{ key: "X-Amz-Cf-Pop", value: edgeLocationName }];

const xCacheLines = onceFor((resultType: ResultType) => [
  { key: "X-Cache", value: `${resultType} from cloudfront` },
]);

/** Says which version the answer came in from the origin, whatever the viewer speaks: HTTP/1.1. */
const viaLines = onceFor((domainName: string) => [
  { key: "Via", value: `1.1 ${viaHost(domainName)} (CloudFront)` },
]);

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
