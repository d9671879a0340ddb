import type { OriginRequestHandler } from "cf-types";
import type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";
import { systemClock } from "./secret-redirect-ports.ts";
import { decideSecretRedirect } from "./decide-secret-redirect.ts";
import type { SecretRedirectPorts } from "./secret-redirect-ports.ts";

/**
 * Returns an origin-request handler that answers the requests that a rule matches with a redirect and
 * lets every other request pass untouched.
 */
export function createSecretRedirect(
  compiled: CompiledSecretRedirect,
  // oxlint-disable-next-line no-console -- the function's log is its console
  { clock = systemClock, random = Math.random, log = console.log }: SecretRedirectPorts = {},
): OriginRequestHandler {
  const { logSampleRate = 0 } = compiled;

  return async (event) => {
    const { request } = event.Records[0].cf;
    const decision = decideSecretRedirect(compiled, request, clock);
    if (!decision) return request;
    const { rule, response } = decision;
    if (logSampleRate > random()) {
      const { status } = response;
      log(JSON.stringify({ function: "secret-redirect", rule, uri: request.uri, status }));
    }
    return response;
  };
}
