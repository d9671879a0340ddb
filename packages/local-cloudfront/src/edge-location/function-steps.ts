import type { EventType } from "cf-types";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import type {
  FunctionFailure,
  OriginRequestOutcome,
  ResponseOutcome,
  ViewerRequestOutcome,
} from "../lambda-edge/function-runner.ts";
import { errorPage } from "./error-page.ts";
import type { Journey, Leg, Served } from "./journey.ts";
import { requestHeadOf, responseHeadOf, type MessageHead } from "./message-head.ts";

type FunctionOutcome = ViewerRequestOutcome | OriginRequestOutcome | ResponseOutcome;

/**
 * Records one invocation.
 *
 * @param before what the function was called with: the request, or at response events the response
 * @param warning of CloudFront's, beside those of the result
 */
export function recordFunctionRun(
  journey: Journey,
  outcome: FunctionOutcome,
  before: HttpRequest | HttpResponse,
  warning?: string,
): void {
  const head = headOf(before);
  const after = messageAfter(outcome);
  journey.steps.push({
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
export function recordSkipped(leg: Leg, eventType: EventType, reason: string): void {
  if (leg.cacheBehavior.functionAssociations[eventType] === undefined) return;
  leg.journey.steps.push({ step: "skipped", eventType, reason });
}

/** The answer when a function failed: it costs the request, whatever the origin would have said. */
export function functionFailed(journey: Journey, failure: FunctionFailure): Served {
  return {
    response: errorPage(failure.status, failure.viewerText, journey.context.requestId),
    resultType: failure.resultType,
    viewerResponseSkipped: `${failure.factId}: a function failed`,
    fromOrigin: false,
  };
}
