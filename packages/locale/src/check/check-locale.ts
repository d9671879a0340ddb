import { policyHas } from "cf-rules";
import type { NavigationFunction, SynthesizedCacheBehavior, SynthFinding } from "cf-types";
import type { CompiledLocale } from "../edge/compiled-locale.ts";

/** What a check found. */
export type LocaleFinding = SynthFinding;

/** The site as far as it can contradict the options. */
export interface LocaleSurroundings {
  /** The cache behaviors that run the function. */
  readonly cacheBehaviors: readonly Pick<
    SynthesizedCacheBehavior,
    "pathPattern" | "cachePolicy" | "originType"
  >[];
  /** Names relative to the site's folder; empty where they are not known. */
  readonly siteFiles?: readonly string[];
  /** Whether a function responds to a path that is no file; absent where that is not known. */
  readonly isRoute?: (path: string) => boolean;
  /** The functions that a navigation meets before this one. */
  readonly earlierFunctions?: readonly NavigationFunction[];
}

/** Returns what between the options and a site cannot work, or hardly be meant. */
export function checkLocale(
  compiled: CompiledLocale,
  surroundings: LocaleSurroundings,
): readonly LocaleFinding[] {
  return [
    ...surroundings.cacheBehaviors.flatMap((behavior) => [
      ...sharedByLanguages(compiled, behavior),
      ...dividedCache(compiled, behavior),
    ]),
    ...missingPages(compiled, surroundings),
    ...rewrittenBefore(surroundings),
  ];
}

type Behavior = LocaleSurroundings["cacheBehaviors"][number];

/** CF-G-01, CF-G-02: what is not in the cache key distinguishes no responses. */
function sharedByLanguages(
  { mode }: CompiledLocale,
  { pathPattern, cachePolicy }: Behavior,
): readonly LocaleFinding[] {
  if (mode !== "header" || policyHas(cachePolicy, "header", "accept-language")) return [];
  return [
    {
      severity: "error",
      message: `Accept-Language is not in the cache key of ${JSON.stringify(pathPattern)}: the first viewer's language would be served to all. Put it there, as in cacheKey: { headers: ["accept-language"] }: it has one value for each of locales.`,
    },
  ];
}

function dividedCache(
  { mode, cookie }: CompiledLocale,
  { pathPattern, cachePolicy }: Behavior,
): readonly LocaleFinding[] {
  const { cookies, headers } = cachePolicy;
  // What a policy takes as a whole is there for other reasons.
  const isListed = Array.isArray(headers) && policyHas(cachePolicy, "header", "accept-language");
  const dividing = [
    ...(Array.isArray(cookies) && cookies.includes(cookie)
      ? [`the cookie ${JSON.stringify(cookie)}`]
      : []),
    ...(mode !== "header" && isListed ? ["Accept-Language"] : []),
  ];
  if (dividing.length === 0) return [];
  return [
    warning(
      `The cache key of ${JSON.stringify(pathPattern)} has what locale has already decided by: got ${dividing.join(" and ")}. Take it out of the cache key: ${mode === "header" ? "Accept-Language says it" : "the path says it"}.`,
    ),
  ];
}

function missingPages(
  { mode, locales, paths }: CompiledLocale,
  { cacheBehaviors, siteFiles = [], isRoute }: LocaleSurroundings,
): readonly LocaleFinding[] {
  const isSite =
    siteFiles.length > 0 && cacheBehaviors.some(({ originType }) => originType === "s3");
  if (mode === "header" || !isSite) return [];
  return locales.flatMap((locale, index) => {
    const path = `${paths[index]}/`;
    const hasPage = siteFiles.some((file) => `/${file}`.startsWith(path));
    if (hasPage || isRoute?.(path)) return [];
    return [
      warning(
        `locales has a language of which the site has no page: got ${JSON.stringify(locale)}, and no file below ${JSON.stringify(path)}. Build the pages, name their prefix in paths, or take the language out of locales.`,
      ),
    ];
  });
}

function rewrittenBefore({ earlierFunctions = [] }: LocaleSurroundings): readonly LocaleFinding[] {
  return earlierFunctions
    .filter(({ decide, exampleUris }) => exampleUris.some((uri) => decide(uri)?.uri !== undefined))
    .map(({ packageName }) =>
      warning(
        `${packageName} runs before locale and gives pages another path, of which locale then reads the language. Put locale before it in functions.`,
      ),
    );
}

function warning(message: string): LocaleFinding {
  return { severity: "warning", message };
}
