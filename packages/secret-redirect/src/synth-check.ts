import type { SynthCheck } from "cf-types";
import { checkSecretRedirect } from "./analyse/check-secret-redirect.ts";
import type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";

/** Returns what the rules need and a cache behavior that runs them does not give. */
export const checkSynthesizedSite: SynthCheck<CompiledSecretRedirect> = (compiled, site) =>
  site.cacheBehaviors.flatMap((cacheBehavior) =>
    checkSecretRedirect({ compiled, cacheBehavior }).map(({ severity, message }) => ({
      severity,
      message,
    })),
  );
