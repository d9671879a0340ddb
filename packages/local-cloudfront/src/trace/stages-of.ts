import type { EventType } from "cf-types";
import type { RequestStage, StageName } from "./request-stage.ts";
import type { FunctionStep, Trace, TraceStep } from "./trace.ts";

const stageNames: readonly StageName[] = [
  "viewer-request",
  "cache",
  "origin-request",
  "origin",
  "origin-response",
  "viewer-response",
];

/** Returns the stages of a record, with why those were skipped that were. */
export function stagesOf({ steps }: Trace): readonly RequestStage[] {
  return stageNames.map((stage) => {
    const own = steps.filter((step) => stageOf(step) === stage);
    const failure = own.map(failureOf).find((reason) => reason !== undefined);
    if (failure !== undefined) return { stage, state: "failed", reason: failure, steps: own };
    if (own.length > 0) return { stage, state: "passed", reason: "", steps: own };
    return { stage, ...whyNot(stage, steps), steps: [] };
  });
}

function stageOf(step: TraceStep): StageName | undefined {
  switch (step.step) {
    case "viewer-request":
    case "origin-request":
    case "origin-response":
    case "viewer-response":
      return step.step;
    case "origin":
    case "origin-failover":
      return "origin";
    case "cache-hit":
    case "cache-expired":
    case "cache-miss":
    case "cache-bypass":
    case "cache-store":
    case "cache-refresh":
    case "not-stored":
    case "collapsed":
    case "serve-stale":
      return "cache";
    default:
      return undefined;
  }
}

function failureOf(step: TraceStep): string | undefined {
  if (isFunctionStep(step) && step.failure !== undefined) {
    return `${step.failure.factId}: ${step.failure.detail}`;
  }
  return step.step === "origin" ? step.failure : undefined;
}

function isFunctionStep(step: TraceStep): step is FunctionStep {
  return "run" in step;
}

function whyNot(
  stage: StageName,
  steps: readonly TraceStep[],
): Pick<RequestStage, "state" | "reason"> {
  if (stage !== "cache" && stage !== "origin") {
    const skipped = steps.find((step) => step.step === "skipped" && step.eventType === stage);
    if (skipped?.step === "skipped") return { state: "skipped", reason: skipped.reason };
    if (isUnassociated(stage, steps)) {
      return { state: "absent", reason: "No function is associated with this event." };
    }
  }
  return { state: "skipped", reason: turningPoint(stage, steps) };
}

function isUnassociated(eventType: EventType, steps: readonly TraceStep[]): boolean {
  const [first] = steps;
  return first?.step === "cache-behavior" && !first.associatedEventTypes.includes(eventType);
}

/** What made the record turn back before a stage. */
function turningPoint(stage: StageName, steps: readonly TraceStep[]): string {
  const earlier = stageNames.slice(0, stageNames.indexOf(stage));
  for (const step of steps) {
    if (step.step === "refused") return step.reason;
    if (step.step === "viewer-protocol-policy") {
      return `LE-A-13: the viewer protocol policy is ${step.policy}`;
    }
    const own = stageOf(step);
    if (own === undefined || !earlier.includes(own)) continue;
    const reason = reasonToTurn(step);
    if (reason !== undefined) return reason;
  }
  return "The response was there before.";
}

function reasonToTurn(step: TraceStep): string | undefined {
  if (isFunctionStep(step)) {
    if (step.failure !== undefined)
      return `${step.failure.factId}: the ${step.step} function failed`;
    if (step.outcome !== "generated-response") return undefined;
    return step.step === "viewer-request"
      ? "LE-A-11: the viewer-request function generated the response"
      : "LE-A-07: the origin-request function generated the response";
  }
  switch (step.step) {
    case "cache-hit":
      return "LE-A-02: the object is in the cache";
    case "collapsed":
      return "LE-A-43: an identical request had fetched it meanwhile";
    case "serve-stale":
      return step.reason;
    case "origin":
      return step.failure === undefined ? undefined : "The origin gave no response";
    default:
      return undefined;
  }
}
