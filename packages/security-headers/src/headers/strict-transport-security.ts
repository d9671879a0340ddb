import { didYouMean } from "option-checks";
import { checks } from "../security-headers-options-error.ts";

/** For how long, and where, browsers insist on HTTPS. */
export interface StrictTransportSecurityOptions {
  /** @default 63072000 */
  readonly maxAgeSeconds?: number;
  /** @default true */
  readonly includeSubDomains?: boolean;
  /**
   * Asks to be built into browsers, for the whole domain and for good: a year or more, and subdomains.
   * @default false
   */
  readonly preload?: boolean;
}

const optionNames = ["maxAgeSeconds", "includeSubDomains", "preload"];
const twoYearsSeconds = 63_072_000;
// https://hstspreload.org/#submission-requirements
const preloadMinSeconds = 31_536_000;
const directiveNames = ["max-age", "includeSubDomains", "preload"];

/**
 * Returns the text of a Strict-Transport-Security header.
 *
 * @throws {SecurityHeadersOptionsError} when an option is unknown or misspelt, when the time is not a
 *   whole number of seconds, or when `preload` stands with less than a year or without subdomains.
 */
export function strictTransportSecurity(
  options: StrictTransportSecurityOptions = {},
  subject = "strictTransportSecurity",
): string {
  const parts = "Give a text, false, or an object with maxAgeSeconds, includeSubDomains, preload.";
  checks.refuseUnknownKeys(subject, options, optionNames, parts);
  const { maxAgeSeconds = twoYearsSeconds, includeSubDomains = true, preload = false } = options;
  if (!Number.isSafeInteger(maxAgeSeconds) || maxAgeSeconds < 0) {
    const remedy = "Give a whole number of seconds, 0 or more.";
    throw checks.invalidValue(`${subject}.maxAgeSeconds`, "is not a time", maxAgeSeconds, remedy);
  }
  checks.refuseOtherThan(`${subject}.includeSubDomains`, includeSubDomains, [true, false]);
  checks.refuseOtherThan(`${subject}.preload`, preload, [true, false]);
  refuseHalfPreload(subject, { maxAgeSeconds, includeSubDomains, preload }, options);
  return [
    `max-age=${maxAgeSeconds}`,
    ...(includeSubDomains ? ["includeSubDomains"] : []),
    ...(preload ? ["preload"] : []),
  ].join("; ");
}

/**
 * Refuses a Strict-Transport-Security text that browsers would not read as it looks.
 *
 * @throws {SecurityHeadersOptionsError} as `strictTransportSecurity`.
 */
export function parseStrictTransportSecurity(
  text: string,
  subject = "strictTransportSecurity",
): Required<StrictTransportSecurityOptions> {
  const seen = new Set<string>();
  let maxAgeSeconds: number | undefined;
  for (const part of text.split(";")) {
    const [, name = "", value] = /^([^=]*)(?:=(.*))?$/.exec(part.trim()) ?? [];
    if (part.trim() === "") continue;
    const lowerCaseName = name.toLowerCase();
    if (!directiveNames.some((known) => known.toLowerCase() === lowerCaseName)) {
      const remedy = didYouMean(name, directiveNames);
      throw checks.invalidValue(subject, "has a directive that browsers do not know", name, remedy);
    }
    if (seen.has(lowerCaseName)) {
      throw checks.invalidValue(subject, `has ${name} twice`, text, "Keep one.");
    }
    seen.add(lowerCaseName);
    if (lowerCaseName !== "max-age") {
      if (value === undefined) continue;
      throw checks.invalidValue(
        subject,
        `has a value behind ${name}`,
        part.trim(),
        `Write ${name}.`,
      );
    }
    const seconds = value?.replace(/^"(.*)"$/, "$1") ?? "";
    if (/^\d+$/.test(seconds)) maxAgeSeconds = Number(seconds);
  }
  if (maxAgeSeconds === undefined) {
    throw checks.invalidValue(
      subject,
      "has no max-age, without which browsers ignore it",
      text,
      `Begin with a time in seconds, as in "max-age=${twoYearsSeconds}".`,
    );
  }
  const parsed = {
    maxAgeSeconds,
    includeSubDomains: seen.has("includesubdomains"),
    preload: seen.has("preload"),
  };
  refuseHalfPreload(subject, parsed, text);
  return parsed;
}

function refuseHalfPreload(
  subject: string,
  { maxAgeSeconds, includeSubDomains, preload }: Required<StrictTransportSecurityOptions>,
  given: unknown,
): void {
  if (!preload || (includeSubDomains && maxAgeSeconds >= preloadMinSeconds)) return;
  throw checks.invalidValue(
    subject,
    "asks for preload, which browsers' lists refuse without a year and subdomains",
    given,
    `Give max-age ${preloadMinSeconds} or more and includeSubDomains, or leave preload out.`,
  );
}
