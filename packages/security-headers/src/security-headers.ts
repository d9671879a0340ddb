import type { EventHeader, OriginResponseEvent, ViewerResponseEvent } from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { createHeaderRules } from "./header-rules.part.ts";
import type { SecurityHeadersHandler } from "./security-headers-handler.ts";

/**
 * Returns a handler that sets the compiled headers on each response. A header of the same name is
 * replaced, unless the options keep it; all others are left as they are, unless the options remove them.
 *
 * What sets the same headers on every response is all that the bundle has by itself.
 */
export function createSecurityHeaders(compiled: CompiledSecurityHeaders): SecurityHeadersHandler {
  if (compiled.parts) return createHeaderRules(compiled);
  const names = Object.keys(compiled.headers);
  const lines = Object.values(compiled.headers);
  const count = names.length;

  return async function (event: ViewerResponseEvent | OriginResponseEvent) {
    const response = event.Records[0].cf.response;
    const headers = response.headers;
    // Each of these places meets one name for as long as the function runs, which V8 makes as quick as
    // `headers.name = …`. In a loop, as in `Object.assign`, each name is looked up: three times as long.
    if (count > 0) headers[names[0] as string] = lines[0] as EventHeader[];
    if (count > 1) headers[names[1] as string] = lines[1] as EventHeader[];
    if (count > 2) headers[names[2] as string] = lines[2] as EventHeader[];
    if (count > 3) headers[names[3] as string] = lines[3] as EventHeader[];
    if (count > 4) headers[names[4] as string] = lines[4] as EventHeader[];
    if (count > 5) headers[names[5] as string] = lines[5] as EventHeader[];
    if (count > 6) headers[names[6] as string] = lines[6] as EventHeader[];
    for (let index = 7; index < count; index += 1) {
      headers[names[index] as string] = lines[index] as EventHeader[];
    }
    return response;
  };
}
