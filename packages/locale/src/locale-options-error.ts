import { CodedError, optionChecks, type OptionMistake } from "option-checks";

/** What is wrong with the options of locale. */
export type LocaleOptionsErrorCode =
  | OptionMistake
  /** A text is not a language tag, or two stand for the same language. */
  | "INVALID_LOCALE"
  /** A prefix is no path, or that of two locales. */
  | "INVALID_PATH";

/** A mistake in the options of locale: which option, its value, what is allowed. */
export class LocaleOptionsError extends CodedError<LocaleOptionsErrorCode> {
  override readonly name = "LocaleOptionsError";
}

/** Checks that refuse an option with a `LocaleOptionsError`. */
export const checks = optionChecks(LocaleOptionsError);
