import type { CompilerOf, SynthCheck } from "cf-types";
import { analyzedRules } from "./check/analyzed-rules.ts";
import { analyzeRules } from "./check/analyze-redirects.ts";
import { arrivalOf, checkReach, departureOf } from "./check/check-reach.ts";
import { checkSecretRedirect } from "./check/check-secret-redirect.ts";
import type { CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "tree" in config && "responses" in config ? undefined : "compileSecretRedirect";

/**
 * Returns what the rules need and a cache behavior that runs them does not give, what is wrong with the
 * rules as a whole, what takes their requests before them, and where they lead that the site does not have.
 */
export const checkSynthesizedSite: SynthCheck<CompiledSecretRedirect> = (compiled, site) => {
  const analyzed = analyzedRules(compiled);
  const findings = [
    ...site.cacheBehaviors.flatMap((cacheBehavior) =>
      checkSecretRedirect({
        compiled,
        cacheBehavior,
        eventType: site.eventType,
        ...(site.engine && { engine: site.engine }),
      }),
    ),
    ...checkReach(analyzed, site),
    ...analyzeRules(analyzed, {
      ...site,
      arrivalOf: (path) => arrivalOf(path, site),
      departureOf: (path) => departureOf(path, site),
    }),
  ];
  return findings.map(({ severity, message }) => ({ severity, message }));
};
