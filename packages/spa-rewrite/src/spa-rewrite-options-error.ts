/** What is wrong with the options of spa-rewrite. */
export type SpaRewriteOptionsErrorCode =
  /** An option that spa-rewrite does not have. */
  | "UNKNOWN_OPTION"
  /** An option is absent or has the wrong type. */
  | "INVALID_TYPE"
  /** A route is not a path, or uses syntax that is not supported. */
  | "INVALID_ROUTE"
  /** The document is not the path of a file. */
  | "INVALID_DOCUMENT";

/** A mistake in the options of spa-rewrite: which option, its value, what is allowed. */
export class SpaRewriteOptionsError extends Error {
  override readonly name = "SpaRewriteOptionsError";
  readonly code: SpaRewriteOptionsErrorCode;

  constructor(code: SpaRewriteOptionsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
