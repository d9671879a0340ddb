import type { SynthFinding } from "cf-types";
import { EdgeSiteError } from "../edge-site-error.ts";
import { loadSynthExport } from "../artefact/load-package-export.ts";
import type { PlacedFunction } from "../artefact/placed-functions.ts";
import { aroundFunction, isRouteOf, siteNavigations } from "./site-navigations.ts";
import type { SynthesizedDistribution } from "./synthesized-distribution.ts";

/** A site as it was synthesized, and the functions that it runs. */
export interface FunctionsToCheck {
  readonly functions: readonly PlacedFunction[];
  readonly distribution: SynthesizedDistribution;
  /** Absolute path of the site as it is deployed. */
  readonly siteFolder: string;
  /** Names relative to the site's folder. */
  readonly siteFiles: readonly string[];
  /** By glob, of files that get another one than that of their names. */
  readonly contentTypes: Readonly<Record<string, string>>;
  /** Absolute path of edge.config.ts, or of another file: packages are looked for as if that file imported them. */
  readonly configFile: string;
  /** Names the place of a function in the configuration, by its index. */
  readonly placeOf: (index: number) => string;
}

/** What a package remarks on without stopping the synth. */
export interface Remark {
  readonly severity: "warning" | "info";
  readonly message: string;
}

/**
 * Asks each function's package whether its options can work on the site: with the event type, the cache
 * policies and the files.
 *
 * @returns What can hardly be meant, and what there is to know.
 * @throws {EdgeSiteError} `SYNTH_CHECK_FAILED` with all that cannot work, a line each; or as
 *   `loadSynthExport`.
 */
export function checkFunctions(check: FunctionsToCheck): readonly Remark[] {
  const errors: string[] = [];
  const remarks: Remark[] = [];
  for (const [index, each] of check.functions.entries()) {
    const where = check.placeOf(index);
    for (const { severity, message } of unique(findingsOf(each, check))) {
      const text = `${where}: ${message}`;
      if (severity === "error") errors.push(text);
      else remarks.push({ severity, message: text });
    }
  }
  if (errors.length > 0) throw new EdgeSiteError("SYNTH_CHECK_FAILED", errors.join("\n"));
  return remarks;
}

function findingsOf(
  placed: PlacedFunction,
  { configFile, functions, siteFiles, siteFolder, contentTypes, distribution }: FunctionsToCheck,
): readonly SynthFinding[] {
  const { packageName, eventType, engine, config, pathPatterns, limits } = placed;
  const { cacheBehaviors, ...site } = distribution;
  const check = loadSynthExport("checkSynthesizedSite", packageName, configFile);
  if (check === undefined) return [];
  const navigations = siteNavigations(functions, site.pathPatternOf, configFile);
  const own = cacheBehaviors.filter(({ pathPattern }) => pathPatterns.includes(pathPattern));
  return check(
    config,
    {
      ...site,
      ...aroundFunction(navigations, functions, placed),
      eventType,
      engine,
      cacheBehaviors: own,
      siteFiles,
      siteFolder,
      contentTypes,
      isRoute: isRouteOf(navigations, siteFiles),
    },
    limits,
  );
}

/** A package is asked once for all cache behaviors, and may say the same of each. */
function unique(findings: readonly SynthFinding[]): readonly SynthFinding[] {
  return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
}
