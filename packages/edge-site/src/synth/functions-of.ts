import { defaultPathPattern } from "../artefact/placed-functions.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { stageFunctions, type StageFunctions } from "../releases/release-functions.ts";
import type { PreparedSite } from "../site/prepare-site.ts";

/**
 * Returns the functions of a stage at the cache behaviors that its distribution has.
 *
 * @param resolveFrom A file; packages are looked for as if that file imported them.
 * @throws {EdgeSiteError} as `stageFunctions`
 */
export function functionsOf(
  config: ResolvedEdgeConfig,
  stage: ResolvedStageConfig,
  site: PreparedSite,
  resolveFrom: string,
): StageFunctions {
  const { engine, hashedAssetsPattern, behaviors } = config;
  const knownPathPatterns = [
    defaultPathPattern,
    ...behaviors.map(({ pathPattern }) => pathPattern),
    hashedAssetsPattern,
  ];
  const options = { engine, knownPathPatterns, resolveFrom };
  return stageFunctions(config, stage, site.functions, options);
}
