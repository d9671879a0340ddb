import type { EventHeader, ViewerResponseHandler } from "cf-types";
import type { CompiledSecurityHeaders } from "./options.ts";

/**
 * Returns a viewer-response handler that sets the compiled headers on each response. A header of the
 * same name is replaced; all others are left as they are.
 */
export function createSecurityHeaders(compiled: CompiledSecurityHeaders): ViewerResponseHandler {
  const headers = frozenHeaders(compiled);

  return async function securityHeaders(event) {
    const { response } = event.Records[0].cf;
    Object.assign(response.headers, headers);
    return response;
  };
}

/** The same objects go into every response: frozen, so that no response can change the next one. */
function frozenHeaders({ headers }: CompiledSecurityHeaders) {
  const frozen: Record<string, readonly Readonly<EventHeader>[]> = {};
  for (const [name, lines] of Object.entries(headers)) {
    frozen[name] = Object.freeze(lines.map((line) => Object.freeze({ ...line })));
  }
  return frozen;
}
