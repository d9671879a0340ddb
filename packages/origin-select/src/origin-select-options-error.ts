import { CodedError, optionChecks } from "option-checks";

/** What is wrong with the options of origin-select. */
export type OriginSelectOptionsErrorCode =
  /** An option that origin-select does not have. */
  | "UNKNOWN_OPTION"
  /** An option is absent or has the wrong type. */
  | "INVALID_TYPE"
  /** An option has the right type, but not a value that is allowed. */
  | "INVALID_VALUE"
  /** An origin is not described as CloudFront takes one. */
  | "INVALID_ORIGIN"
  /** A name is that of no origin. */
  | "UNKNOWN_ORIGIN";

/** A mistake in the options of origin-select: which option, its value, what is allowed. */
export class OriginSelectOptionsError extends CodedError<OriginSelectOptionsErrorCode> {
  override readonly name = "OriginSelectOptionsError";
}

/** Refuse what an option cannot be, with an `OriginSelectOptionsError`. */
export const { mistake, refuseInvalidPathPattern, refuseOtherThan, refuseUnknownKeys } =
  optionChecks<OriginSelectOptionsErrorCode, OriginSelectOptionsError>(OriginSelectOptionsError);
