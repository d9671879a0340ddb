import { checkOriginRequestResult, checkViewerRequestResult } from "cf-rules";
import type { RequestResultCheck } from "cf-rules";
import type { Origin as EventOrigin } from "cf-types";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { HttpRequest } from "../http/http-message.ts";
import { describeRun } from "./describe-run.ts";
import type {
  InvocationContext,
  OriginRequestOutcome,
  ViewerRequestOutcome,
} from "./function-runner.ts";
import { eventConfig, eventBody, type EventRequest } from "./invocation-event.ts";
import { generatedResponse, requestFromResult } from "./result-to-http.ts";
import { checkResultText, failedOutcome, refusedOutcome } from "./run-function.ts";
import type { FunctionRoom } from "./run-function.ts";
import type { LoggedInvocation } from "./validation-log.ts";

/** Runs a viewer-request function and checks its result. */
export function runViewerRequest(
  room: FunctionRoom,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
): Promise<ViewerRequestOutcome> {
  return runRequest(room, { association, context, region: room.region }, request, {
    eventType: "viewer-request",
    origin: undefined,
    check: (result, event) => checkViewerRequestResult(result, event, room.quotas),
  });
}

/** Runs an origin-request function and checks its result. */
export function runOriginRequest(
  room: FunctionRoom,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
  origin: EventOrigin,
): Promise<OriginRequestOutcome> {
  return runRequest(room, { association, context, region: room.region }, request, {
    eventType: "origin-request",
    origin,
    check: (result, event) => checkOriginRequestResult(result, { ...event, origin }, room.quotas),
  });
}

/** Where the two request events differ. */
interface RequestEvent {
  readonly eventType: "viewer-request" | "origin-request";
  readonly origin: EventOrigin | undefined;
  readonly check: (result: unknown, event: EventRequest) => RequestResultCheck;
}

async function runRequest(
  room: FunctionRoom,
  invocation: LoggedInvocation,
  request: HttpRequest,
  { eventType, origin, check }: RequestEvent,
): Promise<OriginRequestOutcome> {
  const { association, context } = invocation;
  const body = association.includeBody
    ? eventBody(request, eventType, room.quotas.exposedBodyBytes)
    : undefined;
  const seen = room.recentMessages.request(request, { origin, body });
  const { json: requestJson } = seen;
  const event = {
    config: eventConfig(eventType, context),
    request: requestJson,
    response: undefined,
  };
  const done = await room.invoker.invoke(association, event);
  if (done.kind === "failure") return failedOutcome(done);
  if (done.result === requestJson) {
    return { kind: "request", request, origin: undefined, run: describeRun(done, [], requestJson) };
  }
  const texts = { association, seenJson: requestJson, resultJson: done.result };
  const { check: checked, resultJson } = checkResultText(room, texts, (result) =>
    check(result, seen.event),
  );
  if (checked.kind === "violation") return refusedOutcome(done, checked, invocation);
  const run = describeRun(done, checked.warnings, resultJson);
  if (checked.kind !== "request") {
    return { kind: "generated-response", response: generatedResponse(checked), run };
  }
  const headers = room.recentMessages.headersAfter(checked.headers, request.headers, seen.headers);
  const changed = requestFromResult(checked, request, headers);
  return { kind: "request", request: changed, origin: checked.origin, run };
}
