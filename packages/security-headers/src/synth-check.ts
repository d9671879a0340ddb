import type { SynthCheck } from "cf-types";
import { checkSecurityHeaders } from "./check-security-headers.ts";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { policyLosses } from "./response-headers-policy-gaps.ts";

/** Returns what is amiss between the options and the cache behaviors that run them. */
export const checkSynthesizedSite: SynthCheck<CompiledSecurityHeaders> = (compiled, site) => [
  ...site.cacheBehaviors.flatMap((cacheBehavior) =>
    checkSecurityHeaders(compiled, {
      pathPattern: cacheBehavior.pathPattern,
      viewerProtocolPolicy: cacheBehavior.viewerProtocolPolicy,
      responseHeadersPolicy: cacheBehavior.hasResponseHeadersPolicy,
      customErrorResponses: site.customErrorResponses.length > 0,
      generatesResponses: cacheBehavior.generatesResponses,
    }),
  ),
  ...(site.cacheBehaviors.some(({ hasResponseHeadersPolicy }) => hasResponseHeadersPolicy)
    ? policyLosses(compiled).map((message) => ({ severity: "warning" as const, message }))
    : []),
];
