export {
  type CompiledSecretRedirect,
  type RedirectStatus,
  type SecretRedirectOptions,
  compileSecretRedirect,
} from "./options.ts";
export { createSecretRedirect } from "./secret-redirect.ts";
export {
  SecretRedirectOptionsError,
  type SecretRedirectOptionsErrorCode,
} from "./secret-redirect-options-error.ts";
