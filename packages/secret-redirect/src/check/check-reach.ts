import type { NavigationFunction, SynthesizedSite } from "cf-types";
import type { CompiledSecretRedirect } from "../edge/compiled-secret-redirect.ts";
import { matchingRules } from "../edge/matching-rules.ts";
import { normalisePath } from "edge-handler";
import type { AnalyzedRule, AnalyzedRules } from "./analyzed-rules.ts";
import type { RedirectFinding } from "./redirect-finding.ts";
import { onViewerRequest } from "./check-secret-redirect.ts";
import { samplePaths } from "./sample-paths.ts";

/** Why a request for a path does not reach its rule, and what helps. */
interface Obstacle {
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
}

/**
 * Returns the rules whose requests something else takes before the function sees them: a function on an
 * earlier event, the default root object, a cache behavior that does not run the function.
 */
export function checkReach(
  { compiled, rules }: AnalyzedRules,
  site: SynthesizedSite,
): readonly RedirectFinding[] {
  const examples = examplesOf(compiled, site);
  return rules.flatMap((rule, index) => {
    const obstacles = (paths: readonly string[]): readonly Obstacle[] =>
      paths.flatMap((path) => obstacleOf(rule, path, site) ?? []);
    const samples = samplePaths(rule);
    const found = obstacles(samples);
    const [first] = found;
    if (first !== undefined && found.length === samples.length) {
      return [finding("error", rule, `never fires: ${first.reason}. ${first.remedy}.`)];
    }
    const example = examples.get(index);
    const [some] = found.length > 0 || example === undefined ? found : obstacles([example]);
    if (some === undefined) return [];
    const path = JSON.stringify(some.path);
    return [finding("warning", rule, `does not fire for ${path}: ${some.reason}. ${some.remedy}.`)];
  });
}

/** A path that an earlier function takes, by the rule that would. */
function examplesOf(
  { tree }: CompiledSecretRedirect,
  { earlierFunctions = [] }: SynthesizedSite,
): ReadonlyMap<number, string> {
  const taken = earlierFunctions.flatMap(({ exampleUris }) => exampleUris);
  return new Map(
    taken.flatMap((uri) =>
      matchingRules(tree, normalisePath(uri)).map((index) => [index, uri] as const),
    ),
  );
}

/** Returns the uri that reaches the function of a navigation to a path; another path after a redirect. */
export function arrivalOf(path: string, site: SynthesizedSite): string {
  return withRootObject(
    (site.earlierFunctions ?? []).reduce(
      (uri, { decide }) => decide(uri)?.uri ?? pathOf(decide(uri)?.location) ?? uri,
      path,
    ),
    site,
  );
}

/** Returns the path that a later function redirects a navigation to, which the rules have let pass. */
export function departureOf(path: string, { laterFunctions = [] }: SynthesizedSite) {
  return laterFunctions
    .map(({ decide }) => pathOf(decide(path)?.location))
    .find((location) => location !== undefined);
}

function obstacleOf(
  { compiled: { when = [] } }: AnalyzedRule,
  path: string,
  site: SynthesizedSite,
): Obstacle | undefined {
  const pathPattern = site.pathPatternOf?.(path);
  const own = site.cacheBehaviors.map((behavior) => behavior.pathPattern);
  if (pathPattern !== undefined && !own.includes(pathPattern)) {
    return {
      path,
      reason: `${JSON.stringify(path)} belongs to the cache behavior ${JSON.stringify(pathPattern)}, which does not run the function`,
      remedy: `Add that to the function's pathPatterns: ${JSON.stringify([...own, pathPattern])}`,
    };
  }
  const isNavigation = when.every(
    ({ in: source, ...asked }) =>
      source !== "method" ||
      !("oneOf" in asked) ||
      asked.oneOf?.some((method) => method === "GET" || method === "HEAD"),
  );
  for (const each of (isNavigation && site.earlierFunctions) || []) {
    const { rule, uri, location } = each.decide(path) ?? {};
    if (rule === undefined) continue;
    const what = location === undefined ? "rewrites" : "redirects";
    const target = JSON.stringify(location ?? uri);
    return {
      path,
      reason: `${each.packageName} (${rule}) ${what} ${JSON.stringify(path)} to ${target} on ${each.eventType}, before the redirects`,
      remedy: `${putFirst(each)}, or ${each.exemption} there`,
    };
  }
  const uri = withRootObject(path, site);
  if (uri === path) return undefined;
  return {
    path,
    reason: `the default root object makes ${JSON.stringify(uri)} of it before ${site.eventType}`,
    remedy: onViewerRequest,
  };
}

function putFirst({ packageName, eventType }: NavigationFunction): string {
  return `Put secret-redirect above ${packageName} in functions, with eventType: ${JSON.stringify(eventType)}`;
}

/** LE-A-37: viewer-request sees the path, the origin events what it stands for. */
function withRootObject(uri: string, { eventType, defaultRootObject }: SynthesizedSite): string {
  const isOrigin = eventType.startsWith("origin-");
  return isOrigin && uri === "/" && defaultRootObject !== "" ? `/${defaultRootObject}` : uri;
}

function pathOf(location: string | undefined): string | undefined {
  return location?.startsWith("/") ? location.replace(/[?#].*$/s, "") : undefined;
}

function finding(
  severity: RedirectFinding["severity"],
  { name }: AnalyzedRule,
  what: string,
): RedirectFinding {
  return { severity, kind: "unreachable", rule: name, message: `${name} ${what}` };
}
