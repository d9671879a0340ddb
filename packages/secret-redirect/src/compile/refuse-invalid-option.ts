import { closestMatch } from "leven";
import {
  SecretRedirectOptionsError,
  type SecretRedirectOptionsErrorCode,
} from "../secret-redirect-options-error.ts";

/** Returns a value as a message shows it. */
export function shown(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

/** Returns the error for a value that an option cannot have. */
export function invalid(
  code: SecretRedirectOptionsErrorCode,
  subject: string,
  problem: string,
  value: unknown,
  remedy: string,
): SecretRedirectOptionsError {
  return new SecretRedirectOptionsError(
    code,
    `${subject} ${problem}: got ${shown(value)}. ${remedy}`,
  );
}

/**
 * Refuses what is no object, and keys that it does not have.
 *
 * @param subject The path of the object, empty for the options themselves.
 * @throws {SecretRedirectOptionsError} `INVALID_TYPE` or `UNKNOWN_OPTION`.
 */
export function refuseUnknownKeys(subject: string, value: unknown, names: readonly string[]): void {
  const allowed = `Allowed: ${names.join(", ")}.`;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    const [who, be] = subject === "" ? ["The options", "are"] : [subject, "is"];
    throw invalid("INVALID_TYPE", who, `${be} not an object`, value, allowed);
  }
  for (const [name, given] of Object.entries(value)) {
    if (names.includes(name)) continue;
    const meant = closestMatch(name, [...names], { maxDistance: 2 });
    throw invalid(
      "UNKNOWN_OPTION",
      subject === "" ? name : `${subject}.${name}`,
      "is not an option",
      given,
      meant === undefined ? allowed : `Did you mean ${meant}?`,
    );
  }
}

/**
 * Refuses a value that is not among those that an option may have.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_VALUE`.
 */
export function refuseOtherThan(subject: string, value: unknown, allowed: readonly string[]): void {
  if (typeof value === "string" && allowed.includes(value)) return;
  throw invalid(
    "INVALID_VALUE",
    subject,
    "is not valid",
    value,
    `Allowed: ${allowed.map(shown).join(", ")}.`,
  );
}
