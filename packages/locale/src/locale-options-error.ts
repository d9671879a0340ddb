import { CodedError, optionChecks } from "option-checks";

/** What is wrong with the options of locale. */
export type LocaleOptionsErrorCode =
  /** An option that locale does not have. */
  | "UNKNOWN_OPTION"
  /** An option is absent or has the wrong type. */
  | "INVALID_TYPE"
  /** An option has the right type, but not a value that is allowed. */
  | "INVALID_VALUE"
  /** A text is no language tag, or two stand for the same language. */
  | "INVALID_LOCALE"
  /** A prefix is no path, or that of two locales. */
  | "INVALID_PATH";

/** A mistake in the options of locale: which option, its value, what is allowed. */
export class LocaleOptionsError extends CodedError<LocaleOptionsErrorCode> {
  override readonly name = "LocaleOptionsError";
}

/** Refuse what an option cannot be, with a `LocaleOptionsError`. */
export const { mistake, refuseInvalidPathPattern, refuseOtherThan, refuseUnknownKeys } =
  optionChecks<LocaleOptionsErrorCode, LocaleOptionsError>(LocaleOptionsError);
