import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of origin-select. */
export type OriginSelectOptionsErrorCode =
  | OptionMistake
  /** An origin is not described as CloudFront takes one. */
  | "INVALID_ORIGIN"
  /** A name is that of no origin. */
  | "UNKNOWN_ORIGIN";

/** A mistake in the options of origin-select: which option, its value, what is allowed. */
export class OriginSelectOptionsError extends CodedError<OriginSelectOptionsErrorCode> {
  override readonly name = "OriginSelectOptionsError";
}

/** Refuse what an option cannot be, with an `OriginSelectOptionsError`. */
export const checks = optionChecks(OriginSelectOptionsError);
