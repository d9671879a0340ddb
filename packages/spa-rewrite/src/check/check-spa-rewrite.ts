import type { CompiledSpaRewrite } from "../edge/compiled-spa-rewrite.ts";
import { exampleRequests } from "../explain/example-requests.ts";

/** What a check found. */
export interface SpaRewriteFinding {
  readonly severity: "error" | "warning";
  /** What is wrong and what helps, in one or two sentences. */
  readonly message: string;
}

/** The distribution as far as it can contradict the options; all fields may be left out. */
export interface SpaRewriteSurroundings {
  /** The event that the function is associated with. */
  readonly eventType?: string;
  /** The distribution's default root object, `""` where there is none. */
  readonly defaultRootObject?: string;
  /** The distribution's custom error responses. */
  readonly customErrorResponses?: readonly {
    readonly errorCode: number;
    readonly responsePagePath?: string;
    readonly responseCode?: number;
  }[];
  /** The names of the headers in the cache key of the cache behavior, in any case. */
  readonly cacheKeyHeaders?: readonly string[];
}

/**
 * Returns what in the options, or between them and the distribution, cannot be meant. An empty list is
 * a good sign.
 */
export function checkSpaRewrite(
  compiled: CompiledSpaRewrite,
  surroundings: SpaRewriteSurroundings = {},
): readonly SpaRewriteFinding[] {
  return [
    ...hiddenRules(compiled),
    ...wrongEventType(surroundings),
    ...missingRoot(compiled, surroundings),
    ...maskedErrors(surroundings),
    ...dividedCache(surroundings),
  ];
}

function hiddenRules(compiled: CompiledSpaRewrite): readonly SpaRewriteFinding[] {
  return (
    exampleRequests(compiled)
      .filter(({ rule, explanation }) => explanation.rule !== rule)
      .filter(({ explanation }) => !["siteFiles", "trailingSlash"].includes(explanation.rule))
      // A default exclusion that another one covers is no mistake of the user's.
      .filter(
        ({ rule, explanation }) => !(rule.startsWith("exclude") && explanation.rule === "dotFiles"),
      )
      .map(({ rule, uri, explanation }) =>
        warning(
          `${rule} may never decide: ${explanation.rule} comes before it for ${JSON.stringify(uri)}. ${explanation.reason} ${remedyFor(rule, explanation.rule)}`,
        ),
      )
  );
}

/** What lets a rule decide, or shows that nobody needs it. */
function remedyFor(rule: string, deciding: string): string {
  if (deciding === "dotFiles") return "Set dotFiles to true, or take the route out.";
  if (/^apps\[\d+\]\.routes$/.test(deciding)) return `Move it to ${deciding}.`;
  return deciding.startsWith("exclude") && !rule.startsWith("exclude")
    ? `Take it out, or take ${deciding} out.`
    : "Take it out.";
}

function wrongEventType({ eventType }: SpaRewriteSurroundings): readonly SpaRewriteFinding[] {
  if (eventType === undefined || eventType === "viewer-request") return [];
  return [
    {
      severity: "error",
      message: `spa-rewrite stands on the wrong event: got ${JSON.stringify(eventType)}. Associate it with viewer-request: there all pages share one cached document, and the viewer's Accept header is there.`,
    },
  ];
}

function missingRoot(
  compiled: CompiledSpaRewrite,
  { defaultRootObject }: SpaRewriteSurroundings,
): readonly SpaRewriteFinding[] {
  const root = exampleOfRoot(compiled);
  if (defaultRootObject !== "" || root) return [];
  return [
    warning(
      'Nothing serves "/": the distribution has no default root object, and no rule takes the path. Set the default root object, add the route "/", or give siteFiles.',
    ),
  ];
}

function exampleOfRoot({ pages, rules, flags }: CompiledSpaRewrite): boolean {
  return pages["/"] !== undefined || rules.some(({ path }) => new RegExp(path, flags).test("/"));
}

function maskedErrors({
  customErrorResponses = [],
}: SpaRewriteSurroundings): readonly SpaRewriteFinding[] {
  return customErrorResponses
    .filter(({ errorCode, responseCode }) => responseCode === 200 && errorCode >= 400)
    .map(({ errorCode, responsePagePath }) =>
      warning(
        `The custom error response for ${errorCode} responds to every missing file with status 200: got ${JSON.stringify(responsePagePath)}. Remove it: spa-rewrite serves the pages, and a missing script keeps its 404.`,
      ),
    );
}

function dividedCache({
  cacheKeyHeaders = [],
}: SpaRewriteSurroundings): readonly SpaRewriteFinding[] {
  const dividing = cacheKeyHeaders.filter((name) =>
    /^(?:accept|sec-fetch-(?:dest|mode))$/i.test(name),
  );
  if (dividing.length === 0) return [];
  return [
    warning(
      `The cache key has headers that spa-rewrite has already decided by: got ${JSON.stringify(dividing)}. Take them out of the cache key: all viewers then share one document.`,
    ),
  ];
}

function warning(message: string): SpaRewriteFinding {
  return { severity: "warning", message };
}
