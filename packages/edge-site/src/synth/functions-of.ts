import { siteFunctions, type SiteFunctions } from "../artefact/deployed-functions.ts";
import { defaultPathPattern } from "../artefact/placed-functions.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { PreparedSite } from "../site/prepare-site.ts";

/**
 * Returns the functions of a site at the cache behaviors that its distribution has.
 *
 * @param resolveFrom A file; packages are looked for as if that file imported them.
 * @throws {EdgeSiteError} as `siteFunctions`
 */
export function functionsOf(
  { engine, hashedAssetsPattern, behaviors }: ResolvedEdgeConfig,
  site: PreparedSite,
  resolveFrom: string,
): SiteFunctions {
  const knownPathPatterns = [
    defaultPathPattern,
    ...behaviors.map(({ pathPattern }) => pathPattern),
    hashedAssetsPattern,
  ];
  return siteFunctions(site.functions, { engine, knownPathPatterns, resolveFrom });
}
