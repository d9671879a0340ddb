import type { SynthCheck, SynthFinding } from "cf-types";
import { InfraError } from "../infra-error.ts";
import { loadPackageExport } from "../load-package-export.ts";
import type { PlacedFunction } from "../placed-functions.ts";
import { declaredAt } from "./declared-at.ts";
import {
  type SynthesizedDistribution,
  synthesizedDistribution,
} from "./synthesized-distribution.ts";
import type { TemplateResources } from "./template.ts";

/** A site as it was synthesized, and the functions that it runs. */
export interface FunctionsToCheck {
  readonly functions: readonly PlacedFunction[];
  readonly resources: TemplateResources;
  /** Names relative to the site's folder. */
  readonly siteFiles: readonly string[];
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
}

/**
 * Asks each function's package whether its options can work on the site: with the event type, the cache
 * policies and the files.
 *
 * @returns What can hardly be meant, a message each.
 * @throws {InfraError} `SYNTH_CHECK_FAILED` with all that cannot work, a line each; or as
 *   `loadPackageExport`.
 */
export function checkFunctions(check: FunctionsToCheck): readonly string[] {
  const distribution = synthesizedDistribution(check.resources);
  const findings = check.functions.flatMap((each, index) =>
    findingsOf(each, check, distribution).map(({ severity, message }) => ({
      severity,
      message: `${declaredAt(check.configFile, check.functions, index)}: ${message}`,
    })),
  );
  const errors = messages(findings, "error");
  if (errors.length > 0) throw new InfraError("SYNTH_CHECK_FAILED", errors.join("\n"));
  return messages(findings, "warning");
}

function findingsOf(
  { asset: { manifest, config }, pathPatterns }: PlacedFunction,
  { configFile, siteFiles }: FunctionsToCheck,
  { cacheBehaviors, ...site }: SynthesizedDistribution,
): readonly SynthFinding[] {
  const { packageName } = manifest;
  const check = loadPackageExport<SynthCheck<object>>(
    { packageName, entry: "synth-check", name: "checkSynthesizedSite" },
    configFile,
  );
  if (check === undefined) return [];
  return check(config, {
    ...site,
    eventType: manifest.eventType,
    cacheBehaviors: cacheBehaviors.filter(({ pathPattern }) => pathPatterns.includes(pathPattern)),
    siteFiles,
  });
}

/** A package is asked once for all cache behaviors, and may say the same of each. */
function messages(
  findings: readonly SynthFinding[],
  wanted: SynthFinding["severity"],
): readonly string[] {
  const those = findings.filter(({ severity }) => severity === wanted);
  return [...new Set(those.map(({ message }) => message))];
}
