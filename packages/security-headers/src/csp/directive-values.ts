import { domainToASCII } from "node:url";
import { didYouMean, isTextList } from "option-checks";
import { type DirectiveKind, directiveKind, sandboxTokens, sourceKeywords } from "./directives.ts";
import {
  endpointRemedy,
  isReportAddress,
  reportAddressRemedy,
} from "../headers/reporting-endpoints.ts";
import { invalidType, invalidValue } from "../security-headers-options-error.ts";

const unsendable = /[;,]|[^!-~]/;
const hash =
  /^'(?:sha256-[A-Za-z\d+/_-]{43}=|sha384-[A-Za-z\d+/_-]{64}|sha512-[A-Za-z\d+/_-]{86}==)'$/;
const hashLike = /^'?sha-?(256|384|512)[-:=]([A-Za-z\d+/_-]*)=*'?$/i;
const nonce = /^'?nonce-/i;
const scheme = /^[a-z][a-z\d+.-]*:$/i;
const host =
  /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::(?:\d+|\*))?(?:\/(?:[\w\-.~!$&()*+=:@/]|%[\da-f]{2})*)?$/i;
// https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
const trustedTypesPolicyName = /^[\w#=/@.%-]+$/;
const reportGroup = /^[\w!#$%&*+.^`|~-]+$/;
const bareSchemes = /^(?:blob|data|filesystem|https?|mediastream|wss?)$/i;
const keywordsByKind: Readonly<Partial<Record<DirectiveKind, readonly string[]>>> = {
  sources: sourceKeywords,
  ancestors: ["'self'", "'none'"],
  "trusted-types-policies": ["'none'", "'allow-duplicates'"],
  "trusted-types-sinks": ["'script'"],
};

/** Digits of base64 that a digest has, and the padding behind them. */
const digests: Readonly<Record<string, readonly [digits: number, padding: string]>> = {
  256: [43, "="],
  384: [64, ""],
  512: [86, "=="],
};

/** Returns whether a text is the hash of a script or style, as it stands in a policy. */
export function isHashSource(value: unknown): boolean {
  return typeof value === "string" && hash.test(value);
}

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
    throw invalidType(subject, "is not a list of texts", values, `Give one, as in ["'self'"].`);
  }
  const mistake = (problem: string, remedy: string) =>
    invalidValue(subject, problem, values.join(" "), remedy);
  if (kind === "flag" && values.length > 0) {
    throw mistake("takes no value", "Leave the value out.");
  }
  for (const value of values) checkValue(kind, value, subject);
  if (kind === "report-group" && values.length !== 1) {
    throw mistake("does not name one endpoint", endpointRemedy);
  }
  if (values.includes("'none'") && values.length > 1) {
    throw mistake(
      "has 'none' beside another source, so browsers ignore the 'none'",
      "Leave out the 'none' or the others.",
    );
  }
  if (values.includes("'strict-dynamic'") && !values.some(isHashSource)) {
    throw mistake(
      "has 'strict-dynamic' without a hash, which blocks every script",
      "Add the hashes of the page's scripts (the option site finds them), or leave it out.",
    );
  }
}

/** Returns the error for a value. */
type Mistake = (problem: string, remedy: string) => Error;

function checkValue(kind: DirectiveKind, value: string, subject: string): void {
  const mistake: Mistake = (problem, remedy) => invalidValue(subject, problem, value, remedy);
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
  if (keywords.includes(quoted)) {
    throw mistake(
      "has a keyword without its single quotes, which browsers read as a host",
      `Write "${quoted}".`,
    );
  }
  if (kind === "trusted-types-policies") {
    if (value === "*" || trustedTypesPolicyName.test(value)) return;
    const remedy = "Allowed: letters, digits, - # = _ / @ . %";
    throw mistake("has a name that no policy of Trusted Types can have", remedy);
  }
  if (kind === "sources") {
    if (isHashSource(value)) return;
    refuseMistakenHash(value, mistake);
  }
  if (value.includes("'") || kind === "trusted-types-sinks") {
    throw mistake("has a keyword that browsers do not know", didYouMean(value, keywords));
  }
  checkHostOrScheme(value, mistake);
}

function checkHostOrScheme(value: string, mistake: Mistake): void {
  const directive = value.toLowerCase();
  if (directiveKind(directive) !== undefined) {
    throw mistake(
      "has the name of a directive among its sources, which browsers read as a host",
      `Begin a directive of its own: "; ${directive} …" in a text, or a key of directives.`,
    );
  }
  if (bareSchemes.test(value)) {
    throw mistake(
      "has a scheme without its colon, which browsers read as a host",
      `Write "${value}:".`,
    );
  }
  if (scheme.test(value) || host.test(value)) return;
  throw mistake(
    "has a source that browsers cannot read",
    "Write a host, as in https://api.example.com, a scheme, as in data:, or a keyword in single quotes.",
  );
}

function refuseMistakenHash(value: string, mistake: Mistake): void {
  if (nonce.test(value)) {
    throw mistake(
      "has a nonce, which would be the same on every response and so protect nothing",
      "Use the hashes of the scripts instead: the option site finds them.",
    );
  }
  const [, bits, digest] = hashLike.exec(value) ?? [];
  if (bits === undefined || digest === undefined) return;
  const [digits, padding] = digests[bits] ?? [0, ""];
  throw mistake(
    "has a hash that browsers cannot read",
    digest.length === digits
      ? `Write "'sha${bits}-${digest}${padding}'".`
      : `Write 'sha${bits}-…' with all ${digits + padding.length} characters of its base64; the option site finds the hashes of a site.`,
  );
}

/** The remedy for a host in letters beyond ASCII. */
function asciiForm(value: string): string | undefined {
  const [, before = "", name = "", after = ""] =
    /^([a-z][a-z\d+.-]*:\/\/)?([^\s/:;,'"]+)([!-~]*)$/i.exec(value) ?? [];
  const ascii = /[^!-~]/.test(name) ? domainToASCII(name) : "";
  return ascii === "" || unsendable.test(after) ? undefined : `Write "${before}${ascii}${after}".`;
}
