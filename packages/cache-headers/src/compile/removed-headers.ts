import { isDisallowedHeader, readOnlyHeaders } from "cf-rules";
import { isTextList } from "option-checks";
import { checks } from "../cache-headers-options-error.ts";

/** What the rules decide on, or what says how the body is to be read. */
const needed: Readonly<Record<string, string>> = {
  "cache-control": "It is what the rules set: write a rule.",
  "content-type": "Browsers would guess the type.",
  "content-encoding": "Browsers could not read the body.",
  "content-length": "CloudFront caches no body whose length it does not know.",
};

/**
 * Returns names of headers as the source of a regular expression over lower-case names, `null` for none.
 *
 * @throws {CacheHeadersOptionsError} `INVALID_HEADER` for what a function may not remove at origin-response (LE-C-06).
 */
export function removedHeaders(subject: string, names: unknown): string | null {
  if (!isTextList(names) || !names.every((name) => /^[\w!#$%&'+.^`|~-]+\*?$/.test(name))) {
    throw checks.mistake(
      "INVALID_HEADER",
      subject,
      "is not a list of header names",
      names,
      'Give names, with * as the last character for all that begin so, as in ["Server", "x-amz-meta-*"].',
    );
  }
  if (names.length === 0) return null;
  for (const [index, name] of names.entries()) refuseName(`${subject}[${index}]`, name);
  return `^(?:${names.map(sourceOf).join("|")})$`;
}

function sourceOf(name: string): string {
  const escaped = name.toLowerCase().replaceAll(/[$+.^|]/g, String.raw`\$&`);
  return escaped.replace("*", ".*");
}

function refuseName(subject: string, name: string): void {
  const isNamed = new RegExp(`^${sourceOf(name)}$`);
  const readOnly = readOnlyHeaders("origin-response").find((each) => isNamed.test(each));
  const taken = Object.keys(needed).find((each) => isNamed.test(each));
  const reason =
    readOnly !== undefined
      ? `CloudFront responds with 502 when a function removes ${readOnly} at origin-response.`
      : isDisallowedHeader(name.toLowerCase())
        ? "CloudFront does not show it to functions: leave it out."
        : taken && needed[taken];
  if (reason === undefined) return;
  const problem = "names a header that must stay";
  throw checks.mistake("INVALID_HEADER", subject, problem, name, reason);
}
