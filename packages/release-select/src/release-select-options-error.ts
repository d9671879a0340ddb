import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of release-select. */
export type ReleaseSelectOptionsErrorCode = OptionMistake;

/** A mistake in the options of release-select: which option, its value, what is allowed. */
export class ReleaseSelectOptionsError extends CodedError<ReleaseSelectOptionsErrorCode> {
  override readonly name = "ReleaseSelectOptionsError";
}

/** Refuse what an option cannot be, with a `ReleaseSelectOptionsError`. */
export const { invalidValue, refuseUnknownKeys } = optionChecks(ReleaseSelectOptionsError);
