import type { SynthCheck } from "cf-types";
import { analyzedRules } from "./check/analyzed-rules.ts";
import { analyzeRules } from "./check/analyze-redirects.ts";
import { checkSecretRedirect } from "./check/check-secret-redirect.ts";
import type { CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";

/**
 * Returns what the rules need and a cache behavior that runs them does not give, what is wrong with the
 * rules as a whole, and where they lead that the site does not have.
 */
export const checkSynthesizedSite: SynthCheck<CompiledSecretRedirect> = (compiled, site) =>
  [
    ...site.cacheBehaviors.flatMap((cacheBehavior) =>
      checkSecretRedirect({ compiled, cacheBehavior }),
    ),
    ...analyzeRules(analyzedRules(compiled), site),
  ].map(({ severity, message }) => ({ severity, message }));
