import type { SynthCheck } from "cf-types";
import { checkSecretRedirect } from "./check/check-secret-redirect.ts";
import { checkTargets } from "./check/check-targets.ts";
import type { CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";

/**
 * Returns what the rules need and a cache behavior that runs them does not give, and where they lead that
 * the site does not have.
 */
export const checkSynthesizedSite: SynthCheck<CompiledSecretRedirect> = (compiled, site) =>
  [
    ...site.cacheBehaviors.flatMap((cacheBehavior) =>
      checkSecretRedirect({ compiled, cacheBehavior }),
    ),
    ...checkTargets(compiled, site),
  ].map(({ severity, message }) => ({ severity, message }));
