import type { CompilerOf, SynthCheck } from "cf-types";
import { checkCacheHeaders } from "./check/check-cache-headers.ts";
import type { CompiledCacheHeaders } from "./edge/compiled-cache-headers.ts";

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "lifetimes" in config ? undefined : "compileCacheHeaders";

/** Returns what in the options the site's distribution does not do. */
export const checkSynthesizedSite: SynthCheck<CompiledCacheHeaders> = (compiled, site) => {
  const { cacheBehaviors, customErrorResponses, pathPatternOf, cacheTagHeader } = site;
  const minTtls = customErrorResponses.map(({ errorCode, errorCachingMinTtlSeconds }) => [
    errorCode,
    errorCachingMinTtlSeconds,
  ]);
  return checkCacheHeaders(compiled, {
    cacheBehaviors,
    errorCachingMinTtlSeconds: Object.fromEntries(
      minTtls.filter(([, seconds]) => seconds !== undefined),
    ),
    ...(pathPatternOf && { pathPatternOf }),
    ...(cacheTagHeader !== undefined && { cacheTagHeader }),
  });
};
