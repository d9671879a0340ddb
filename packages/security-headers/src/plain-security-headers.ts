import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { decideSecurityHeaders } from "./decide-security-headers.ts";

/** A response that something else than the origin makes. */
export interface PlainHeadersOptions {
  /** @default "/" */
  readonly uri?: string;
  /** @default "text/html" */
  readonly contentType?: string;
}

/**
 * Returns the security headers by name, as they are written on the wire: for a response that another
 * function generates, which no viewer-response function sees (LE-A-11).
 */
export function plainSecurityHeaders(
  compiled: CompiledSecurityHeaders,
  { uri = "/", contentType = "text/html" }: PlainHeadersOptions = {},
): Readonly<Record<string, string>> {
  const headers = { "content-type": [{ key: "Content-Type", value: contentType }] };
  const { set } = decideSecurityHeaders(compiled, { uri, headers });
  return Object.fromEntries(
    Object.values(set).flatMap((lines) => lines.map(({ key, value }) => [key, value])),
  );
}
