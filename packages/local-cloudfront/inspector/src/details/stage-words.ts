import type { RequestStage, StageName } from "../../../src/trace/request-stage.ts";
import type { FunctionStep, TracedMember, TraceStep } from "../../../src/trace/trace.ts";
import { spokenMs, spokenSeconds } from "../data/spoken.ts";

const titles: Readonly<Record<StageName, string>> = {
  "viewer-request": "Viewer request",
  cache: "Cache",
  "origin-request": "Origin request",
  origin: "Origin",
  "origin-response": "Origin response",
  "viewer-response": "Viewer response",
};

/** What a stage is called. */
export function titleOf(stage: StageName): string {
  return titles[stage];
}

/** Says in a few words what happened at a stage. */
export function captionOf({ stage, state, steps }: RequestStage): readonly string[] {
  if (state === "absent") return ["no function"];
  if (state === "skipped") return ["skipped"];
  if (stage === "cache") return cacheCaption(steps);
  return steps.flatMap((step) => {
    if ("run" in step) return functionCaption(step);
    if (step.step !== "origin") return [];
    return [String(step.status ?? step.failureDetail), spokenMs(step.durationMs)];
  });
}

function functionCaption(step: FunctionStep): readonly string[] {
  const time = `${spokenMs(step.run.durationMs)}${step.coldStart ? ", cold" : ""}`;
  return [step.function.name, `${step.failure?.factId ?? outcomeOf(step)} · ${time}`];
}

/** Says what a function's result meant. */
export function outcomeOf({ outcome, changes, result }: FunctionStep): string {
  switch (outcome) {
    case "failure":
      return "failed";
    case "generated-response":
      return `responds with ${statusOf(result)}`;
    case "request":
    case "response":
      return countOf(changes);
  }
}

/** Says what came of one package of a composed function. */
export function memberWords({ outcome, changes }: TracedMember): string {
  if (outcome === "not-run") return "not run";
  if (outcome === "failure") return "failed";
  if (outcome !== "generated-response") return countOf(changes);
  const status = changes.find(({ part }) => part === "status");
  return `responds with ${status?.after ?? ""}`;
}

function countOf({ length }: readonly unknown[]): string {
  if (length === 0) return "unchanged";
  return length === 1 ? "1 change" : `${length} changes`;
}

/** Lambda@Edge has it as `status`, CloudFront Functions as `statusCode`. */
function statusOf(result: unknown): string {
  if (typeof result !== "object" || result === null) return "";
  const { status, statusCode } = result as { status?: unknown; statusCode?: unknown };
  return String(status ?? statusCode ?? "");
}

/** What the steps of the cache are called; where a result type says the same, by its name. */
export const cacheWords = {
  "cache-hit": "Hit",
  "cache-expired": "Expired",
  "cache-miss": "Miss",
  "cache-bypass": "Bypassed",
  collapsed: "Collapsed",
  "cache-refresh": "RefreshHit",
  "cache-store": "Stored",
  "not-stored": "Not stored",
  "serve-stale": "Served stale",
} as const satisfies Partial<Record<TraceStep["step"], string>>;

function cacheCaption(steps: readonly TraceStep[]): readonly string[] {
  return steps.flatMap((step): readonly string[] => {
    switch (step.step) {
      case "cache-hit":
        return [cacheWords[step.step], `age ${spokenSeconds(step.ageSeconds)}`];
      case "cache-store":
        return [`${cacheWords[step.step]} ${spokenSeconds(step.lifetime.ttlSeconds)}`];
      default:
        return step.step in cacheWords ? [cacheWords[step.step as keyof typeof cacheWords]] : [];
    }
  });
}
