import { CodedError, type OptionMistake } from "option-checks";

/** What is wrong with the options of secret-redirect. */
export type SecretRedirectOptionsErrorCode =
  | OptionMistake
  /** The path or pattern is not one that a request can have. */
  | "INVALID_PATH"
  /** The location is no absolute http(s) URL and no path, or leads back to where it comes from. */
  | "INVALID_LOCATION"
  /** The status is not one of a redirect. */
  | "INVALID_STATUS"
  /** A condition cannot be met, or is not understood. */
  | "INVALID_CONDITION"
  /** The token is incomplete. */
  | "INVALID_TOKEN"
  /** So many patterns overlap that a path would have to be tried against hundreds of branches. */
  | "TOO_MUCH_OVERLAP"
  /** A file of redirects cannot be read, or holds something that is not supported. */
  | "INVALID_FILE";

/** A mistake in the options of secret-redirect: which option, its value, what is allowed. */
export class SecretRedirectOptionsError extends CodedError<SecretRedirectOptionsErrorCode> {
  override readonly name = "SecretRedirectOptionsError";
}
