import {
  canonicalHeaderName,
  checkCloudFrontFunctionResult,
  type CloudFrontFunctionResultCheck,
} from "cf-rules";
import type { CloudFrontFunctionAssociation } from "../distribution/cloudfront-functions.ts";
import { addHeaderLine, copyHeaders, copyHeadersWithout } from "../http/empty-headers.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { viaHost } from "../http/via-host.ts";
import { visibleHeaders } from "../http/visible-headers.ts";
import type { CloudFrontFunction, CloudFrontFunctionRun } from "./cloudfront-function.ts";
import {
  generatedResponse,
  requestFromResult,
  responseFromResult,
} from "./event/result-to-http.ts";
import {
  eventHead,
  eventRequest,
  eventResponse,
  type EventIdentity,
  type ViewerEvent,
} from "./event/viewer-event.ts";
import { executionFailure, validationFailure } from "./function-failure.ts";
import type {
  CloudFrontFunctionFailed,
  CloudFrontViewerRequestOutcome,
  CloudFrontViewerResponseOutcome,
  RecordedCloudFrontFunctionRun,
} from "./function-run.ts";

/** What an invocation is told beside the messages. */
export interface CloudFrontInvocationContext extends EventIdentity {
  readonly nowMs: number;
  /** As the viewer sent it; undefined without a `?`. */
  readonly rawQueryString: string | undefined;
  /** What CloudFront says of the viewer, by lower-case header name, as far as policies ask for it (FN-I-33). */
  readonly viewerHeaders: Readonly<Record<string, string>>;
}

/** An association with the function that runs for it. */
export interface ReadyFunction {
  readonly association: CloudFrontFunctionAssociation;
  readonly cloudFrontFunction: CloudFrontFunction;
}

// FIDELITY FN-I-32: an edge location of no airport, as in X-Amz-Cf-Pop.
const edgeLocation = { name: "LCL", serverIp: "192.0.2.1", region: "us-east-1" };

/** Runs a function on viewer-request and checks its result. */
export function runViewerRequest(
  ready: ReadyFunction,
  context: CloudFrontInvocationContext,
  viewerRequest: HttpRequest,
): CloudFrontViewerRequestOutcome {
  const request = withViewerHeaders(viewerRequest, context.viewerHeaders);
  const seen = visibleHeaders(request.headers);
  const event = {
    ...eventHead("viewer-request", context, request.clientIp),
    request: eventRequest(request, seen.visible),
  };
  const done = invoke(ready, context, event);
  if (done.kind === "failure") return done;
  const { accepted, run } = done;
  if (accepted.kind === "response") {
    return { kind: "generated-response", response: generatedResponse(accepted.response), run };
  }
  const changed = requestFromResult(accepted.request, event.request, request, seen);
  return {
    kind: "request",
    request: changed === request ? viewerRequest : withoutViewerHeaders(changed, request, context),
    originChange: done.originChange,
    run,
  };
}

/** Runs a function on viewer-response and checks its result. */
export function runViewerResponse(
  ready: ReadyFunction,
  context: CloudFrontInvocationContext,
  viewerRequest: HttpRequest,
  fromCache: HttpResponse,
): CloudFrontViewerResponseOutcome {
  const request = withViewerHeaders(viewerRequest, context.viewerHeaders);
  const response = withVia(fromCache, context);
  const seen = visibleHeaders(response.headers);
  const event = {
    ...eventHead("viewer-response", context, request.clientIp),
    request: eventRequest(request, visibleHeaders(request.headers).visible),
    response: eventResponse(response, seen.visible),
  };
  const done = invoke(ready, context, event);
  if (done.kind === "failure") return done;
  const { accepted, run } = done;
  if (accepted.kind === "request") throw new Error("viewer-response has no request to return.");
  const changed = responseFromResult(accepted.response, event.response, response, seen);
  return {
    kind: "response",
    response: changed === response ? fromCache : withoutVia(changed, fromCache),
    run,
  };
}

