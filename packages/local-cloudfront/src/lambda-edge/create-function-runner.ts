import {
  checkOriginRequestResult,
  checkOriginResponseResult,
  checkViewerRequestResult,
  checkViewerResponseResult,
  lambdaEdgeQuotas,
  readResult,
} from "cf-rules";
import type {
  LambdaEdgeQuotas,
  RequestResultCheck,
  ResponseResultCheck,
  ResultViolation,
} from "cf-rules";
import type { Origin as EventOrigin } from "cf-types";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { validationFailure } from "./function-failure.ts";
import { FunctionInvoker } from "./function-invoker.ts";
import type { FinishedInvocation, FunctionLogEntry } from "./function-invoker.ts";
import { defaultFunctionLimits } from "./function-limits.ts";
import type { FunctionLimits } from "./function-limits.ts";
import type {
  FailedOutcome,
  FunctionRunner,
  InvocationContext,
  OriginRequestOutcome,
  ResponseOutcome,
  ViewerRequestOutcome,
} from "./function-runner.ts";
import {
  eventBody,
  eventJson,
  eventRequest,
  eventResponse,
  visibleHeaders,
} from "./invocation-event.ts";
import type { EventRequest, VisibleHeaders } from "./invocation-event.ts";
import { generatedResponse, requestFromResult, responseFromResult } from "./result-to-http.ts";

/** How functions are run. */
export interface FunctionRunnerOptions {
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** @default defaultFunctionLimits */
  readonly limits?: Partial<FunctionLimits>;
  /** @default lambdaEdgeQuotas */
  readonly quotas?: LambdaEdgeQuotas;
  /**
   * The Region in which functions believe to run.
   *
   * @default "us-east-1"
   */
  readonly region?: string;
  /**
   * Takes every line of every function's log as it comes, also those between invocations.
   *
   * @default - lines are only in the runs' `logLines`
   */
  readonly onLog?: (entry: FunctionLogEntry) => void;
}

/** Returns a runner that runs functions in worker threads of this process. */
export function createFunctionRunner(options: FunctionRunnerOptions = {}): FunctionRunner {
  const quotas = options.quotas ?? lambdaEdgeQuotas;
  const invoker = new FunctionInvoker({
    clock: options.clock ?? systemClock(),
    limits: { ...defaultFunctionLimits, ...options.limits },
    region: options.region ?? "us-east-1",
    onLog: options.onLog,
  });
  return {
    runViewerRequest: (association, context, request) =>
      runViewerRequest(invoker, quotas, association, context, request),
    runOriginRequest: (association, context, request, origin) =>
      runOriginRequest(invoker, quotas, association, context, request, origin),
    runOriginResponse: (association, context, request, origin, response) => {
      const { visible } = visibleHeaders(request.headers);
      const seen = eventRequest(request, visible, { origin });
      return runResponse(invoker, quotas, association, context, seen, response);
    },
    runViewerResponse: (association, context, request, response) => {
      const { visible } = visibleHeaders(request.headers);
      const seen = eventRequest(request, visible);
      return runResponse(invoker, quotas, association, context, seen, response);
    },
    close: () => invoker.close(),
  };
}

async function runViewerRequest(
  invoker: FunctionInvoker,
  quotas: LambdaEdgeQuotas,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
): Promise<ViewerRequestOutcome> {
  const headers = visibleHeaders(request.headers);
  const body = association.includeBody
    ? eventBody(request, "viewer-request", quotas.exposedBodyBytes)
    : undefined;
  const seen = eventRequest(request, headers.visible, { body });
  const requestJson = JSON.stringify(seen);
  const done = await invoker.invoke(association, eventJson("viewer-request", context, requestJson));
  if (done.kind === "failure") {
    return failed(done);
  }
  if (done.result === requestJson) {
    return { kind: "request", request, run: done.run([]) };
  }
  const checked = checkJson(done.result, quotas, (result) =>
    checkViewerRequestResult(result, seen, quotas),
  );
  return requestOutcome(done, checked, request, headers);
}

async function runOriginRequest(
  invoker: FunctionInvoker,
  quotas: LambdaEdgeQuotas,
  association: FunctionAssociation,
  context: InvocationContext,
  request: HttpRequest,
  origin: EventOrigin,
): Promise<OriginRequestOutcome> {
  const headers = visibleHeaders(request.headers);
  const body = association.includeBody
    ? eventBody(request, "origin-request", quotas.exposedBodyBytes)
    : undefined;
  const seen = { ...eventRequest(request, headers.visible, { origin, body }), origin };
  const requestJson = JSON.stringify(seen);
  const done = await invoker.invoke(association, eventJson("origin-request", context, requestJson));
  if (done.kind === "failure") {
    return failed(done);
  }
  if (done.result === requestJson) {
    return { kind: "request", request, origin: undefined, run: done.run([]) };
  }
  const checked = checkJson(done.result, quotas, (result) =>
    checkOriginRequestResult(result, seen, quotas),
  );
  const outcome = requestOutcome(done, checked, request, headers);
  return outcome.kind === "request" && checked.kind === "request"
    ? { ...outcome, origin: checked.origin }
    : (outcome as Exclude<typeof outcome, { kind: "request" }>);
}

async function runResponse(
  invoker: FunctionInvoker,
  quotas: LambdaEdgeQuotas,
  association: FunctionAssociation,
  context: InvocationContext,
  request: EventRequest,
  response: HttpResponse,
): Promise<ResponseOutcome> {
  const { eventType } = association;
  const headers = visibleHeaders(response.headers);
  const seen = eventResponse(response, headers.visible);
  const responseJson = JSON.stringify(seen);
  const event = eventJson(eventType, context, JSON.stringify(request), responseJson);
  const done = await invoker.invoke(association, event);
  if (done.kind === "failure") {
    return failed(done);
  }
  if (done.result === responseJson) {
    return { kind: "response", response, run: done.run([]) };
  }
  const check =
    eventType === "viewer-response" ? checkViewerResponseResult : checkOriginResponseResult;
  const checked = checkJson(done.result, quotas, (result) => check(result, seen, quotas));
  return checked.kind === "violation"
    ? refused(done, checked)
    : {
        kind: "response",
        response: responseFromResult(checked, response, headers),
        run: done.run(checked.warnings),
      };
}

function checkJson<Check extends RequestResultCheck | ResponseResultCheck>(
  text: string,
  quotas: LambdaEdgeQuotas,
  check: (result: unknown) => Check,
): Check | ResultViolation {
  const read = readResult(text, quotas);
  return read.kind === "violation" ? read : check(read.result);
}

function requestOutcome(
  done: FinishedInvocation,
  checked: RequestResultCheck,
  request: HttpRequest,
  headers: VisibleHeaders,
): ViewerRequestOutcome {
  if (checked.kind === "violation") {
    return refused(done, checked);
  }
  const run = done.run(checked.warnings);
  return checked.kind === "request"
    ? { kind: "request", request: requestFromResult(checked, request, headers), run }
    : { kind: "generated-response", response: generatedResponse(checked), run };
}

function refused(done: FinishedInvocation, found: ResultViolation): FailedOutcome {
  return { kind: "failure", failure: validationFailure(found), run: done.run([]) };
}

function failed({
  failure,
  run,
}: Extract<Awaited<ReturnType<FunctionInvoker["invoke"]>>, { kind: "failure" }>): FailedOutcome {
  return { kind: "failure", failure, run: run([]) };
}
