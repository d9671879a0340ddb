import { CodedError, type OptionMistake } from "option-checks";

/** What is wrong with the options of spa-rewrite. */
export type SpaRewriteOptionsErrorCode =
  | OptionMistake
  /** A route is not a path, uses syntax that is not supported, or can never match. */
  | "INVALID_ROUTE"
  /** The document is not the path of a file, or the site does not have it. */
  | "INVALID_DOCUMENT"
  /** The site has more pages than fit beside a viewer-request function. */
  | "TOO_MANY_PAGES"
  /** A file of routes cannot be read. */
  | "INVALID_ROUTES_FILE";

/** A mistake in the options of spa-rewrite: which option, its value, what is allowed. */
export class SpaRewriteOptionsError extends CodedError<SpaRewriteOptionsErrorCode> {
  override readonly name = "SpaRewriteOptionsError";
}
