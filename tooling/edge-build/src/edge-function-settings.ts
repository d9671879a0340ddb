import { cloudFrontFunctionQuotas, lambdaEdgeQuotas, type FunctionQuotas } from "cf-rules";
import type { EdgeRuntime, EventType, ViewerEventType } from "cf-types";
import { EdgeBuildError } from "./edge-build-error.ts";

/** The `edgeFunction` field of a function package's package.json, as its author may write it. */
export interface EdgeFunctionField {
  readonly eventType: EventType;
  /**
   * Where the same artefact can run instead, when the compiled options say so in their `eventType`.
   * @default []
   */
  readonly otherEventTypes?: readonly EventType[];
  /**
   * Megabytes; exactly 128 on viewer events, up to 10240 on origin events.
   * @default 128
   */
  readonly memoryMb?: number;
  /**
   * Seconds; at most 5 on viewer events, 30 on origin events.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Whether the function needs the request body in its event. Request events only.
   * @default false
   */
  readonly includeBody?: boolean;
  /** @default "nodejs22.x": the newest that is known to run at the edge */
  readonly runtime?: EdgeRuntime;
  /**
   * What the minified bundle may weigh, in bytes.
   * @default 4096
   */
  readonly budgetBytes?: number;
  /** Of the artefact for CloudFront Functions, where the package has `src/cloudfront-function.ts`. */
  readonly cloudFrontFunction?: CloudFrontFunctionField;
}

/** What is different of the artefact for CloudFront Functions. */
export interface CloudFrontFunctionField {
  /** @default - the function's own, where it is a viewer event */
  readonly eventType?: ViewerEventType;
  /**
   * Where the same artefact can run instead, when the compiled options say so in their `eventType`.
   * @default []
   */
  readonly otherEventTypes?: readonly ViewerEventType[];
  /**
   * Whether it reads the function's key value store, whatever its options are: its handler returns a promise.
   * @default false
   */
  readonly readsStore?: boolean;
  /**
   * Names of variants with less code, as in `basic` for `src/cloudfront-function-basic.ts`: compiled options name one
   * in their `variant`.
   * @default []
   */
  readonly variants?: readonly string[];
  /**
   * What the minified bundle may weigh without its options, in bytes.
   * @default 4096
   */
  readonly budgetBytes?: number;
}

/** The same with nothing left open. */
export interface EdgeFunctionSettings extends Required<
  Omit<EdgeFunctionField, "cloudFrontFunction">
> {
  readonly cloudFrontFunction: CloudFrontFunctionSettings;
}

/** The same of the artefact for CloudFront Functions. */
export interface CloudFrontFunctionSettings {
  /** Undefined where nothing says at which viewer event it runs. */
  readonly eventType: ViewerEventType | undefined;
  readonly otherEventTypes: readonly ViewerEventType[];
  readonly readsStore: boolean;
  readonly variants: readonly string[];
  readonly budgetBytes: number;
}

// Viewer events: what deployments are checked against, stricter than the quota page (LE-E-02, LE-E-03).
// Origin events: LE-E-04.
const quotas: Readonly<Record<EventType, FunctionQuotas>> = {
  "viewer-request": lambdaEdgeQuotas.observedViewerFunction,
  "origin-request": lambdaEdgeQuotas.function,
  "origin-response": lambdaEdgeQuotas.function,
  "viewer-response": lambdaEdgeQuotas.observedViewerFunction,
};
const eventTypes = Object.keys(quotas) as EventType[];
const runtimes: readonly EdgeRuntime[] = ["nodejs24.x", "nodejs22.x"];

const viewerEventTypes: readonly ViewerEventType[] = ["viewer-request", "viewer-response"];

const defaults: Omit<EdgeFunctionSettings, "eventType" | "cloudFrontFunction"> = {
  otherEventTypes: [],
  memoryMb: 128,
  timeoutSeconds: 5,
  includeBody: false,
  runtime: "nodejs22.x",
  budgetBytes: 4096,
};
const knownNames = ["eventType", ...Object.keys(defaults), "cloudFrontFunction"];

/**
 * Returns the settings of a function from the `edgeFunction` field of its package.json.
 *
 * @throws {EdgeBuildError} `INVALID_SETTING` when a field is unknown, of the wrong type, or beyond the
 *   quota of the event type.
 */
