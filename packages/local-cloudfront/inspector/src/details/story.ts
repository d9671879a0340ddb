import type { FunctionStep, Trace, TraceStep } from "../../../src/trace/trace.ts";
import { spokenSeconds } from "../data/spoken.ts";

/** Tells in a few sentences how the response came about. */
export function storyOf({ steps, status }: Trace): string {
  return [...steps.flatMap((step) => sentencesOf(step)), `The viewer gets ${status}.`].join(" ");
}

function sentencesOf(step: TraceStep): readonly string[] {
  if ("run" in step) return functionSentences(step);
  switch (step.step) {
    case "refused":
      return ["CloudFront refuses the request by itself."];
    case "viewer-protocol-policy":
      return ["The viewer protocol policy redirects to HTTPS."];
    case "cache-hit":
      return [
        `The cache has ${pathOf(step.cacheKey.components)}, stored ${spokenSeconds(step.ageSeconds)} ago for ${spokenSeconds(step.lifetime.ttlSeconds)}.`,
      ];
    case "cache-expired":
      return [`The object in the cache has expired.`];
    case "cache-miss":
      return [`The cache does not have ${pathOf(step.cacheKey.components)}.`];
    case "cache-bypass":
      return ["The cache has no part in it."];
    case "collapsed":
      return ["An identical request is on its way already: this one waits for it."];
    case "origin":
      return [
        step.status === undefined
          ? `The origin gives no usable response (${step.failureDetail}).`
          : `${step.invocation?.name ?? "The origin"} responds with ${step.status}.`,
        ...(step.reason === undefined ? [] : [step.reason]),
        ...(step.notPublished === undefined ? [] : [step.notPublished]),
      ];
    case "origin-failover":
      return ["The origin group fails over to its second origin."];
    case "cache-store":
      return [`That is stored for ${spokenSeconds(step.lifetime.ttlSeconds)}.`];
    case "cache-refresh":
      return ["The cached object is fresh again."];
    case "not-stored":
      return ["That is not stored."];
    case "serve-stale":
      return ["The old object is served."];
    case "custom-error-response":
      return [`For ${step.errorCode}, the page ${step.responsePagePath} is fetched.`];
    default:
      return [];
  }
}

/** Of a composed function, the package that did the last of what was done. */
function doerOf({ function: { name }, members }: FunctionStep): string {
  const doer = members.findLast(
    ({ outcome, changes }) =>
      outcome === "failure" || (outcome !== "not-run" && changes.length > 0),
  );
  return doer?.name ?? name;
}

function functionSentences(step: FunctionStep): readonly string[] {
  const name = doerOf(step);
  if (step.failure !== undefined) return [`${name} fails (${step.failure.factId}).`];
  if (step.outcome === "generated-response") return [`${name} generates the response.`];
  if (step.uriChange !== undefined) return [`${name} rewrites the URI to ${step.uriChange.after}.`];
  const count = step.changes.length;
  if (count === 0) return [];
  return [`${name} makes ${count === 1 ? "one change" : `${count} changes`}.`];
}

function pathOf(components: readonly { readonly kind: string; readonly value: string }[]): string {
  return components.find(({ kind }) => kind === "path")?.value ?? "it";
}
