import type { CompilerOf, NavigationOf, SynthCheck } from "cf-types";
import { checkSpaRewrite } from "./check/check-spa-rewrite.ts";
import type { CompiledSpaRewrite } from "./edge/compiled-spa-rewrite.ts";
import { asksForHtml, exampleRequests } from "./explain/example-requests.ts";
import { createExplanation } from "./explain/explain-spa-rewrite.ts";

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

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "rules" in config && "flags" in config ? undefined : "compileSpaRewrite";

/** Returns where navigations lead. */
export const navigationOf: NavigationOf<CompiledSpaRewrite> = (compiled) => {
  const explain = createExplanation(compiled);
  const examples = exampleRequests(compiled).filter(
    ({ explanation }) => explanation.result.kind !== "pass",
  );
  return {
    decide: (uri) => {
      const { rule, result } = explain({ uri, headers: asksForHtml });
      if (result.kind === "pass") return undefined;
      return result.kind === "rewrite"
        ? { rule, uri: result.uri }
        : { rule, location: result.location };
    },
    exampleUris: [
      ...examples.map(({ uri }) => uri),
      ...Object.keys(compiled.pages).map((path) => encodeURI(path)),
    ],
    exemption: "name the path in exclude",
  };
};
