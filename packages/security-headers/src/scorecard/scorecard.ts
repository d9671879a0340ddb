import type { SynthFinding } from "cf-types";
import type { CompiledSecurityHeaders } from "../edge/compiled-security-headers.ts";
import { type CspFinding, cspFindings } from "./csp-findings.ts";
import { type ObservatoryFacts, type ObservatoryReport, observatoryReport } from "./observatory.ts";
import { type OwaspFinding, owaspFindings, owaspRuleCount } from "./owasp.ts";
import { plainSecurityHeaders } from "../decide-security-headers.ts";
import { checks, SecurityHeadersOptionsError } from "../security-headers-options-error.ts";
import type { SitePage } from "../site/analyze-site.ts";

/** The ratings of a page's headers by three well-known tools, computed offline. */
export interface Scorecard {
  /** MDN HTTP Observatory. */
  readonly observatory: ObservatoryReport;
  /** Google's csp_evaluator. */
  readonly cspFindings: readonly CspFinding[];
  /** OWASP's Secure Headers Project. */
  readonly owaspFindings: readonly OwaspFinding[];
  /** One line for each weakness. */
  readonly advice: readonly string[];
}

/** What a scorecard must show at least. */
export interface ScorecardLimits {
  /** @default - any score will do. */
  readonly minObservatoryScore?: number;
  /** @default - any number will do. */
  readonly maxCspFindings?: number;
  /** @default - any number will do. */
  readonly maxOwaspFindings?: number;
}

/**
 * Returns the scorecard of some headers.
 *
 * @param headers Texts by name, or compiled options, of which the HTML page at `/` is judged.
 */
export function scorecard(
  headers: Readonly<Record<string, string>> | CompiledSecurityHeaders,
  facts: ObservatoryFacts = {},
): Scorecard {
  const plain = isCompiled(headers) ? plainSecurityHeaders(headers) : headers;
  const observatory = observatoryReport(plain, facts);
  const policy = Object.entries(plain).find(
    ([name]) => name.toLowerCase() === "content-security-policy",
  );
  const csp = policy === undefined ? [] : cspFindings(policy[1]);
  const owasp = owaspFindings(plain);
  return {
    observatory,
    cspFindings: csp,
    owaspFindings: owasp,
    advice: [
      ...observatory.tests
        .filter(({ advice }) => advice !== undefined)
        .map(({ test, advice }) => `Observatory, ${test}: ${advice}`),
      ...csp.map(
        ({ directive, value, advice }) =>
          `csp_evaluator, ${[directive, value].filter(Boolean).join(" ")}: ${advice}`,
      ),
      ...owasp.map(({ header, advice }) => `OWASP, ${header}: ${advice}`),
    ],
  };
}

/** Returns a scorecard as text, for a terminal. */
export function formatScorecard(card: Scorecard): string {
  const { score, grade } = card.observatory;
  return [
    `MDN Observatory ${score} (${grade})`,
    `csp_evaluator ${card.cspFindings.length} ${card.cspFindings.length === 1 ? "finding" : "findings"}`,
    `OWASP ${owaspRuleCount - card.owaspFindings.length} of ${owaspRuleCount}`,
    ...card.advice.map((line) => `- ${line}`),
  ].join("\n");
}

/**
 * Refuses headers whose scorecard shows less than was asked for.
 *
 * @throws {SecurityHeadersOptionsError} `WEAK_HEADERS`.
 */
export function refuseWeakHeaders(card: Scorecard, limits: ScorecardLimits): void {
  const {
    minObservatoryScore = 0,
    maxCspFindings = Infinity,
    maxOwaspFindings = Infinity,
  } = limits;
  const failures = [
    ...(card.observatory.score < minObservatoryScore
      ? [`Observatory gives ${card.observatory.score} points of ${minObservatoryScore}`]
      : []),
    ...(card.cspFindings.length > maxCspFindings
      ? [`csp_evaluator has ${card.cspFindings.length} findings of at most ${maxCspFindings}`]
      : []),
    ...(card.owaspFindings.length > maxOwaspFindings
      ? [`OWASP misses ${card.owaspFindings.length} headers of at most ${maxOwaspFindings}`]
      : []),
  ];
  if (failures.length === 0) return;
  throw new SecurityHeadersOptionsError(
    "WEAK_HEADERS",
    `The security headers are too weak: ${failures.join("; ")}.\n${card.advice.map((line) => `- ${line}`).join("\n")}`,
  );
}

/** Returns the scorecard of compiled options, and an error where it shows less than the limits ask for. */
export function checkScorecard(
  compiled: CompiledSecurityHeaders,
  pages: readonly SitePage[],
  limits: Readonly<Record<string, unknown>>,
): readonly SynthFinding[] {
  try {
    refuseInvalidLimits(limits);
    const card = scorecard(compiled, pages.length > 0 ? { pages } : {});
    refuseWeakHeaders(card, limits);
    return [{ severity: "info", message: formatScorecard(card) }];
  } catch (error) {
    if (!(error instanceof SecurityHeadersOptionsError)) throw error;
    return [{ severity: "error", message: error.message }];
  }
}

function refuseInvalidLimits(limits: Readonly<Record<string, unknown>>): void {
  const names = ["minObservatoryScore", "maxCspFindings", "maxOwaspFindings"];
  checks.refuseUnknownKeys("limits", limits, names);
  for (const [name, value] of Object.entries(limits)) {
    if (Number.isFinite(value)) continue;
    throw checks.invalidType(`limits.${name}`, "is not a number", value, "Give one, as in 130.");
  }
}

function isCompiled(
  headers: Readonly<Record<string, string>> | CompiledSecurityHeaders,
): headers is CompiledSecurityHeaders {
  return typeof headers.headers === "object";
}
