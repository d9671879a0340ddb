import type {
  EventType,
  OriginRequestEvent,
  OriginResponseEvent,
  ViewerRequestEvent,
  ViewerResponseEvent,
} from "cf-types";
import type { FunctionStep, LocalCloudFront } from "../../src/index.ts";
import type { TestFunctions } from "./distribution-template.ts";
import { changeRequest, changeResponse, onAllEvents } from "./function-sources.ts";

/** The part of an event that tests look at. */
type Cf<Event extends { Records: [{ cf: unknown }] }> = Event["Records"][0]["cf"];

/** What each function was given, by event type. */
export interface RecordedEvents {
  readonly "viewer-request": Cf<ViewerRequestEvent>;
  readonly "origin-request": Cf<OriginRequestEvent>;
  readonly "origin-response": Cf<OriginResponseEvent>;
  readonly "viewer-response": Cf<ViewerResponseEvent>;
}

const mark = "recorded ";

/** A statement that logs the value of a JavaScript expression. */
export function record(expression: string): string {
  return `console.log(${JSON.stringify(mark)} + JSON.stringify(${expression}));`;
}

/** A request function that logs its event, runs `statements` on `request`, and lets it go on. */
export function recordRequest(statements = ""): string {
  return changeRequest(`${record("event")} ${statements}`);
}

/** A response function that logs its event, runs `statements` on `response`, and lets it go on. */
export function recordResponse(statements = ""): string {
  return changeResponse(`${record("event")} ${statements}`);
}

/** A function on all of the four event types that logs its event and changes nothing. */
export const recordAll: TestFunctions = onAllEvents(`exports.handler = async (event) => {
  ${record("event")}
  return event.Records[0].cf.response ?? event.Records[0].cf.request;
};`);

/** Returns what each function of the latest request has recorded, by event type. */
export function recordedValues(
  cloudfront: LocalCloudFront,
): Readonly<Partial<Record<EventType, unknown>>> {
  return Object.fromEntries(
    functionSteps(cloudfront).flatMap(({ step, run }): [EventType, unknown][] => {
      const line = run.logLines.find((logged) => logged.includes(mark));
      return line === undefined
        ? []
        : [[step, JSON.parse(line.slice(line.indexOf(mark) + mark.length))]];
    }),
  );
}

/** Returns what the functions of the latest request were given; each is asked for only where it ran. */
export function recordedEvents(cloudfront: LocalCloudFront): RecordedEvents {
  const envelopes = recordedValues(cloudfront) as Record<
    EventType,
    { readonly Records: readonly [{ readonly cf: unknown }] }
  >;
  return Object.fromEntries(
    Object.entries(envelopes).map(([eventType, { Records }]) => [eventType, Records[0].cf]),
  ) as unknown as RecordedEvents;
}

/** Returns the invocations of the latest request, or of the latest for a path, in order. */
export function functionSteps(cloudfront: LocalCloudFront, path?: string): readonly FunctionStep[] {
  const trace = cloudfront.traces().findLast(({ uri }) => path === undefined || uri === path);
  return (trace?.steps ?? []).filter((step): step is FunctionStep => "run" in step);
}

/** Returns why a function of the latest request (for a path) failed: `fact id: one line`. */
export function failureOf(cloudfront: LocalCloudFront, path?: string): string | undefined {
  const steps = functionSteps(cloudfront, path);
  const failure = steps.find((step) => step.failure !== undefined)?.failure;
  return failure && `${failure.factId}: ${failure.detail}`;
}

/** Returns what was questionable in the results of the latest request's functions. */
export function warningsOf(cloudfront: LocalCloudFront): readonly string[] {
  return functionSteps(cloudfront).flatMap(({ run }) => run.warnings);
}
