import { emptyHeaders } from "../http/empty-headers.ts";
import { compileWildcards } from "../distribution/compile-wildcards.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import type { S3Origin } from "../distribution/origins.ts";

/**
 * Returns the headers that an object was stored with: those of the first pattern that its key
 * matches. Patterns are those of cache behaviors (CF-J-02, CF-J-03), but a key is matched as it is.
 */
export function storedHeadersOf({ objectHeaders = [] }: S3Origin, key: string): HttpHeaders {
  const found = objectHeaders.find(({ pathPattern }) =>
    compileWildcards(pathPattern.replace(/^\//, ""))(key),
  );
  const headers = emptyHeaders();
  for (const [name, value] of Object.entries(found?.headers ?? {})) {
    headers[name.toLowerCase()] = [{ key: name, value }];
  }
  return headers;
}
