import {
  checkCloudFrontFunctionResult,
  cloudFrontFunctionQuotas,
  cloudFrontFunctionText,
  type CloudFrontFunctionViolation,
} from "cf-rules";
import type { CloudFrontJsRuntime } from "cf-rules/cloudfront-js";
import { systemClock } from "../clock.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type {
  CloudFrontFunctionError,
  CloudFrontFunctionEventType,
  CloudFrontFunctionRun,
} from "./cloudfront-function.ts";
import { customLogWarning } from "./custom-log-warning.ts";
import { eventOfJson, type JsonEvent } from "./invocation-event.ts";
import type { KeyValueStore } from "./key-value-store.ts";
import { loadCloudFrontFunctionEngine } from "./load-engine.ts";
import { violationOfChange } from "./violation-of-change.ts";

/** What is tested, and with what. */
export interface TestFunctionOptions {
  /** As deployed. */
  readonly code: string;
  /**
   * How errors call it.
   * @default "function"
   */
  readonly name?: string;
  /** @default "cloudfront-js-2.0" */
  readonly runtime?: CloudFrontJsRuntime;
  /** An event as CloudFront makes it, with `context.eventType`, `request` and, at viewer-response, `response`. */
  readonly event: unknown;
  /**
   * The associated stores; `cf.kvs()` is the first.
   * @default []
   */
  readonly keyValueStores?: readonly KeyValueStore[];
  /**
   * The time at which `Date` stands still: milliseconds since 1970.
   * @default - that of the machine
   */
  readonly nowMs?: number;
}

/**
 * How the test went, in the shape of AWS's `TestFunction`. `ComputeUtilization` is absent: what a laptop needs
 * says nothing of the edge.
 */
export interface TestFunctionResult {
  readonly FunctionExecutionLogs: readonly string[];
  /** Empty where all is well. */
  readonly FunctionErrorMessage: string;
  /** JSON text, `{"request": …}` or `{"response": …}`; empty where the function failed. */
  readonly FunctionOutput: string;
}

