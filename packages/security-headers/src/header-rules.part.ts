import type { OriginResponseEvent, ViewerResponseEvent } from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { changedHeaders, headerDecision } from "./header-decision.ts";
import type { SecurityHeadersHandler } from "./security-headers-handler.ts";

/**
 * Returns the handler for every kind of options: headers of documents alone, of some paths, kept or taken
 * away. It is a file of its own beside the bundle, which only configurations load that have need of it.
 */
export function createHeaderRules(compiled: CompiledSecurityHeaders): SecurityHeadersHandler {
  const decide = headerDecision(compiled);

  return async function headerRules(event: ViewerResponseEvent | OriginResponseEvent) {
    const { request, response } = event.Records[0].cf;
    response.headers = changedHeaders(response.headers, decide(request.uri, response.headers));
    return response;
  };
}
