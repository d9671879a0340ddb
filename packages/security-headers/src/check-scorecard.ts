import type { SynthFinding } from "cf-types";
import type { SitePage } from "./analyze-site.ts";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { didYouMean } from "./did-you-mean.ts";
import {
  type ScorecardLimits,
  formatScorecard,
  refuseWeakHeaders,
  scorecard,
} from "./scorecard.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

const limitNames = [
  "minObservatoryScore",
  "maxCspFindings",
  "maxOwaspFindings",
] as const satisfies readonly (keyof ScorecardLimits)[];

/** Returns the scorecard of compiled options, and an error where it shows less than the limits ask for. */
export function checkScorecard(
  compiled: CompiledSecurityHeaders,
  pages: readonly SitePage[],
  limits: Readonly<Record<string, unknown>>,
): readonly SynthFinding[] {
  const invalid = Object.entries(limits).flatMap(([name, value]) => invalidLimit(name, value));
  if (invalid.length > 0) return invalid;
  const card = scorecard(compiled, pages.length > 0 ? { pages } : {});
  try {
    refuseWeakHeaders(card, limits);
  } catch (error) {
    if (!(error instanceof SecurityHeadersOptionsError)) throw error;
    return [{ severity: "error", message: error.message }];
  }
  return [{ severity: "info", message: formatScorecard(card) }];
}

function invalidLimit(name: string, value: unknown): readonly SynthFinding[] {
  if (!limitNames.some((each) => each === name)) {
    const remedy = didYouMean(name, limitNames);
    return [
      {
        severity: "error",
        message: `limits.${name} is no limit: got ${JSON.stringify(value)}. ${remedy}`,
      },
    ];
  }
  if (typeof value === "number" && Number.isFinite(value)) return [];
  return [
    {
      severity: "error",
      message: `limits.${name} is no number: got ${JSON.stringify(value)}. Give one, as in 130.`,
    },
  ];
}
