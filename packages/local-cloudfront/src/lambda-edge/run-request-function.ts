import { checkOriginRequestResult, checkViewerRequestResult } from "cf-rules";
import type { AcceptedRequest, RequestResultCheck } from "cf-rules";
import type { Origin as EventOrigin } from "cf-types";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import type {
  InvocationContext,
  OriginRequestOutcome,
  ViewerRequestOutcome,
} from "./function-runner.ts";
import { configJson, eventBody, type EventRequest } from "./invocation-event.ts";
import { generatedResponse, requestFromResult } from "./result-to-http.ts";
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
  const invocation = { association, context, region: room.region };
  const { outcome } = await runRequest(room, invocation, request, {
    eventType: "viewer-request",
    origin: undefined,
    check: (result, event) => checkViewerRequestResult(result, event, room.quotas),
  });
  return outcome;
}

/** Runs an origin-request function and checks its result. */
export async function runOriginRequest(
  room: FunctionRoom,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
  origin: EventOrigin,
): Promise<OriginRequestOutcome> {
  const invocation = { association, context, region: room.region };
  const { outcome, accepted } = await runRequest(room, invocation, request, {
    eventType: "origin-request",
    origin,
    check: (result, event) => checkOriginRequestResult(result, { ...event, origin }, room.quotas),
  });
  return outcome.kind === "request" ? { ...outcome, origin: accepted?.origin } : outcome;
}

/** Where the two request events differ. */
interface RequestEvent {
  readonly eventType: "viewer-request" | "origin-request";
  readonly origin: EventOrigin | undefined;
  readonly check: (result: unknown, event: EventRequest) => RequestResultCheck;
}

/** How a request function did. */
interface RequestRun {
  readonly outcome: ViewerRequestOutcome;
  /** The request that the function gave; undefined where it gave none, or the one that it got. */
  readonly accepted?: AcceptedRequest;
}

async function runRequest(
  room: FunctionRoom,
  invocation: LoggedInvocation,
  request: HttpRequest,
  { eventType, origin, check }: RequestEvent,
): Promise<RequestRun> {
  const { association, context } = invocation;
  const body = association.includeBody
    ? eventBody(request, eventType, room.quotas.exposedBodyBytes)
    : undefined;
  const seen = room.recentMessages.request(request, { origin, body });
  const { json: requestJson } = seen;
  const event = {
    config: configJson(eventType, context),
    request: requestJson,
    response: undefined,
  };
  const done = await room.invoker.invoke(association, event);
  if (done.kind === "failure") return { outcome: failedOutcome(done) };
  if (done.result === requestJson) {
    return { outcome: { kind: "request", request, run: done.run([], requestJson) } };
  }
  const texts = { association, seenJson: requestJson, resultJson: done.result };
  const { check: checked, resultJson } = checkResultText(room, texts, (result) =>
    check(result, seen.event),
  );
  if (checked.kind === "violation") return { outcome: refusedOutcome(done, checked, invocation) };
  const run = done.run(checked.warnings, resultJson);
  if (checked.kind !== "request") {
    return { outcome: { kind: "generated-response", response: generatedResponse(checked), run } };
  }
  const headers = room.recentMessages.headersAfter(checked.headers, request.headers, seen.headers);
  const changed = requestFromResult(checked, request, headers);
  return { outcome: { kind: "request", request: changed, run }, accepted: checked };
}
