import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of edge-sign-in. */
export type EdgeSignInOptionsErrorCode =
  | OptionMistake
  /** A secret that is too short to be one. */
  | "TOO_SHORT";

/** A mistake in the options of edge-sign-in: which option, its value, what is allowed. */
export class EdgeSignInOptionsError extends CodedError<EdgeSignInOptionsErrorCode> {
  override readonly name = "EdgeSignInOptionsError";
}

/** Checks that refuse an option with an `EdgeSignInOptionsError`. */
export const checks = optionChecks(EdgeSignInOptionsError);
