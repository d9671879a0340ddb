import type {
  OriginResponseEvent,
  OriginResponseHandler,
  ViewerResponseEvent,
  ViewerResponseHandler,
} from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { changedHeaders, createHeaderDecision } from "./header-decision.ts";

/** A handler for viewer-response and origin-response alike. */
export type SecurityHeadersHandler = ViewerResponseHandler & OriginResponseHandler;

/**
 * Returns a handler that sets the compiled headers on each response. A header of the same name is
 * replaced, unless the options keep it; all others are left as they are, unless the options remove them.
 */
export function createSecurityHeaders(compiled: CompiledSecurityHeaders): SecurityHeadersHandler {
  const decide = createHeaderDecision(compiled);

  return async (event: ViewerResponseEvent | OriginResponseEvent) => {
    const { request, response } = event.Records[0].cf;
    const { changes } = decide(request.uri, response.headers, response.status);
    response.headers = changedHeaders(response.headers, changes);
    return response;
  };
}
