import { didYouMean } from "./did-you-mean.ts";
import { invalidValue } from "./security-headers-options-error.ts";

// https://www.w3.org/TR/referrer-policy/#referrer-policies
const policies = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "same-origin",
  "origin",
  "strict-origin",
  "origin-when-cross-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
];

/**
 * Returns the text of a Referrer-Policy header from one policy or a list, of which browsers take the
 * last one that they know. What is neither is returned as it is.
 *
 * @throws {SecurityHeadersOptionsError} `INVALID_VALUE` when a policy is unknown or given twice.
 */
export function referrerPolicy(value: unknown, subject = "referrerPolicy"): unknown {
  if (typeof value === "string") {
    if (/^[ -~]+$/.test(value)) refuseMistakes(value.split(",").map(trimmed), value, subject);
    return value;
  }
  if (!Array.isArray(value)) return value;
  if (value.length === 0) {
    throw invalidValue(subject, "has no policy", value, "Give one, or false for no header.");
  }
  refuseMistakes(value, value, subject);
  return value.join(",");
}

function refuseMistakes(given: readonly unknown[], value: unknown, subject: string): void {
  for (const [index, policy] of given.entries()) {
    if (typeof policy !== "string" || !policies.includes(policy)) {
      throw invalidValue(
        subject,
        "has a policy that browsers do not know",
        policy,
        didYouMean(String(policy), policies, (name) => JSON.stringify(name)),
      );
    }
    if (given.indexOf(policy) < index) {
      throw invalidValue(subject, `has ${policy} twice`, value, "Keep one.");
    }
  }
}

function trimmed(text: string): string {
  return text.trim();
}
