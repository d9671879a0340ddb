import { didYouMean, isTextList } from "option-checks";
import { type DirectiveKind, sandboxTokens, sourceKeywords } from "./directives.ts";
import { asciiForm, isHashSource, sourceMistake } from "./mistaken-source.ts";
import {
  endpointRemedy,
  isReportAddress,
  reportAddressRemedy,
} from "../headers/reporting-endpoints.ts";
import { checks } from "../security-headers-options-error.ts";

const unsendable = /[;,]|[^!-~]/;
// https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
const trustedTypesPolicyName = /^[\w#=/@.%-]+$/;
const reportGroup = /^[\w!#$%&*+.^`|~-]+$/;
const keywordsByKind: Readonly<Partial<Record<DirectiveKind, readonly string[]>>> = {
  sources: sourceKeywords,
  ancestors: ["'self'", "'none'"],
  "trusted-types-policies": ["'none'", "'allow-duplicates'"],
  "trusted-types-sinks": ["'script'"],
};

/**
 * Refuses a value of a directive that would end the directive, or that a browser would ignore or read as
 * something else.
 *
 * @param subject How an error names the directive or option.
 * @throws {SecurityHeadersOptionsError} `INVALID_TYPE` or `INVALID_VALUE`.
 */
export function checkDirectiveValues(
  subject: string,
  kind: DirectiveKind,
  values: readonly string[],
): void {
  if (!isTextList(values)) {
    throw checks.invalidType(
      subject,
      "is not a list of texts",
      values,
      `Give one, as in ["'self'"].`,
    );
  }
  const mistake = (problem: string, remedy: string) =>
    checks.invalidValue(subject, problem, values.join(" "), remedy);
  if (kind === "flag" && values.length > 0) {
    throw mistake("takes no value", "Leave the value out.");
  }
  for (const value of values) checkValue(kind, value, subject);
  if (values.length === 0 && (kind === "trusted-types-sinks" || kind === "report-addresses")) {
    const example = kind === "trusted-types-sinks" ? "'script'" : "https://example.com/reports";
    throw mistake("has no value, so browsers ignore it", `Write it with one, as in "${example}".`);
  }
  if (kind === "report-group" && values.length !== 1) {
    throw mistake("does not name one endpoint", endpointRemedy);
  }
  const lowerCase = values.map((value) => value.toLowerCase());
  if (lowerCase.includes("'none'") && values.length > 1) {
    throw mistake(
      "has 'none' beside another source, so browsers ignore the 'none'",
      "Leave out the 'none' or the others.",
    );
  }
  if (lowerCase.includes("'strict-dynamic'") && !values.some(isHashSource)) {
    throw mistake(
      "has 'strict-dynamic' without a hash, which blocks every script",
      "Add the hashes of the page's scripts (the option site finds them), or leave it out.",
    );
  }
}

/** Returns the error for a value. */
type Mistake = (problem: string, remedy: string) => Error;

function checkValue(kind: DirectiveKind, value: string, subject: string): void {
  const mistake: Mistake = (problem, remedy) =>
    checks.invalidValue(subject, problem, value, remedy);
  if (unsendable.test(value) || value === "") {
    const remedy =
      "Give each source by itself, in printable ASCII without spaces, commas and semicolons.";
    throw mistake("has a value that cannot stand in a policy", asciiForm(value) ?? remedy);
  }
  if (kind === "sandbox") {
    if (sandboxTokens.includes(value)) return;
    throw mistake("has a token that browsers do not know", didYouMean(value, sandboxTokens));
  }
  if (kind === "report-group") {
    if (reportGroup.test(value)) return;
    throw mistake("has a name that no endpoint can have", endpointRemedy);
  }
  if (kind === "report-addresses") {
    if (isReportAddress(value)) return;
    throw mistake("is not an address for reports", reportAddressRemedy);
  }
  const keywords = keywordsByKind[kind] ?? [];
  const quoted = `'${value}'`.toLowerCase();
  if (keywords.includes(value.toLowerCase())) return;
  if (kind.startsWith("trusted-types") && keywords.includes(quoted)) {
    throw mistake("has a keyword without its single quotes", `Write "${quoted}".`);
  }
  if (kind === "trusted-types-policies") {
    if (value === "*" || trustedTypesPolicyName.test(value)) return;
    const remedy = "Allowed: letters, digits, - # = _ / @ . %";
    throw mistake("has a name that no policy of Trusted Types can have", remedy);
  }
  if (kind === "trusted-types-sinks") {
    throw mistake("has a keyword that browsers do not know", didYouMean(value, keywords));
  }
  if (kind === "sources" && isHashSource(value)) return;
  const found = sourceMistake(value, keywords);
  if (found !== undefined) throw mistake(...found);
}
