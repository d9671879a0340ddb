import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of edge-auth. */
export type EdgeAuthOptionsErrorCode =
  | OptionMistake
  /** A rule needs one of several options, and has none of them or two. */
  | "ONE_OF_SEVERAL"
  /** A password, or a secret, that is too short to be one. */
  | "TOO_SHORT"
  /** A key set without a key that checks a signature. */
  | "NO_KEY";

/** A mistake in the options of edge-auth: which option, its value, what is allowed. */
export class EdgeAuthOptionsError extends CodedError<EdgeAuthOptionsErrorCode> {
  override readonly name = "EdgeAuthOptionsError";
}

/** Checks that refuse an option with an `EdgeAuthOptionsError`. */
export const checks = optionChecks(EdgeAuthOptionsError);
