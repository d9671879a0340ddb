import {
  checkOriginRequestResult,
  checkOriginResponseResult,
  checkViewerRequestResult,
  checkViewerResponseResult,
  readResult,
} from "cf-rules";
import type {
  LambdaEdgeQuotas,
  RequestResultCheck,
  ResponseResultCheck,
  ResultViolation,
} from "cf-rules";
import type { EventResponse, EventType, Origin as EventOrigin } from "cf-types";
import type { FunctionAssociation } from "../../distribution/edge-functions.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { headersAfter, visibleHeaders } from "../../http/visible-headers.ts";
import { describeRun } from "../log/describe-run.ts";
import { validationFailure } from "../log/function-failure.ts";
import type { FunctionInvoker } from "../pool/function-invoker.ts";
import type { FailedOutcome, OriginRequestOutcome, ResponseOutcome } from "../function-runner.ts";
import type { InvocationContext } from "../invocation-context.ts";
import {
  eventBody,
  eventJson,
  eventRequest,
  eventResponse,
  type EventRequest,
} from "./invocation-event.ts";
import type { FinishedInvocation } from "../pool/invocation-outcome.ts";
import { generatedResponse, requestFromResult, responseFromResult } from "./result-to-http.ts";
import type { Memo } from "../../memo.ts";
import { validationLog } from "../log/validation-log.ts";

/** What functions are run with. */
export interface FunctionServices {
  readonly invoker: FunctionInvoker;
  readonly quotas: LambdaEdgeQuotas;
  /** The Region in which functions believe to run. */
  readonly region: string;
  /** The latest results that were checked, by the texts on which that depends. */
  readonly checks: Memo<unknown>;
}

/** A function that is to be run on an event of a request. */
export interface EventRun {
  readonly association: FunctionAssociation;
  readonly context: InvocationContext;
  readonly request: HttpRequest;
  /** At origin events only (LE-B-28). */
  readonly origin: EventOrigin | undefined;
}

/** Runs a function on viewer-request or origin-request and checks its result. */
export async function runRequestFunction(
  services: FunctionServices,
  eventType: "viewer-request" | "origin-request",
  run: EventRun,
): Promise<OriginRequestOutcome> {
  const { association, request, origin } = run;
  const { quotas } = services;
  const body = association.includeBody
    ? eventBody(request, eventType, quotas.exposedBodyBytes)
    : undefined;
  const seen = visibleHeaders(request.headers);
  const event = eventRequest(request, seen.visible, { origin, body });
  const done = await invoke<RequestResultCheck>(
    services,
    eventType,
    run,
    { request: event },
    (result) =>
      origin === undefined
        ? checkViewerRequestResult(result, event, quotas)
        : checkOriginRequestResult(result, { ...event, origin }, quotas),
  );
  if (done.kind === "failure") return done;
  const { accepted } = done;
  const recorded = describeRun(association, done.invocation, accepted.warnings);
  if (accepted.kind !== "request") {
    return {
      kind: "generated-response",
      response: generatedResponse(accepted),
      run: recorded,
    };
  }
  const headers = headersAfter(accepted.headers, request.headers, seen);
  return {
    kind: "request",
    request: requestFromResult(accepted, request, headers),
    origin: accepted.origin,
    run: recorded,
  };
}

/** Runs a function on origin-response or viewer-response and checks its result. */
export async function runResponseFunction(
  services: FunctionServices,
  eventType: "origin-response" | "viewer-response",
  run: EventRun,
  response: HttpResponse,
): Promise<ResponseOutcome> {
  const { association, request, origin } = run;
  const seen = visibleHeaders(response.headers);
  const event = eventResponse(response, seen.visible);
  const { visible } = visibleHeaders(request.headers);
  const messages = { request: eventRequest(request, visible, { origin }), response: event };
  const check =
    eventType === "viewer-response" ? checkViewerResponseResult : checkOriginResponseResult;
  const done = await invoke<ResponseResultCheck>(services, eventType, run, messages, (result) =>
    check(result, event, services.quotas),
  );
  if (done.kind === "failure") return done;
  const { accepted } = done;
  const headers = headersAfter(accepted.headers, response.headers, seen);
  return {
    kind: "response",
    response: responseFromResult(accepted, response, headers),
    run: describeRun(association, done.invocation, accepted.warnings),
  };
}

interface AcceptedResult<Check> {
  readonly kind: "accepted";
  readonly invocation: FinishedInvocation;
  readonly accepted: Exclude<Check, ResultViolation>;
}

/** Invokes a function, reads its result from JSON text and checks it. */
async function invoke<Check extends { readonly kind: string }>(
  { invoker, quotas, region, checks }: FunctionServices,
  eventType: EventType,
  { association, context }: EventRun,
  messages: { readonly request: EventRequest; readonly response?: EventResponse },
  check: (result: unknown) => Check | ResultViolation,
): Promise<AcceptedResult<Check> | FailedOutcome> {
  const messagesJson = JSON.stringify(messages);
  const event = eventJson(eventType, context, messagesJson);
  const invocation = await invoker.invoke(association.edgeFunction, event);
  if (invocation.kind === "failure") {
    return {
      kind: "failure",
      failure: invocation.failure,
      run: describeRun(association, invocation, []),
    };
  }
  // What comes of a check depends on nothing but the two texts and the event type.
  const checked = checks.get([eventType, invocation.result, messagesJson], () => {
    const read = readResult(invocation.result, quotas);
    return read.kind === "violation" ? read : check(read.result);
  }) as Check | ResultViolation;
  if (checked.kind === "violation") {
    const run = describeRun(association, invocation, []);
    const violation = checked as ResultViolation;
    const log = validationLog({ association, context, region }, run.lambdaRequestId, violation);
    return { kind: "failure", failure: validationFailure(violation, log), run };
  }
  return { kind: "accepted", invocation, accepted: checked as Exclude<Check, ResultViolation> };
}
