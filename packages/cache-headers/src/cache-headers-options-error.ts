import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of cache-headers. */
export type CacheHeadersOptionsErrorCode =
  | OptionMistake
  /** Two options contradict each other. */
  | "CONTRADICTION"
  /** A header is none that a function may remove at origin-response. */
  | "INVALID_HEADER";

/** A mistake in the options of cache-headers: which option, its value, what is allowed. */
export class CacheHeadersOptionsError extends CodedError<CacheHeadersOptionsErrorCode> {
  override readonly name = "CacheHeadersOptionsError";
}

/** Checks that refuse an option with a `CacheHeadersOptionsError`. */
export const checks = optionChecks(CacheHeadersOptionsError);
