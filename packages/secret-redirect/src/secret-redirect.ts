import type { OriginRequestHandler } from "cf-types";
import type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";
import { createPathRedirects } from "./edge/path-redirects.ts";
import { createRuleRedirects } from "./edge/rule-redirects.part.ts";
import type { SecretRedirectPorts } from "./edge/secret-redirect-ports.ts";

/**
 * Returns an origin-request handler that answers the requests that a rule matches with a redirect and
 * lets every other request pass untouched.
 */
export function createSecretRedirect(
  compiled: CompiledSecretRedirect,
  ports: SecretRedirectPorts = {},
): OriginRequestHandler {
  return compiled.parts ? createRuleRedirects(compiled, ports) : createPathRedirects(compiled);
}