/** What a test finds beside what AWS's would say. */
export interface FunctionTest {
  readonly result: TestFunctionResult;
  /** Where the function failed: with line and remedy. */
  readonly error: CloudFrontFunctionError | undefined;
  /** Results that are legal but do not do what their author may think, each with its fact. */
  readonly warnings: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Runs a CloudFront Function once, as AWS's `TestFunction` does. Beyond it, this checks read-only headers and
 * changed origins (FN-I-21, FN-I-55).
 *
 * @throws {LocalCloudFrontError} when the event has another shape, or the code is too large to be deployed
 */
export async function testFunction(options: TestFunctionOptions): Promise<TestFunctionResult> {
  return (await runFunctionTest(options)).result;
}

/** The same, with what people see beside it. */
export async function runFunctionTest({
  code,
  name = "function",
  runtime = "cloudfront-js-2.0",
  event,
  keyValueStores = [],
  nowMs = systemClock().now(),
}: TestFunctionOptions): Promise<FunctionTest> {
  checkSize(name, code);
  const read = readEvent(event);
  const engine = await loadCloudFrontFunctionEngine();
  const edgeFunction = engine.createFunction({ name, code, runtime, keyValueStores });
  try {
    const run = edgeFunction.invoke({
      event: eventOfJson(event as JsonEvent, read.eventType),
      nowMs,
      rawQueryString: rawQueryString(read.request["querystring"]),
      edgeLocation: { name: "LOCAL", serverIp: "127.0.0.1", region: "local" },
    });
    return describe(run, read);
  } finally {
    edgeFunction.close();
  }
}

interface ReadEvent {
  readonly eventType: CloudFrontFunctionEventType;
  readonly request: JsonObject;
  readonly response: JsonObject | undefined;
}

function describe(run: CloudFrontFunctionRun, event: ReadEvent): FunctionTest {
  const { error, logs: FunctionExecutionLogs } = run;
  if (error !== undefined) {
    const line = error.kind === "syntax" ? ` in ${error.line}` : "";
    const FunctionErrorMessage = `${cloudFrontFunctionText.execution} ${error.text}${line}`;
    return {
      result: { FunctionExecutionLogs, FunctionErrorMessage, FunctionOutput: "" },
      error,
      warnings: [],
    };
  }
  const { eventType, request, response } = event;
  const headers = objectOf(request["headers"]);
  const checked = checkCloudFrontFunctionResult(run.output, {
    eventType,
    request: { method: String(request["method"]), headers },
    ...(response === undefined ? {} : { response: { headers: objectOf(response["headers"]) } }),
  });
  const refused =
    checked.kind === "violation"
      ? checked
      : run.originChange && violationOfChange(run.originChange, Object.keys(headers));
  const cut = customLogWarning(run.customLogData);
  const FunctionOutput = outputOf(run.output, eventType);
  return {
    result: {
      FunctionExecutionLogs,
      FunctionErrorMessage: refused === undefined ? "" : messageOf(refused),
      FunctionOutput,
    },
    error: undefined,
    warnings:
      checked.kind === "violation"
        ? []
        : [
            ...checked.warnings.map(({ factId, message }) => `${message} (${factId})`),
            ...(cut === undefined ? [] : [`${cut} (FN-I-59)`]),
          ],
  };
}

/** CloudFront's sentence, and what of ours it does not say. */
function messageOf({ viewerText, detail }: CloudFrontFunctionViolation): string {
  const said = viewerText.replace(cloudFrontFunctionText.invalidValue, "").replace(/\.$/, "");
  if (!detail.startsWith(said)) return `${viewerText} ${detail}`;
  const rest = detail.slice(said.length).replace(/^[:.]? */, "");
  return `${viewerText} ${rest.charAt(0).toUpperCase()}${rest.slice(1)}`.trim();
}

function outputOf(output: string | undefined, eventType: CloudFrontFunctionEventType): string {
  if (output === undefined) return "";
  const isResponse =
    eventType === "viewer-response" || Object.hasOwn(objectOf(JSON.parse(output)), "statusCode");
  return `{"${isResponse ? "response" : "request"}":${output}}`;
}

function checkSize(name: string, code: string): void {
  const { maxCodeBytes } = cloudFrontFunctionQuotas;
  const bytes = Buffer.byteLength(code);
  if (bytes <= maxCodeBytes) return;
  throw new LocalCloudFrontError(
    `The code of ${name} has ${bytes} bytes. Use at most ${maxCodeBytes}: minify it, or move its data into a key value store.`,
    { factId: "FN-I-15" },
  );
}

function readEvent(event: unknown): ReadEvent {
  const { context, request, response } = objectOf(event);
  const eventType = objectOf(context)["eventType"];
  if (eventType !== "viewer-request" && eventType !== "viewer-response") {
    throw invalidEvent(
      "context.eventType",
      eventType,
      'Write "viewer-request" or "viewer-response".',
    );
  }
  if (!isObject(request)) throw invalidEvent("request", request, "Write the object of an event.");
  if (eventType === "viewer-response" && !isObject(response)) {
    throw invalidEvent("response", response, "Write the object of an event.");
  }
  return { eventType, request, response: isObject(response) ? response : undefined };
}

function invalidEvent(field: string, value: unknown, remedy: string): LocalCloudFrontError {
  const got = JSON.stringify(value)?.slice(0, 80) ?? "nothing";
  return new LocalCloudFrontError(`The event's ${field} is not valid: got ${got}. ${remedy}`, {
    factId: "FN-I-01",
  });
}

/** What the viewer may have sent for the parameters of an event. */
function rawQueryString(querystring: unknown): string | undefined {
  if (typeof querystring === "string") return querystring;
  const parts = Object.entries(objectOf(querystring)).flatMap(([name, entry]) => {
    const { value, multiValue } = objectOf(entry);
    const values = Array.isArray(multiValue)
      ? multiValue.map((each) => objectOf(each)["value"])
      : [value];
    return values.map((each) => `${name}=${String(each)}`);
  });
  return parts.length === 0 ? undefined : parts.join("&");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
