import { CspEvaluator } from "csp_evaluator";
import { Severity, Type } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

/** A weakness of a policy, as Google's csp_evaluator sees it. */
export interface CspFinding {
  readonly severity: "high" | "medium" | "low";
  readonly directive: string;
  /** The value that is weak; absent where something is missing. */
  readonly value?: string;
  /** csp_evaluator's own words. */
  readonly description: string;
  readonly advice: string;
}

const adviceByType: ReadonlyMap<Type, string> = new Map([
  [Type.SCRIPT_UNSAFE_INLINE, "Give the built site to the option site: hashes replace it."],
  [
    Type.SCRIPT_UNSAFE_EVAL,
    "Leave it out, or take 'wasm-unsafe-eval' where it is for WebAssembly.",
  ],
  [Type.SCRIPT_UNSAFE_HASHES, "Move the code of the attributes into scripts."],
  [Type.PLAIN_URL_SCHEMES, "Name hosts, or use hashes with 'strict-dynamic'."],
  [Type.PLAIN_WILDCARD, "Name hosts, or use hashes with 'strict-dynamic'."],
  [Type.MISSING_DIRECTIVES, "Add the directive; 'none' where nothing needs it."],
  [
    Type.SCRIPT_ALLOWLIST_BYPASS,
    "Give the built site to the option site, with integrity attributes: hashes and 'strict-dynamic' replace origins.",
  ],
  [Type.OBJECT_ALLOWLIST_BYPASS, "Set object-src to 'none'."],
  [Type.IP_SOURCE, "Name a host instead of an address."],
  [Type.SRC_HTTP, "Write https:// instead."],
  [Type.DEPRECATED_DIRECTIVE, "Leave it out: browsers no longer read it."],
]);

/**
 * Returns what Google's csp_evaluator finds weak in a policy by its default checks.
 *
 * @param policy The text of a Content-Security-Policy.
 * @see https://github.com/google/csp-evaluator
 */
export function cspFindings(policy: string): readonly CspFinding[] {
  const { csp } = new CspParser(policy);
  return new CspEvaluator(csp)
    .evaluate()
    .filter(({ severity }) => severity !== Severity.NONE)
    .map(({ type, severity, directive, value, description }) => ({
      severity: severityName(severity),
      directive,
      ...(value !== undefined && { value }),
      description,
      advice: adviceByType.get(type) ?? description,
    }));
}

function severityName(severity: Severity): CspFinding["severity"] {
  if (severity <= Severity.SYNTAX) return "high";
  return severity <= Severity.STRICT_CSP ? "medium" : "low";
}
