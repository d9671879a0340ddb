import type { RewriteUri, SynthCheck } from "cf-types";
import { checkSpaRewrite } from "./check/check-spa-rewrite.ts";
import type { CompiledSpaRewrite } from "./edge/compiled-spa-rewrite.ts";
import { decideSpaRewrite } from "./edge/decide-spa-rewrite.ts";

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

/** Returns where a navigation to a path leads. */
export const rewriteUri: RewriteUri<CompiledSpaRewrite> = (compiled, uri) => {
  const headers = { accept: [{ key: "Accept", value: "text/html" }] };
  const decision = decideSpaRewrite(compiled, { uri, headers });
  return decision.kind === "rewrite" ? decision.uri : uri;
};
