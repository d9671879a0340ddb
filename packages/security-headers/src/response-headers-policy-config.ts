import { compileSecurityHeaders } from "./compile-security-headers.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import {
  type ResponseHeadersPolicyConfig,
  type ResponseHeadersPolicyOptions,
  responseHeadersPolicy,
} from "./response-headers-policy.ts";

/**
 * Returns a CloudFront response headers policy with the headers of the options; as
 * `responseHeadersPolicy`. What it cannot say, `responseHeadersPolicyGaps` lists.
 *
 * @throws {SecurityHeadersOptionsError} as `compileSecurityHeaders`.
 */
export function responseHeadersPolicyConfig(
  options: SecurityHeadersOptions = {},
  policy: ResponseHeadersPolicyOptions = {},
): ResponseHeadersPolicyConfig {
  return responseHeadersPolicy(compileSecurityHeaders(options), policy);
}
