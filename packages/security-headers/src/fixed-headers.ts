import type { OriginResponseEvent, ViewerResponseEvent } from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { frozenLines } from "./frozen-lines.ts";
import type { SecurityHeadersHandler } from "./security-headers-handler.ts";
import { setHeaders } from "./set-headers.ts";

/**
 * Returns the handler for options that set the same headers on every response: what the bundle does by
 * itself. `decideSecurityHeaders` decides the same.
 */
export function createFixedHeaders({ headers }: CompiledSecurityHeaders): SecurityHeadersHandler {
  const fixed = { names: Object.keys(headers), lines: Object.values(headers).map(frozenLines) };

  return async function fixedHeaders(event: ViewerResponseEvent | OriginResponseEvent) {
    const { response } = event.Records[0].cf;
    setHeaders(response.headers, fixed);
    return response;
  };
}
