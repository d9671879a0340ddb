import { checkOriginRequestResult, checkViewerRequestResult } from "cf-rules";
import type { RequestResultCheck } from "cf-rules";
import type { Origin as EventOrigin } from "cf-types";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import type { FinishedInvocation } from "./invocation-outcome.ts";
import type {
  InvocationContext,
  OriginRequestOutcome,
  ViewerRequestOutcome,
} from "./function-runner.ts";
import { configJson, eventBody, type EventRequest } from "./invocation-event.ts";
import { generatedResponse, requestFromResult } from "./result-to-http.ts";
import type { CheckedResult } from "./recent-checks.ts";
import type { SeenMessage } from "./recent-messages.ts";
import { checkResultText, failedOutcome, refusedOutcome } from "./run-function.ts";
import type { FunctionRoom } from "./run-function.ts";
import type { LoggedInvocation } from "./validation-log.ts";

/** Runs a viewer-request function and checks its result. */
export async function runViewerRequest(
  room: FunctionRoom,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
): Promise<ViewerRequestOutcome> {
  const { invoker, quotas, region, recentMessages } = room;
  const body = association.includeBody
    ? eventBody(request, "viewer-request", quotas.exposedBodyBytes)
    : undefined;
  const seen = recentMessages.request(request, { body });
  const { json: requestJson } = seen;
  const config = configJson("viewer-request", context);
  const event = { config, request: requestJson, response: undefined };
  const done = await invoker.invoke(association, event);
  if (done.kind === "failure") {
    return failedOutcome(done);
  }
  if (done.result === requestJson) {
    return { kind: "request", request, run: done.run([], requestJson) };
  }
  const texts = { association, seenJson: requestJson, resultJson: done.result };
  const checked = checkResultText(room, texts, (result) =>
    checkViewerRequestResult(result, seen.event, quotas),
  );
  const invocation = { association, context, region };
  return requestOutcome(room, done, checked, invocation, { request, seen });
}

/** Runs an origin-request function and checks its result. */
export async function runOriginRequest(
  room: FunctionRoom,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
  origin: EventOrigin,
): Promise<OriginRequestOutcome> {
  const { invoker, quotas, region, recentMessages } = room;
  const body = association.includeBody
    ? eventBody(request, "origin-request", quotas.exposedBodyBytes)
    : undefined;
  const seen = recentMessages.request(request, { origin, body });
  const { json: requestJson } = seen;
  const config = configJson("origin-request", context);
  const event = { config, request: requestJson, response: undefined };
  const done = await invoker.invoke(association, event);
  if (done.kind === "failure") {
    return failedOutcome(done);
  }
  if (done.result === requestJson) {
    return { kind: "request", request, origin: undefined, run: done.run([], requestJson) };
  }
  const texts = { association, seenJson: requestJson, resultJson: done.result };
  const checked = checkResultText(room, texts, (result) =>
    checkOriginRequestResult(result, { ...seen.event, origin }, quotas),
  );
  const invocation = { association, context, region };
  const outcome = requestOutcome(room, done, checked, invocation, { request, seen });
  return outcome.kind === "request"
    ? { ...outcome, origin: checked.check.kind === "request" ? checked.check.origin : undefined }
    : outcome;
}

function requestOutcome(
  { recentMessages }: FunctionRoom,
  done: FinishedInvocation,
  { check: checked, resultJson }: CheckedResult<RequestResultCheck>,
  invocation: LoggedInvocation,
  { request, seen }: { readonly request: HttpRequest; readonly seen: SeenMessage<EventRequest> },
): ViewerRequestOutcome {
  if (checked.kind === "violation") {
    return refusedOutcome(done, checked, invocation);
  }
  const run = done.run(checked.warnings, resultJson);
  if (checked.kind === "request") {
    const headers = recentMessages.headersAfter(checked.headers, request.headers, seen.headers);
    return { kind: "request", request: requestFromResult(checked, request, headers), run };
  }
  return { kind: "generated-response", response: generatedResponse(checked), run };
}
