/** What is wrong with the options of security-headers. */
export type SecurityHeadersOptionsErrorCode =
  /** An option that security-headers does not have. */
  | "UNKNOWN_OPTION"
  /** An option has the wrong type. */
  | "INVALID_TYPE"
  /** The value of a header cannot be sent. */
  | "INVALID_VALUE"
  /** The name of a header is not valid, has an option of its own, or is given twice. */
  | "INVALID_NAME"
  /** A viewer-response function may not set this header. */
  | "FORBIDDEN_HEADER";

/** A mistake in the options of security-headers: which option, its value, what is allowed. */
export class SecurityHeadersOptionsError extends Error {
  override readonly name = "SecurityHeadersOptionsError";
  readonly code: SecurityHeadersOptionsErrorCode;

  constructor(code: SecurityHeadersOptionsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
