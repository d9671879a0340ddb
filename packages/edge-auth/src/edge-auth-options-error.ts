import { CodedError, optionChecks } from "option-checks";

/** What is wrong with the options of edge-auth. */
export type EdgeAuthOptionsErrorCode =
  /** An option that edge-auth does not have. */
  | "UNKNOWN_OPTION"
  /** An option has the wrong type. */
  | "INVALID_TYPE"
  /** An option has the right type, but not a value that is allowed. */
  | "INVALID_VALUE"
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

/** What refuses an option with an `EdgeAuthOptionsError`. */
export const optionsChecks = optionChecks<EdgeAuthOptionsErrorCode, EdgeAuthOptionsError>(
  EdgeAuthOptionsError,
);
export const { mistake, refuseUnknownKeys } = optionsChecks;
