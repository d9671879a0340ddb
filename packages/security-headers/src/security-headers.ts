import type { OriginResponseEvent, ViewerResponseEvent } from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { changedHeaders, headerDecision } from "./header-decision.ts";
import type { SecurityHeadersHandler } from "./security-headers-handler.ts";

/**
 * Returns a handler that sets the compiled headers on each response. A header of the same name is
 * replaced, unless the options keep it; all others are left as they are, unless the options remove them.
 */
export function createSecurityHeaders(compiled: CompiledSecurityHeaders): SecurityHeadersHandler {
  const decide = headerDecision(compiled);

  return async (event: ViewerResponseEvent | OriginResponseEvent) => {
    const { request, response } = event.Records[0].cf;
    response.headers = changedHeaders(response.headers, decide(request.uri, response.headers));
    return response;
  };
}
