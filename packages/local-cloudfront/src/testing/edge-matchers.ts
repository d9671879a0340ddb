import { isDeepStrictEqual } from "node:util";
import type { EventType } from "cf-types";
import type { FunctionStep, Trace } from "../trace/trace.ts";
import { traceOf } from "../trace/trace-of.ts";
import { formatTrace } from "./format-trace.ts";

/** What a matcher reports. */
export interface MatcherResult {
  readonly pass: boolean;
  /** Why it is, or is not, as expected; ends with the whole trace. */
  readonly message: () => string;
}

/** A trace, or a response that `LocalCloudFront.fetch` resolved with. */
export type Traced = Trace | Response;

/**
 * The matchers for traces, as `expect.extend` takes them.
 *
 * @throws {TypeError} when what was received is neither a trace nor has one that is kept
 */
export const edgeMatchers = {
  toHaveRun: (received: Traced, eventTypes: readonly EventType[]): MatcherResult =>
    judged(received, (trace) => {
      const ran = functionSteps(trace).map(({ step }) => step);
      return [isDeepStrictEqual(ran, [...eventTypes]), "run", listed(eventTypes), listed(ran)];
    }),
  toHaveSkipped: (received: Traced, eventType: EventType, reason = ""): MatcherResult =>
    judged(received, (trace) => {
      const skipped = trace.steps.flatMap((step) => (step.step === "skipped" ? [step] : []));
      const isSkipped = skipped.some(
        (one) => one.eventType === eventType && one.reason.includes(reason),
      );
      const reasons = skipped.map((one) => `${one.eventType} (${one.reason})`);
      const expected = reason === "" ? eventType : `${eventType} (${reason})`;
      return [isSkipped, "skip", expected, listed(reasons)];
    }),
  toBeCacheHit: (received: Traced): MatcherResult => resultTypeIs(received, "Hit"),
  toBeCacheMiss: (received: Traced): MatcherResult => resultTypeIs(received, "Miss"),
  toBeCacheRefreshHit: (received: Traced): MatcherResult => resultTypeIs(received, "RefreshHit"),
  toHaveRewrittenUri: (received: Traced, uri: string): MatcherResult =>
    judged(received, (trace) => {
      const last = functionSteps(trace).findLast(({ uriChange }) => uriChange !== undefined);
      const after = last?.uriChange?.after;
      return [after === uri, "rewrite the URI to", uri, after ?? "no other URI"];
    }),
  toHaveFailedWith: (received: Traced, factId: string): MatcherResult =>
    judged(received, (trace) => {
      const failed = functionSteps(trace).flatMap(({ failure }) => failure?.factId ?? []);
      return [failed.includes(factId), "fail with", factId, listed(failed)];
    }),
};

function resultTypeIs(received: Traced, expected: Trace["resultType"]): MatcherResult {
  return judged(received, ({ resultType }) => [
    resultType === expected,
    "get X-Cache",
    `${expected} from cloudfront`,
    `${resultType} from cloudfront`,
  ]);
}

type Judgement = [pass: boolean, verb: string, expected: string, found: string];

function judged(received: Traced, judge: (trace: Trace) => Judgement): MatcherResult {
  const trace = traceFrom(received);
  const [pass, verb, expected, found] = judge(trace);
  const sentence = `Expected the request ${pass ? "not " : ""}to ${verb} ${expected}: got ${found}.`;
  return { pass, message: () => `${sentence}\n\n${formatTrace(trace)}` };
}

function traceFrom(received: Traced): Trace {
  if (!(received instanceof Response)) return received;
  const trace = traceOf(received);
  if (trace !== undefined) return trace;
  throw new TypeError(
    "The response has no trace. Pass a response of LocalCloudFront.fetch whose trace is still kept (maxTraces), or a trace.",
  );
}

function functionSteps({ steps }: Trace): FunctionStep[] {
  return steps.filter((step): step is FunctionStep => "run" in step);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
