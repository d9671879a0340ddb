import { didYouMean } from "./did-you-mean.ts";
import {
  type DirectiveKind,
  sandboxTokens,
  sourceKeywords,
} from "./content-security-policy-directives.ts";
import { invalidValue } from "./security-headers-options-error.ts";

const hash = /^'sha(?:256|384|512)-[A-Za-z\d+/_-]+={0,2}'$/;
const nonce = /^'nonce-/;
const unquoted = /^(?:nonce-.*|sha(?:256|384|512)-.*)$/;
const scheme = /^[a-z][a-z\d+.-]*:$/i;
const host =
  /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::(?:\d+|\*))?(?:\/[^\s?#]*)?$/i;
const bareKeywords = new Set(sourceKeywords.map((keyword) => keyword.slice(1, -1)));
const ancestorKeywords = ["'self'", "'none'"];

/**
 * Refuses a value behind a directive that a browser would ignore or read as something else.
 *
 * @param subject How an error names the directive.
 * @throws {SecurityHeadersOptionsError} `INVALID_VALUE`.
 */
export function refuseMistakenValues(
  subject: string,
  kind: DirectiveKind,
  values: readonly string[],
): void {
  if (kind === "flag" && values.length > 0) {
    throw invalidValue(subject, "takes no value", values.join(" "), "Leave the value out.");
  }
  if (kind === "sandbox") refuseUnknownSandboxTokens(subject, values);
  if (kind !== "sources" && kind !== "ancestors") return;
  for (const value of values) refuseMistakenSource(subject, kind, value);
  if (values.includes("'none'") && values.length > 1) {
    throw invalidValue(
      subject,
      "has 'none' beside another source, so browsers ignore the 'none'",
      values.join(" "),
      "Leave out the 'none' or the others.",
    );
  }
  if (values.includes("'strict-dynamic'") && !values.some((value) => hash.test(value))) {
    throw invalidValue(
      subject,
      "has 'strict-dynamic' without a hash, which blocks every script",
      values.join(" "),
      "Add the hashes of the page's scripts (the option site finds them), or leave it out.",
    );
  }
}

function refuseMistakenSource(subject: string, kind: DirectiveKind, value: string): void {
  if (bareKeywords.has(value.toLowerCase()) || unquoted.test(value)) {
    throw invalidValue(
      subject,
      "has a keyword without its single quotes, which browsers read as a host",
      value,
      `Write "'${value}'".`,
    );
  }
  if (nonce.test(value)) {
    throw invalidValue(
      subject,
      "has a nonce, which would be the same on every response and so protect nothing",
      value,
      "Use the hashes of the scripts instead: the option site finds them.",
    );
  }
  if (value.includes("'")) {
    const keywords = kind === "ancestors" ? ancestorKeywords : sourceKeywords;
    if (keywords.includes(value.toLowerCase()) || (kind === "sources" && hash.test(value))) return;
    throw invalidValue(
      subject,
      "has a keyword that browsers do not know",
      value,
      didYouMean(value, keywords),
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

function refuseUnknownSandboxTokens(subject: string, values: readonly string[]): void {
  for (const value of values) {
    if (sandboxTokens.includes(value)) continue;
    throw invalidValue(
      subject,
      "has a token that browsers do not know",
      value,
      didYouMean(value, sandboxTokens),
    );
  }
}