export function edgeFunctionSettings(field: unknown): EdgeFunctionSettings {
  const given = readFields(field);
  const eventType = oneOf("eventType", given["eventType"], eventTypes);
  const settings = { ...defaults, ...given };
  const quota = quotas[eventType];
  return {
    eventType,
    otherEventTypes: otherEventTypes("otherEventTypes", settings.otherEventTypes, eventTypes),
    memoryMb: integer("memoryMb", settings.memoryMb, 128, quota.memoryMb, ` on ${eventType}`),
    timeoutSeconds: integer(
      "timeoutSeconds",
      settings.timeoutSeconds,
      1,
      quota.timeoutSeconds,
      ` on ${eventType}`,
    ),
    includeBody: includeBody(settings.includeBody, eventType),
    runtime: oneOf("runtime", settings.runtime, runtimes),
    budgetBytes: integer("budgetBytes", settings.budgetBytes, 1, quota.packageBytes, ""),
    cloudFrontFunction: cloudFrontFunction(given["cloudFrontFunction"] ?? {}, eventType),
  };
}

function cloudFrontFunction(field: unknown, ownEventType: EventType): CloudFrontFunctionSettings {
  const subject = "cloudFrontFunction";
  const given = readFields(field, `edgeFunction.${subject}`, [
    "eventType",
    "otherEventTypes",
    "readsStore",
    "variants",
    "budgetBytes",
  ]);
  const { eventType = viewerEventTypes.find((each) => each === ownEventType) } = given;
  const { readsStore = false, variants = [], budgetBytes = defaults.budgetBytes } = given;
  return {
    eventType:
      eventType === undefined
        ? undefined
        : oneOf(`${subject}.eventType`, eventType, viewerEventTypes),
    otherEventTypes: otherEventTypes(
      `${subject}.otherEventTypes`,
      given["otherEventTypes"] ?? [],
      viewerEventTypes,
    ),
    readsStore: trueOrFalse(`${subject}.readsStore`, readsStore),
    variants: names(`${subject}.variants`, variants),
    budgetBytes: integer(
      `${subject}.budgetBytes`,
      budgetBytes,
      1,
      cloudFrontFunctionQuotas.maxCodeBytes,
      "",
    ),
  };
}

function readFields(
  field: unknown,
  path = "edgeFunction",
  known: readonly string[] = knownNames,
): Readonly<Record<string, unknown>> {
  if (field === null || typeof field !== "object" || Array.isArray(field)) {
    throw invalid(
      `${path} in package.json is not an object: got ${JSON.stringify(field) ?? "nothing"}. Give at least {"eventType": "viewer-request"}.`,
    );
  }
  for (const [name, value] of Object.entries(field)) {
    if (known.includes(name)) continue;
    throw invalid(
      `${path}.${name} in package.json is not a setting: got ${JSON.stringify(value)}. Known settings: ${known.join(", ")}.`,
    );
  }
  return { ...field };
}

function oneOf<Value extends string>(
  name: string,
  value: unknown,
  allowed: readonly Value[],
): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw invalid(
      `${subject(name, value)}. Allowed: ${allowed.map((each) => JSON.stringify(each)).join(", ")}.`,
    );
  }
  return found;
}

function integer(name: string, value: unknown, min: number, max: number, where: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    const allowed = min === max ? `exactly ${min}` : `an integer from ${min} to ${max}`;
    throw invalid(`${subject(name, value)}. Allowed${where}: ${allowed}.`);
  }
  return value;
}

function otherEventTypes<Type extends EventType>(
  name: string,
  value: unknown,
  allowed: readonly Type[],
): readonly Type[] {
  if (!Array.isArray(value)) {
    throw invalid(`${subject(name, value)}. Allowed: a list of event types.`);
  }
  return value.map((each, index) => oneOf(`${name}[${index}]`, each, allowed));
}

function names(name: string, value: unknown): readonly string[] {
  const areNames =
    Array.isArray(value) && value.every((each) => /^(?!store$)[a-z][a-z0-9-]*$/.test(String(each)));
  if (areNames) return value;
  throw invalid(
    `${subject(name, value)}. Allowed: a list of names in lower case, as in ["basic"].`,
  );
}

function trueOrFalse(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw invalid(`${subject(name, value)}. Allowed: true, false.`);
}

function includeBody(given: unknown, eventType: EventType): boolean {
  const value = trueOrFalse("includeBody", given);
  // LE-B-20: a body comes with request events only.
  if (value && eventType.endsWith("-response")) {
    throw invalid(`${subject("includeBody", value)}. Response events carry no body: leave it out.`);
  }
  return value;
}

function subject(name: string, value: unknown): string {
  return `edgeFunction.${name} in package.json is not valid: got ${JSON.stringify(value) ?? "nothing"}`;
}

function invalid(message: string): EdgeBuildError {
  return new EdgeBuildError("INVALID_SETTING", message);
}
