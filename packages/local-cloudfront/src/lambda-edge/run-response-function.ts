import { checkOriginResponseResult, checkViewerResponseResult } from "cf-rules";
import type { Origin as EventOrigin } from "cf-types";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { describeRun } from "./describe-run.ts";
import type { InvocationContext, ResponseOutcome } from "./function-runner.ts";
import { eventConfig } from "./invocation-event.ts";
import { responseFromResult } from "./result-to-http.ts";
import { checkResultText, failedOutcome, refusedOutcome } from "./run-function.ts";
import type { FunctionRoom } from "./run-function.ts";

/** What the two response events have in common. */
export interface ResponseEvent {
  readonly eventType: "origin-response" | "viewer-response";
  readonly request: HttpRequest;
  /** At origin-response only (LE-B-28). */
  readonly origin: EventOrigin | undefined;
  readonly response: HttpResponse;
}

/** Runs a response function and checks its result. */
export async function runResponse(
  room: FunctionRoom,
  association: FunctionAssociation,
  context: InvocationContext,
  { eventType, request, origin, response }: ResponseEvent,
): Promise<ResponseOutcome> {
  const { invoker, quotas, region, recentMessages } = room;
  const seen = recentMessages.response(response);
  const { json: responseJson } = seen;
  const { json: requestJson } = recentMessages.request(request, { origin });
  const config = eventConfig(eventType, context);
  const event = { config, request: requestJson, response: responseJson };
  const done = await invoker.invoke(association, event);
  if (done.kind === "failure") {
    return failedOutcome(done);
  }
  if (done.result === responseJson) {
    return { kind: "response", response, run: describeRun(done, [], responseJson) };
  }
  const check =
    eventType === "viewer-response" ? checkViewerResponseResult : checkOriginResponseResult;
  const texts = { association, seenJson: responseJson, resultJson: done.result };
  const { check: checked, resultJson } = checkResultText(room, texts, (result) =>
    check(result, seen.event, quotas),
  );
  if (checked.kind === "violation") {
    return refusedOutcome(done, checked, { association, context, region });
  }
  const headers = recentMessages.headersAfter(checked.headers, response.headers, seen.headers);
  return {
    kind: "response",
    response: responseFromResult(checked, response, headers),
    run: describeRun(done, checked.warnings, resultJson),
  };
}
