import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of release-select. */
export type ReleaseSelectOptionsErrorCode = OptionMistake;

/** A mistake in the options of release-select: which option, its value, what is allowed. */
export class ReleaseSelectOptionsError extends CodedError<ReleaseSelectOptionsErrorCode> {
  override readonly name = "ReleaseSelectOptionsError";
}

/** Checks that refuse an option with a `ReleaseSelectOptionsError`. */
export const checks = optionChecks(ReleaseSelectOptionsError);
