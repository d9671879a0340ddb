import type { GeneratedResponse, OriginRequestHandler } from "cf-types";
import type { CompiledSecretRedirect } from "./options.ts";

/**
 * Returns an origin-request handler that answers the secret path with a redirect and lets every other
 * request pass untouched.
 */
export function createSecretRedirect(compiled: CompiledSecretRedirect): OriginRequestHandler {
  const { path } = compiled;
  const response = frozenResponse(compiled);

  return async function secretRedirect(event) {
    const { request } = event.Records[0].cf;
    return request.uri === path ? response : request;
  };
}

/** One object answers all requests: frozen, so that no answer can change the next one. */
function frozenResponse({ response }: CompiledSecretRedirect): GeneratedResponse {
  const location = response.headers.location.map((line) => Object.freeze({ ...line }));
  Object.freeze(location);
  return Object.freeze({ ...response, headers: Object.freeze({ location }) });
}
