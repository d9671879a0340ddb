import {
  canonicalHeaderName,
  checkCloudFrontFunctionResult,
  type CloudFrontFunctionResultCheck,
} from "cf-rules";
import type { CloudFrontFunctionAssociation } from "../distribution/cloudfront-functions.ts";
import { copyHeaders, copyHeadersWithout } from "../http/empty-headers.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { visibleHeaders } from "../http/visible-headers.ts";
import type {
  CloudFrontFunction,
  CloudFrontFunctionEventType,
  CloudFrontFunctionRun,
} from "./cloudfront-function.ts";
import { customLogWarning } from "./custom-log-warning.ts";
import {
  requestFromPlain,
  responseFromPlain,
  type PlainChangesReader,
} from "./event/plain-changes.ts";
import {
  generatedResponse,
  requestFromResult,
  responseFromResult,
} from "./event/result-to-http.ts";
import { LazyViewerEvent, withVia, type EventIdentity } from "./event/viewer-event.ts";
import { executionFailure, validationFailure } from "./function-failure.ts";
import type {
  CloudFrontFunctionFailed,
  CloudFrontViewerRequestOutcome,
  CloudFrontViewerResponseOutcome,
  RecordedCloudFrontFunctionRun,
} from "./function-run.ts";

/** What an invocation gets beside the messages. */
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
  readonly plainChanges: PlainChangesReader;
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
  const event = new LazyViewerEvent(context, request);
  const done = invoke(ready, context, event);
  const { changes, originChange } = done;
  const plain = ready.plainChanges.read(event, changes);
  if (plain?.kind === "request") {
    const changed = requestFromPlain(plain, viewerRequest);
    return {
      kind: "request",
      request: changed,
      originChange,
      run: new RecordedRun(ready, event, done),
    };
  }
  const checked = checkRun(ready, event, done);
  if (checked.kind === "failure") return checked;
  const { accepted, run } = checked;
  if (accepted.kind === "response") {
    return { kind: "generated-response", response: generatedResponse(accepted.response), run };
  }
  const seen = visibleHeaders(request.headers);
  const changed = requestFromResult(accepted.request, event.whole.request, request, seen);
  return {
    kind: "request",
    request: changed === request ? viewerRequest : withoutViewerHeaders(changed, request, context),
    originChange,
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
  const event = new LazyViewerEvent(context, request, fromCache);
  const done = invoke(ready, context, event);
  const plain = ready.plainChanges.read(event, done.changes);
  if (plain?.kind === "response") {
    const changed = responseFromPlain(plain, fromCache);
    return { kind: "response", response: changed, run: new RecordedRun(ready, event, done) };
  }
  const checked = checkRun(ready, event, done);
  if (checked.kind === "failure") return checked;
  const { accepted, run } = checked;
  const before = event.whole;
  if (accepted.kind === "request" || !("response" in before)) {
    throw new Error("viewer-response has no request to return.");
  }
  const response = withVia(fromCache, context);
  const seen = visibleHeaders(response.headers);
  const changed = responseFromResult(accepted.response, before.response, response, seen);
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

function withoutVia(changed: HttpResponse, { headers: before }: HttpResponse): HttpResponse {
  const headers = copyHeaders(copyHeadersWithout(changed.headers, ["via"]));
  const { via } = before;
  if (via !== undefined) headers["via"] = via;
  return { ...changed, headers };
}

interface AcceptedRun {
  readonly kind: "accepted";
  readonly accepted: Exclude<CloudFrontFunctionResultCheck, { readonly kind: "violation" }>;
  readonly run: RecordedCloudFrontFunctionRun;
}

function invoke(
  { cloudFrontFunction }: ReadyFunction,
  { nowMs, rawQueryString }: CloudFrontInvocationContext,
  event: LazyViewerEvent,
): CloudFrontFunctionRun {
  return cloudFrontFunction.invoke({ event, nowMs, rawQueryString, edgeLocation });
}

function checkRun(
  ready: ReadyFunction,
  event: LazyViewerEvent,
  done: CloudFrontFunctionRun,
): AcceptedRun | CloudFrontFunctionFailed {
  const { error } = done;
  if (error !== undefined) {
    const failure = executionFailure(ready.association.edgeFunction, error);
    const isTimeout = error.kind === "timeout";
    return { kind: "failure", failure, isTimeout, run: new RecordedRun(ready, event, done) };
  }
  const { eventType, whole } = event;
  const checked = checkCloudFrontFunctionResult(done.output, { eventType, ...whole });
  if (checked.kind === "violation") {
    const failure = validationFailure(checked);
    return { kind: "failure", failure, isTimeout: false, run: new RecordedRun(ready, event, done) };
  }
  const warnings = checked.warnings.map(({ factId, message }) => `${factId}: ${message}`);
  return {
    kind: "accepted",
    accepted: checked,
    run: new RecordedRun(ready, event, done, warnings),
  };
}

/** Texts of event and result are made where a trace is read: few are. */
class RecordedRun implements RecordedCloudFrontFunctionRun {
  readonly kind = "cloudfront-function";
  readonly association: CloudFrontFunctionAssociation;
  readonly initDurationMs = undefined;
  readonly warnings: readonly string[];
  readonly #event: LazyViewerEvent;
  readonly #done: CloudFrontFunctionRun;

  constructor(
    { association }: ReadyFunction,
    event: LazyViewerEvent,
    done: CloudFrontFunctionRun,
    warnings: readonly string[] = [],
  ) {
    this.association = association;
    const cut = customLogWarning(done.customLogData);
    this.warnings = cut === undefined ? warnings : [...warnings, `FN-I-59: ${cut}`];
    this.#event = event;
    this.#done = done;
  }

  get memberResults(): readonly string[] {
    return this.#done.memberResults;
  }

  get eventType(): CloudFrontFunctionEventType {
    return this.association.eventType;
  }
  get durationMs(): number {
    return this.#done.durationMs;
  }
  get event(): string {
    return JSON.stringify(this.#event.whole);
  }
  get resultJson(): string | undefined {
    return this.#done.output;
  }
  get lines(): readonly string[] {
    return this.#done.logs;
  }
  get keyValueStoreReads(): CloudFrontFunctionRun["keyValueStoreReads"] {
    return this.#done.keyValueStoreReads;
  }
  get originChange(): CloudFrontFunctionRun["originChange"] {
    return this.#done.originChange;
  }
  get customLogData(): string | undefined {
    return this.#done.customLogData;
  }
  get characters(): number {
    const { changes, customLogData = "", logs } = this.#done;
    const ofResult = (changes ?? this.#done.output ?? "").length + customLogData.length;
    return logs.reduce((sum, { length }) => sum + length, ofResult);
  }
}
