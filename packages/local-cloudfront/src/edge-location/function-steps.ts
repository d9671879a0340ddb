import type { EventType } from "cf-types";
import { associationsOf } from "../distribution/cloudfront-functions.ts";
import type {
  CloudFrontFunctionFailure,
  CloudFrontViewerRequestOutcome,
  CloudFrontViewerResponseOutcome,
} from "../cloudfront-function/function-run.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type {
  FunctionFailure,
  OriginRequestOutcome,
  ResponseOutcome,
  ViewerRequestOutcome,
} from "../lambda-edge/function-runner.ts";
import { errorPage } from "./response/error-page.ts";
import type { RequestContext, BehaviorScope, ServedResponse } from "./request-context.ts";
import { requestHeadOf, responseHeadOf, type MessageHead } from "./message-head.ts";

type FunctionOutcome =
  | ViewerRequestOutcome
  | OriginRequestOutcome
  | ResponseOutcome
  | CloudFrontViewerRequestOutcome
  | CloudFrontViewerResponseOutcome;

/**
 * Records one invocation.
 *
 * @param before what the function was called with: the request, or at response events the response
 * @param warning of CloudFront's, beside those of the result
 */
export function recordFunctionRun(
  context: RequestContext,
  outcome: FunctionOutcome,
  before: HttpRequest | HttpResponse,
  warning?: string,
): void {
  const head = headOf(before);
  const after = messageAfter(outcome);
  context.steps.push({
    step: outcome.run.eventType,
    run: outcome.run,
    outcome: outcome.kind,
    failure: outcome.kind === "failure" ? outcome.failure : undefined,
    warning,
    before: head,
    after: after === before || after === undefined ? after && head : headOf(after),
    isBodyReplaced: after !== undefined && after.body !== before.body,
  });
}

function messageAfter(outcome: FunctionOutcome): HttpRequest | HttpResponse | undefined {
  switch (outcome.kind) {
    case "request":
      return outcome.request;
    case "response":
    case "generated-response":
      return outcome.response;
    case "failure":
      return undefined;
  }
}

function headOf(message: HttpRequest | HttpResponse): MessageHead {
  return "status" in message ? responseHeadOf(message) : requestHeadOf(message);
}

/** Records that an associated function did not run; nothing where no function is associated. */
export function recordSkipped(scope: BehaviorScope, eventType: EventType, reason: string): void {
  if (!hasFunctionOn(scope, eventType)) return;
  scope.context.steps.push({ step: "skipped", eventType, reason });
}

function hasFunctionOn({ cacheBehavior }: BehaviorScope, eventType: EventType): boolean {
  return associationsOf(cacheBehavior).some((association) => association.eventType === eventType);
}

/** The response when a function failed: it costs the request, whatever the origin would have said. */
export function functionFailed(
  context: RequestContext,
  failure: FunctionFailure | CloudFrontFunctionFailure,
): ServedResponse {
  return {
    response: errorPage(failure.status, failure.viewerText, context.invocation.requestId),
    resultType: failure.resultType,
    viewerResponseSkipped: `${failure.factId}: a function failed`,
    fromOrigin: false,
  };
}

/**
 * Returns a warning where nobody knows whether viewer-response runs at CloudFront: AWS speaks of the
 * status that the origin returned, and a function has moved the response across the line between
 * success and error (LE-A-09, LE-A-12).
 *
 * @param originStatus undefined where origin-request generated the response
 */
export function unverifiedViewerResponse(
  scope: BehaviorScope,
  originStatus: number | undefined,
  status: number,
): string | undefined {
  if (!hasFunctionOn(scope, "viewer-response")) return undefined;
  const runs = status < 400 ? "runs" : "is skipped";
  if (originStatus === undefined) {
    return status < 400
      ? undefined
      : `LE-A-12: viewer-response ${runs} here for a generated ${status}; what CloudFront does is not known.`;
  }
  if (originStatus < 400 === status < 400) return undefined;
  return `LE-A-09: viewer-response ${runs} here for a ${originStatus} of the origin that has become ${status}; what CloudFront does is not known.`;
}
