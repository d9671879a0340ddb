import type { OriginResponseEvent, ViewerResponseEvent } from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import type { SecurityHeadersHandler } from "./security-headers-handler.ts";
import { setHeaders } from "./set-headers.ts";

/**
 * Returns the handler for options that set the same headers on every response: what the bundle does by
 * itself. `decideSecurityHeaders` decides the same.
 *
 * @param compiled Its lines go into every response, and are frozen, so that no response can change the next
 *   one.
 */
export function createFixedHeaders({ headers }: CompiledSecurityHeaders): SecurityHeadersHandler {
  const fixed = { names: Object.keys(headers), lines: Object.values(headers) };
  // Called by the engine: a function around it would be one more to compile before the first response.
  fixed.lines.flat().forEach(Object.freeze);
  fixed.lines.forEach(Object.freeze);

  return async function fixedHeaders(event: ViewerResponseEvent | OriginResponseEvent) {
    const { response } = event.Records[0].cf;
    setHeaders(response.headers, fixed);
    return response;
  };
}
