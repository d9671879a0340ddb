import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of security-headers. */
export type SecurityHeadersOptionsErrorCode =
  | OptionMistake
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

/** Checks that refuse an option with a `SecurityHeadersOptionsError`. */
export const checks = optionChecks(SecurityHeadersOptionsError);

/** Returns the error for a name that is not valid, is unknown, or is given twice. */
export function invalidName(message: string): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError("INVALID_NAME", message);
}
