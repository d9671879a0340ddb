import type { SynthCheck } from "cf-types";
import { checkSpaRewrite } from "./check-spa-rewrite.ts";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";

/** Returns what between the options and the site that runs them cannot be meant. */
export const checkSynthesizedSite: SynthCheck<CompiledSpaRewrite> = (compiled, site) => {
  const { eventType, defaultRootObject, customErrorResponses } = site;
  const listed = site.cacheBehaviors.flatMap(({ cachePolicy: { headers } }) =>
    Array.isArray(headers) ? (headers as readonly string[]) : [],
  );
  return checkSpaRewrite(compiled, {
    eventType,
    defaultRootObject,
    customErrorResponses,
    cacheKeyHeaders: [...new Set(listed)],
  });
};
