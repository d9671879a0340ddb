import { copyHeaders } from "../../http/empty-headers.ts";
import type { ResponseHeadersPolicy } from "../../distribution/policies.ts";
import { formatHttpDate } from "../../http/http-date.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { viaHost } from "../../http/via-host.ts";
import { detailedResultTypeOf } from "./detailed-result-type.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "../function-steps.ts";
import { runViewerResponse } from "../run-viewer-function.ts";
import { frameResponse } from "./frame-response.ts";
import type { RequestRecord } from "../request-record.ts";
import type { RequestContext, BehaviorScope, ServedResponse } from "../request-context.ts";
import { requestHeadOf, responseHeadOf } from "../message-head.ts";
import { applyResponseHeadersPolicy } from "./response-headers-policy.ts";
import type { ResultType } from "../result-type.ts";
import { withReasonPhrase } from "../reason-phrase.ts";
import { serverTimingOf } from "./server-timing.ts";

type AnyResponseOutcome = NonNullable<Awaited<ReturnType<typeof runViewerResponse>>>;

/** What goes back to the viewer, and how it came about. */
export interface EdgeResponse {
  readonly response: HttpResponse;
  readonly record: RequestRecord;
}

/**
 * Completes a response on the viewer's side: the response headers policy, viewer-response, and
 * CloudFront's own headers.
 *
 * FIDELITY F-RHP-ORDER: AWS does not say whether a response headers policy comes before or after
 * viewer-response; here the function sees the policy's headers and has the last word.
 *
 * @param viewerRequest as viewer-request left it, which is what viewer-response sees (LE-B-46)
 */
export async function completeResponse(
  scope: BehaviorScope,
  viewerRequest: HttpRequest,
  served: ServedResponse,
): Promise<EdgeResponse> {
  const { context, cacheBehavior } = scope;
  const response = withPolicy(scope, viewerRequest, served.response);
  const before = { ...served, response };
  const outcome = await viewerResponseEvent(scope, viewerRequest, before);
  const completed =
    outcome === undefined ? before : afterViewerResponse(scope, viewerRequest, before, outcome);
  return finishResponse(context, viewerRequest, completed, cacheBehavior.responseHeadersPolicy);
}

/** Returns undefined where no function is associated, or it does not run. */
async function viewerResponseEvent(
  scope: BehaviorScope,
  viewerRequest: HttpRequest,
  { response, viewerResponseSkipped }: ServedResponse,
): Promise<AnyResponseOutcome | undefined> {
  if (viewerResponseSkipped === undefined) return runViewerResponse(scope, viewerRequest, response);
  recordSkipped(scope, "viewer-response", viewerResponseSkipped);
  return undefined;
}

function afterViewerResponse(
  scope: BehaviorScope,
  viewerRequest: HttpRequest,
  served: ServedResponse,
  outcome: AnyResponseOutcome,
): ServedResponse {
  const { context } = scope;
  recordFunctionRun(context, outcome, served.response);
  if (outcome.kind !== "failure") {
    return { ...served, response: withReasonPhrase(outcome.response) };
  }
  const failed = functionFailed(context, outcome.failure);
  return { ...failed, response: withPolicy(scope, viewerRequest, failed.response) };
}

function withPolicy(
  { context, cacheBehavior }: BehaviorScope,
  viewerRequest: HttpRequest,
  response: HttpResponse,
): HttpResponse {
  const changed = applyResponseHeadersPolicy(cacheBehavior, viewerRequest, response);
  const { responseHeadersPolicy } = cacheBehavior;
  if (changed !== response && responseHeadersPolicy !== undefined) {
    context.steps.push({
      step: "response-headers-policy",
      policy: responseHeadersPolicy.name,
      before: responseHeadOf(response),
      after: responseHeadOf(changed),
    });
  }
  return changed;
}

/**
 * Adds what CloudFront says in every response (CF-G-38), and closes the record.
 *
 * @param policy of the cache behavior; undefined where the request was refused before one was chosen
 */
export function finishResponse(
  context: RequestContext,
  viewerRequest: HttpRequest,
  served: ServedResponse,
  policy?: ResponseHeadersPolicy,
): EdgeResponse {
  const response = frameResponse(viewerRequest.method, served.response);
  const headers = copyHeaders(response.headers);
  headers["date"] ??= [{ key: "Date", value: formatHttpDate(context.startedAtMs) }];
  if (served.resultType.endsWith("GeneratedResponse") && headers["server"] === undefined) {
    headers["server"] = [{ key: "Server", value: "CloudFront" }];
  }
  const serverTiming = serverTimingOf(policy, context, served, edgeLocationName);
  if (serverTiming !== undefined) {
    headers["server-timing"] = [{ key: "Server-Timing", value: serverTiming }];
  }
  if (policy?.removeHeaders.includes("x-cache") !== true) {
    headers["x-cache"] = [{ key: "X-Cache", value: `${served.resultType} from cloudfront` }];
  }
  // The version is that of the origin's response, whatever the viewer speaks.
  const via = `1.1 ${viaHost(context.invocation.distributionDomainName)} (CloudFront)`;
  headers["via"] = [...(headers["via"] ?? []), { key: "Via", value: via }];
  headers["x-amz-cf-pop"] = [{ key: "X-Amz-Cf-Pop", value: edgeLocationName }];
  headers["x-amz-cf-id"] = [{ key: "X-Amz-Cf-Id", value: context.invocation.requestId }];
  const completed = { ...response, headers };
  return { response: completed, record: finishRecord(context, completed, served.resultType) };
}

/** The edge location's name in `X-Amz-Cf-Pop`: three letters of an airport, here of none. */
const edgeLocationName = "LCL50-P1";

function finishRecord(
  context: RequestContext,
  response: HttpResponse,
  resultType: ResultType,
): RequestRecord {
  const { request, protocol, httpVersion } = context.viewerRequest;
  return {
    requestId: context.invocation.requestId,
    startedAtMs: context.startedAtMs,
    durationMs: context.ports.clock.now() - context.startedAtMs,
    request: requestHeadOf(request),
    viewer: { clientIp: request.clientIp, protocol, httpVersion },
    response: responseHeadOf(response),
    resultType,
    detailedResultType: detailedResultTypeOf(resultType, context.steps),
    steps: context.steps,
  };
}
