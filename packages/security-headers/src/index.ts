export {
  type CompiledSecurityHeaders,
  type SecurityHeadersOptions,
  compileSecurityHeaders,
} from "./options.ts";
export { createSecurityHeaders } from "./security-headers.ts";
export {
  SecurityHeadersOptionsError,
  type SecurityHeadersOptionsErrorCode,
} from "./security-headers-options-error.ts";
