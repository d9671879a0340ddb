import { createHash } from "node:crypto";
import type { ValueCondition } from "../edge/compiled-secret-redirect.ts";
import type { RedirectToken } from "./redirect-rule.ts";
import { refuseInvalidName } from "./redirect-conditions.ts";
import { refuseOtherThan, refuseUnknownKeys } from "./refuse-invalid-option.ts";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";

const sha256OfNothing = sha256Of("");

/**
 * Returns the condition that a request carries a token: its SHA-256, never the token. No message shows
 * the token either.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_TYPE`, `UNKNOWN_OPTION`, `INVALID_VALUE`,
 *   `INVALID_CONDITION` or `INVALID_TOKEN`.
 */
export function readRedirectToken(subject: string, token: RedirectToken): ValueCondition {
  refuseUnknownKeysQuietly(subject, token);
  refuseOtherThan(`${subject}.in`, token.in, ["query", "cookie", "header"]);
  refuseInvalidName(`${subject}.name`, token.in, String(token.name ?? ""));
  const name = token.in === "header" ? token.name.toLowerCase() : token.name;
  return { in: token.in, name, sha256: readSha256(subject, token) };
}

function readSha256(subject: string, { value, sha256 }: RedirectToken): string {
  if ((value === undefined) === (sha256 === undefined)) {
    throw invalidToken(`${subject} needs either value or sha256. Give exactly one of them.`);
  }
  if (sha256 === undefined) {
    if (typeof value === "string" && value !== "") return sha256Of(value);
    throw invalidToken(
      `${subject}.value is not a string with at least one character. Give the secret itself.`,
    );
  }
  if (typeof sha256 === "string" && /^[\dA-Fa-f]{64}$/.test(sha256)) {
    const folded = sha256.toLowerCase();
    if (folded !== sha256OfNothing) return folded;
    throw invalidToken(`${subject}.sha256 is that of an empty text. Give that of the secret.`);
  }
  throw invalidToken(
    `${subject}.sha256 is not valid: got ${JSON.stringify(sha256)}. Give the SHA-256 of the secret, 64 hexadecimal digits.`,
  );
}

function refuseUnknownKeysQuietly(subject: string, token: unknown): void {
  const names = ["in", "name", "value", "sha256"];
  if (token === null || typeof token !== "object") {
    throw invalidToken(`${subject} is not an object. Allowed: ${names.join(", ")}.`);
  }
  const withoutValues = Object.fromEntries(Object.keys(token).map((name) => [name, "…"]));
  refuseUnknownKeys(subject, withoutValues, names);
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function invalidToken(message: string): SecretRedirectOptionsError {
  return new SecretRedirectOptionsError("INVALID_TOKEN", message);
}
