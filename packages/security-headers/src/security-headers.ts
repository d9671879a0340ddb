import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { createFixedHeaders } from "./fixed-headers.ts";
import { createHeaderRules } from "./header-rules.part.ts";
import type { SecurityHeadersHandler } from "./security-headers-handler.ts";

/**
 * Returns a handler that sets the compiled headers on each response. A header of the same name is
 * replaced, unless the options keep it; all others are left as they are, unless the options remove them.
 */
export function createSecurityHeaders(compiled: CompiledSecurityHeaders): SecurityHeadersHandler {
  return compiled.parts ? createHeaderRules(compiled) : createFixedHeaders(compiled);
}
