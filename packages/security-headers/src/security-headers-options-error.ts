import { CodedError, optionChecks } from "option-checks";

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

/** Refuse what an option cannot be, with a `SecurityHeadersOptionsError`. */
export const { mistake, refuseInvalidPathPattern, refuseOtherThan, refuseUnknownKeys } =
  optionChecks(SecurityHeadersOptionsError);

/** Returns the error for a value that does not mean what it looks like. */
export function invalidValue(subject: string, problem: string, value: unknown, remedy: string) {
  return mistake("INVALID_VALUE", subject, problem, value, remedy);
}

/** Returns the error for a value of the wrong type. */
export function invalidType(subject: string, problem: string, value: unknown, remedy: string) {
  return mistake("INVALID_TYPE", subject, problem, value, remedy);
}

/** Returns the error for a name that is not valid, is unknown, or is given twice. */
export function invalidName(message: string): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError("INVALID_NAME", message);
}
