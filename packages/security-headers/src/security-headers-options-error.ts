import { CodedError } from "option-checks";

/** What is wrong with the options of security-headers. */
export type SecurityHeadersOptionsErrorCode =
  /** An option that security-headers does not have. */
  | "UNKNOWN_OPTION"
  /** An option has the wrong type. */
  | "INVALID_TYPE"
  /** The value of a header cannot be sent, or does not mean what it looks like. */
  | "INVALID_VALUE"
  /** The name of a header is not valid, has an option of its own, or is given twice. */
  | "INVALID_NAME"
  /** A function of this event type may not set or remove this header. */
  | "FORBIDDEN_HEADER"
  /** The headers score less than what was asked for. */
  | "WEAK_HEADERS";

/** A mistake in the options of security-headers: which option, its value, what is allowed. */
export class SecurityHeadersOptionsError extends CodedError<SecurityHeadersOptionsErrorCode> {
  override readonly name = "SecurityHeadersOptionsError";
}

/**
 * Returns the error for a value that does not mean what it looks like.
 *
 * @param subject How the error names the option, as in `xFrameOptions`.
 */
export function invalidValue(
  subject: string,
  problem: string,
  value: unknown,
  remedy: string,
): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError(
    "INVALID_VALUE",
    `${subject} ${problem}: got ${asText(value)}. ${remedy}`,
  );
}

/** Returns the error for a value of the wrong type. */
export function invalidType(
  subject: string,
  problem: string,
  value: unknown,
  remedy: string,
): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError(
    "INVALID_TYPE",
    `${subject} ${problem}: got ${asText(value)}. ${remedy}`,
  );
}

function asText(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return JSON.stringify(value) ?? String(value);
}
