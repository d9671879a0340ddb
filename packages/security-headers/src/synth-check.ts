import type { CompilerOf, SynthCheck } from "cf-types";
export { policyRemedies } from "./csp/policy-remedies.ts";
import { checkScorecard } from "./scorecard/scorecard.ts";
import { checkSecurityHeaders } from "./check-security-headers.ts";
import { checkSitePages } from "./site/check-site-pages.ts";
import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";
import { policyLosses } from "./response-headers-policy/response-headers-policy-gaps.ts";
import { readSiteFiles } from "./site/site-folder.ts";
import { readSite } from "./site/read-site.ts";

/**
 * Returns what compiles options that are not compiled: those that know the site themselves, or for the site. Compiled
 * headers have one line for each value.
 */
export const compilerOf: CompilerOf = (config, isForSite) => {
  const { headers } = config as { readonly headers?: object };
  const isCompiled = headers !== undefined && Object.values(headers).every(Array.isArray);
  if (isCompiled) return undefined;
  return isForSite === true && !("site" in config) ? "compileForSite" : "compileSecurityHeaders";
};

/**
 * Returns what is amiss between the options and the site that runs them, and the scorecard.
 *
 * @param limits What the scorecard must show, as `ScorecardLimits`.
 */
export const checkSynthesizedSite: SynthCheck<CompiledSecurityHeaders> = (
  compiled,
  { cacheBehaviors, customErrorResponses, siteFolder, siteFiles, contentTypes = {} },
  limits = {},
) => {
  const files = siteFolder === undefined ? {} : readSiteFiles(siteFolder, siteFiles);
  const { pages, loads } = readSite(files, { contentTypes });
  const hasPolicy = cacheBehaviors.some((each) => each.hasResponseHeadersPolicy);
  return [
    ...cacheBehaviors.flatMap((cacheBehavior) =>
      checkSecurityHeaders(compiled, {
        pathPattern: cacheBehavior.pathPattern,
        viewerProtocolPolicy: cacheBehavior.viewerProtocolPolicy,
        responseHeadersPolicy: cacheBehavior.hasResponseHeadersPolicy,
        customErrorResponses: customErrorResponses.length > 0,
        generatesResponses: cacheBehavior.generatesResponses,
      }),
    ),
    ...(hasPolicy ? policyLosses(compiled) : []).map((message) => ({
      severity: "warning" as const,
      message,
    })),
    ...checkSitePages(compiled, pages, loads),
    ...checkScorecard(compiled, pages, limits),
  ];
};
