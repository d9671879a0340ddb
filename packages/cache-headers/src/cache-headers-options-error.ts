import { CodedError, optionChecks } from "option-checks";

/** What is wrong with the options of cache-headers. */
export type CacheHeadersOptionsErrorCode =
  /** An option that cache-headers does not have. */
  | "UNKNOWN_OPTION"
  /** An option has the wrong type. */
  | "INVALID_TYPE"
  /** An option has the right type, but not a value that is allowed. */
  | "INVALID_VALUE"
  /** Two options contradict each other. */
  | "CONTRADICTION"
  /** A header is none that a function may remove at origin-response. */
  | "INVALID_HEADER";

/** A mistake in the options of cache-headers: which option, its value, what is allowed. */
export class CacheHeadersOptionsError extends CodedError<CacheHeadersOptionsErrorCode> {
  override readonly name = "CacheHeadersOptionsError";
}

/** Refuse what an option cannot be, with a `CacheHeadersOptionsError`. */
export const { mistake, refuseInvalidPathPattern, refuseOtherThan, refuseUnknownKeys } =
  optionChecks<CacheHeadersOptionsErrorCode, CacheHeadersOptionsError>(CacheHeadersOptionsError);

/** Returns the error for a value of the wrong type. */
export function invalidType(subject: string, problem: string, value: unknown, remedy: string) {
  return mistake("INVALID_TYPE", subject, problem, value, remedy);
}

/** Returns the error for a value of the right type that is not allowed. */
export function invalidValue(subject: string, problem: string, value: unknown, remedy: string) {
  return mistake("INVALID_VALUE", subject, problem, value, remedy);
}
