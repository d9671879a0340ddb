/** What is wrong with the options of secret-redirect. */
export type SecretRedirectOptionsErrorCode =
  /** An option that secret-redirect does not have. */
  | "UNKNOWN_OPTION"
  /** An option is absent or has the wrong type. */
  | "INVALID_TYPE"
  /** The path is not one that a request can have. */
  | "INVALID_PATH"
  /** The location is no absolute http(s) URL and no path, or leads back to the secret path. */
  | "INVALID_LOCATION"
  /** The status is not one of a redirect. */
  | "INVALID_STATUS";

/** A mistake in the options of secret-redirect: which option, its value, what is allowed. */
export class SecretRedirectOptionsError extends Error {
  override readonly name = "SecretRedirectOptionsError";
  readonly code: SecretRedirectOptionsErrorCode;

  constructor(code: SecretRedirectOptionsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
