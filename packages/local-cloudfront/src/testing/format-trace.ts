import type { FunctionStep, Trace, TraceStep } from "../trace/trace.ts";
import type { TracedChange } from "../trace/traced-change.ts";

/** Returns a trace as lines of text: the request, its steps in order, and the response. */
export function formatTrace(trace: Trace): string {
  const { method, uri, querystring, status, resultType } = trace;
  return [
    `${method} ${uri}${querystring && `?${querystring}`}`,
    ...trace.steps.flatMap(stepLines).map((line) => `  ${line}`),
    `${status} ${resultType} from cloudfront`,
  ].join("\n");
}

function stepLines(step: TraceStep): string[] {
  switch (step.step) {
    case "viewer-request":
    case "origin-request":
    case "origin-response":
    case "viewer-response":
      return functionLines(step);
    case "cache-behavior":
      return [`cache behavior ${step.pathPattern} of ${step.patternsTried.join(", ")}`];
    case "viewer-protocol-policy":
      return [`viewer protocol policy ${step.policy}: ${step.status}`];
    case "refused":
      return [`refused with ${step.status}: ${step.reason}`];
    case "cache-hit":
    case "cache-expired":
      return [`${named(step.step)}, ${step.ageSeconds} s old: ${step.cacheKey.text}`];
    case "cache-miss":
    case "collapsed":
      return [`${named(step.step)}: ${step.cacheKey.text}`];
    case "cache-bypass":
      return [`cache bypass: ${step.reason}`];
    case "origin":
      return [
        `origin ${step.originId}: ${step.method} ${step.uri} -> ${step.status ?? step.failure}${inParentheses(step.notPublished ?? step.reason)}`,
        ...(step.invocation === undefined ? [] : [`  by ${step.invocation.name}`]),
      ];
    case "origin-failover":
      return [`origin failover from ${step.from} to ${step.to}`];
    case "cache-store":
    case "cache-refresh":
      return [`${named(step.step)} for ${step.lifetime.ttlSeconds} s (${step.lifetime.rule})`];
    case "not-stored":
      return [`not stored (${step.rule})`];
    case "serve-stale":
      return [`served stale: ${step.reason}`];
    case "custom-error-response":
      return [
        `custom error response for ${step.errorCode}: ${step.responseCode} ${step.responsePagePath ?? ""}`.trimEnd(),
      ];
    case "response-headers-policy":
      return [`response headers policy ${step.policy}`, ...changeLines(step.changes)];
    case "skipped":
      return [`${step.eventType} skipped (${step.reason})`];
  }
}

function inParentheses(text: string | undefined): string {
  return text === undefined ? "" : ` (${text})`;
}

function changeLines(changes: readonly TracedChange[]): string[] {
  return changes.map(
    ({ part, name, before, after }) =>
      `  ${[part, name].join(" ").trim()}: ${before ?? "(none)"} -> ${after ?? "(none)"}`,
  );
}

function functionLines(step: FunctionStep): string[] {
  const { name, version } = step.function;
  const failure = step.failure && ` failed (${step.failure.factId}): ${step.failure.detail}`;
  return [
    `${step.step} ${name} ${version}${failure ?? `: ${step.outcome}`}`,
    ...changeLines(step.changes),
  ];
}

function named(step: string): string {
  return step.replaceAll("-", " ");
}
