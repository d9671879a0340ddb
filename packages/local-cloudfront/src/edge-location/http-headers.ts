import { copyHeaders, copyHeadersWithout } from "../http/empty-headers.ts";
import type { HttpHeaders } from "../http/http-message.ts";

/** Returns the first value of a header; `name` is lower-case. */
export function headerValue(headers: HttpHeaders, name: string): string | undefined {
  return headers[name]?.[0]?.value;
}

/** Returns a copy of the headers with one line per given name, written as given. */
export function withHeaders(
  headers: HttpHeaders,
  lines: Readonly<Record<string, string>>,
): HttpHeaders {
  const copy = copyHeaders(headers);
  for (const [key, value] of Object.entries(lines)) {
    copy[key.toLowerCase()] = [{ key, value }];
  }
  return copy;
}

/** Returns a copy of the headers without the given lower-case names. */
export function withoutHeaders(headers: HttpHeaders, names: readonly string[]): HttpHeaders {
  return copyHeadersWithout(headers, names);
}
