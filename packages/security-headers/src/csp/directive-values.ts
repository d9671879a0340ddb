import { domainToASCII } from "node:url";
import { didYouMean, isTextList } from "option-checks";
import { type DirectiveKind, directiveKind, sandboxTokens, sourceKeywords } from "./directives.ts";
import { isReportAddress } from "../headers/reporting-endpoints.ts";
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
  if (kind === "flag" && values.length > 0) {
    throw invalidValue(subject, "takes no value", values.join(" "), "Leave the value out.");
  }
  for (const value of values) checkValue(subject, kind, value);
  if (kind === "report-group" && values.length !== 1) {
    throw invalidValue(
      subject,
      "does not name one endpoint",
      values.join(" "),
      "Give one name of reportingEndpoints.",
    );
  }
  if (values.includes("'none'") && values.length > 1) {
    throw invalidValue(
      subject,
      "has 'none' beside another source, so browsers ignore the 'none'",
      values.join(" "),
      "Leave out the 'none' or the others.",
    );
  }
  if (values.includes("'strict-dynamic'") && !values.some(isHashSource)) {
    throw invalidValue(
      subject,
      "has 'strict-dynamic' without a hash, which blocks every script",
      values.join(" "),
      "Add the hashes of the page's scripts (the option site finds them), or leave it out.",
    );
  }
}

function checkValue(subject: string, kind: DirectiveKind, value: string): void {
  if (unsendable.test(value) || value === "") {
    throw invalidValue(
      subject,
      "has a value that cannot stand in a policy",
      value,
      asciiForm(value) ??
        "Give each source by itself, in printable ASCII without spaces, commas and semicolons.",
    );
  }
  switch (kind) {
    case "sandbox":
      if (sandboxTokens.includes(value)) return;
      throw invalidValue(
        subject,
        "has a token that browsers do not know",
        value,
        didYouMean(value, sandboxTokens),
      );
    case "report-group":
      if (reportGroup.test(value)) return;
      throw invalidValue(
        subject,
        "has a name that no endpoint can have",
        value,
        "Give one name of reportingEndpoints.",
      );
    case "report-addresses":
      if (isReportAddress(value)) return;
      throw invalidValue(
        subject,
        "is not an address for reports",
        value,
        "Give an https:// address, or a path of this site.",
      );
    default:
      checkSource(subject, kind, value);
  }
}

function checkSource(subject: string, kind: DirectiveKind, value: string): void {
  const keywords = keywordsByKind[kind] ?? [];
  const quoted = `'${value}'`.toLowerCase();
  if (keywords.includes(quoted)) {
    throw invalidValue(
      subject,
      "has a keyword without its single quotes, which browsers read as a host",
      value,
      `Write "${quoted}".`,
    );
  }
  if (keywords.includes(value.toLowerCase())) return;
  if (kind === "trusted-types-policies") return checkPolicyName(subject, value);
  if (kind === "sources") {
    if (hash.test(value)) return;
    refuseMistakenHash(subject, value);
  }
  if (value.includes("'") || kind === "trusted-types-sinks") {
    throw invalidValue(
      subject,
      "has a keyword that browsers do not know",
      value,
      didYouMean(value, keywords),
    );
  }
  if (directiveKind(value.toLowerCase()) !== undefined) {
    throw invalidValue(
      subject,
      "has the name of a directive among its sources, which browsers read as a host",
      value,
      `Begin a directive of its own: "; ${value.toLowerCase()} …" in a text, or a key of directives.`,
    );
  }
  if (bareSchemes.test(value)) {
    throw invalidValue(
      subject,
      "has a scheme without its colon, which browsers read as a host",
      value,
      `Write "${value}:".`,
    );
  }
  if (!scheme.test(value) && !host.test(value)) {
    throw invalidValue(
      subject,
      "has a source that browsers cannot read",
      value,
      "Write a host, as in https://api.example.com, a scheme, as in data:, or a keyword in single quotes.",
    );
  }
}

function checkPolicyName(subject: string, value: string): void {
  if (value === "*" || trustedTypesPolicyName.test(value)) return;
  throw invalidValue(
    subject,
    "has a name that no policy of Trusted Types can have",
    value,
    "Allowed: letters, digits, - # = _ / @ . %",
  );
}

function refuseMistakenHash(subject: string, value: string): void {
  if (nonce.test(value)) {
    throw invalidValue(
      subject,
      "has a nonce, which would be the same on every response and so protect nothing",
      value,
      "Use the hashes of the scripts instead: the option site finds them.",
    );
  }
  const [, bits, digest] = hashLike.exec(value) ?? [];
  if (bits === undefined || digest === undefined) return;
  const [digits, padding] = digests[bits] ?? [0, ""];
  throw invalidValue(
    subject,
    "has a hash that browsers cannot read",
    value,
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
