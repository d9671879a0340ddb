import { lambdaEdgeQuotas, type FunctionQuotas } from "cf-rules";
import type { EdgeRuntime, EventType } from "cf-types";
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
  /** @default "nodejs24.x" */
  readonly runtime?: EdgeRuntime;
  /**
   * What the minified bundle may weigh, in bytes.
   * @default 4096
   */
  readonly budgetBytes?: number;
}

/** The same with nothing left open. */
export type EdgeFunctionSettings = Required<EdgeFunctionField>;

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

const defaults: Omit<EdgeFunctionSettings, "eventType"> = {
  otherEventTypes: [],
  memoryMb: 128,
  timeoutSeconds: 5,
  includeBody: false,
  runtime: "nodejs24.x",
  budgetBytes: 4096,
};
const names = ["eventType", ...Object.keys(defaults)];

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
    otherEventTypes: otherEventTypes(settings.otherEventTypes),
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
  };
}

function readFields(field: unknown): Readonly<Record<string, unknown>> {
  if (field === null || typeof field !== "object" || Array.isArray(field)) {
    throw invalid(
      `edgeFunction in package.json is not an object: got ${JSON.stringify(field) ?? "nothing"}. Give at least {"eventType": "viewer-request"}.`,
    );
  }
  for (const [name, value] of Object.entries(field)) {
    if (names.includes(name)) continue;
    throw invalid(
      `edgeFunction.${name} in package.json is not a setting: got ${JSON.stringify(value)}. Known settings: ${names.join(", ")}.`,
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

function otherEventTypes(value: unknown): readonly EventType[] {
  if (!Array.isArray(value)) {
    throw invalid(`${subject("otherEventTypes", value)}. Allowed: a list of event types.`);
  }
  return value.map((each, index) => oneOf(`otherEventTypes[${index}]`, each, eventTypes));
}

function includeBody(value: unknown, eventType: EventType): boolean {
  if (typeof value !== "boolean") {
    throw invalid(`${subject("includeBody", value)}. Allowed: true, false.`);
  }
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