/** Adds what CloudFront says of the viewer before it calls the function (FN-I-33). */
function withViewerHeaders(
  request: HttpRequest,
  viewerHeaders: CloudFrontInvocationContext["viewerHeaders"],
): HttpRequest {
  const names = Object.keys(viewerHeaders);
  if (names.length === 0) return request;
  const headers = copyHeaders(request.headers);
  for (const name of names) {
    headers[name] = [{ key: canonicalHeaderName(name), value: viewerHeaders[name] ?? "" }];
  }
  return { ...request, headers };
}

/** Takes away what was added, as far as the function left it alone: CloudFront adds it again further on. */
function withoutViewerHeaders(
  changed: HttpRequest,
  { headers: before }: HttpRequest,
  { viewerHeaders }: CloudFrontInvocationContext,
): HttpRequest {
  const added = Object.keys(viewerHeaders).filter((name) => changed.headers[name] === before[name]);
  return added.length === 0
    ? changed
    : { ...changed, headers: copyHeadersWithout(changed.headers, added) };
}

/** Shows the line that CloudFront adds to each response: to leave it out is to delete it (FN-I-38). */
function withVia(response: HttpResponse, context: CloudFrontInvocationContext): HttpResponse {
  const headers = copyHeaders(response.headers);
  addHeaderLine(headers, "Via", `1.1 ${viaHost(context.distributionDomainName)} (CloudFront)`);
  return { ...response, headers };
}

function withoutVia(changed: HttpResponse, { headers: before }: HttpResponse): HttpResponse {
  const headers = copyHeaders(copyHeadersWithout(changed.headers, ["via"]));
  const { via } = before;
  if (via !== undefined) headers["via"] = via;
  return { ...changed, headers };
}

type Accepted = Exclude<CloudFrontFunctionResultCheck, { readonly kind: "violation" }>;

interface AcceptedRun {
  readonly kind: "accepted";
  readonly accepted: Accepted;
  readonly originChange: CloudFrontFunctionRun["originChange"];
  readonly run: RecordedCloudFrontFunctionRun;
}

function invoke(
  { association, cloudFrontFunction }: ReadyFunction,
  { nowMs, rawQueryString }: CloudFrontInvocationContext,
  event: ViewerEvent,
): AcceptedRun | CloudFrontFunctionFailed {
  const { eventType } = event.context;
  const json = JSON.stringify(event);
  const done = cloudFrontFunction.invoke({
    eventType,
    event: json,
    nowMs,
    rawQueryString,
    edgeLocation: eventType === "viewer-request" ? edgeLocation : undefined,
  });
  const { error, output, originChange } = done;
  if (error !== undefined) {
    const failure = executionFailure(association.edgeFunction, error);
    const isTimeout = error.kind === "timeout";
    return { kind: "failure", failure, isTimeout, run: recordRun(association, json, done, []) };
  }
  const checked = checkCloudFrontFunctionResult(output, { eventType, ...event });
  if (checked.kind === "violation") {
    const failure = validationFailure(checked);
    const run = recordRun(association, json, done, []);
    return { kind: "failure", failure, isTimeout: false, run };
  }
  const warnings = checked.warnings.map(({ factId, message }) => `${factId}: ${message}`);
  const run = recordRun(association, json, done, warnings);
  return { kind: "accepted", accepted: checked, originChange, run };
}

function recordRun(
  association: CloudFrontFunctionAssociation,
  event: string,
  { output, logs, keyValueStoreReads, originChange, durationMs }: CloudFrontFunctionRun,
  warnings: readonly string[],
): RecordedCloudFrontFunctionRun {
  return {
    kind: "cloudfront-function",
    eventType: association.eventType,
    association,
    durationMs,
    initDurationMs: undefined,
    warnings,
    event,
    resultJson: output,
    lines: logs,
    keyValueStoreReads,
    originChange,
    characters: [event, output ?? "", ...logs].reduce((sum, text) => sum + text.length, 0),
  };
}
