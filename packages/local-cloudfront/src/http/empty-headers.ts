import type { MutableHeaders, HttpHeaders } from "./http-message.ts";

/** Its objects inherit nothing, so that any name is only a name. */
const Headers = function Headers() {} as unknown as new () => MutableHeaders;
Object.defineProperty(Headers, "prototype", { value: Object.create(null) });

/**
 * Returns headers without a line. V8 keeps an object that was made by a constructor in a form that
 * is filled, copied and read several times as fast as one of `Object.create(null)`.
 */
export function emptyHeaders(): MutableHeaders {
  return new Headers();
}

/** Adds a line to headers, behind those of the same name. */
export function addHeaderLine(headers: MutableHeaders, key: string, value: string): void {
  const name = key.toLowerCase();
  const before = headers[name];
  headers[name] = before === undefined ? [{ key, value }] : [...before, { key, value }];
}

/** Returns a copy of headers; the arrays of lines are the same. */
export function copyHeaders(headers: HttpHeaders): MutableHeaders {
  return Object.assign(new Headers(), headers);
}

/** Returns a copy of headers without the given lower-case names: `delete` would cost that form. */
export function copyHeadersWithout(headers: HttpHeaders, names: readonly string[]): HttpHeaders {
  const copy = new Headers();
  for (const name of Object.keys(headers)) {
    const lines = headers[name];
    if (lines !== undefined && !names.includes(name)) copy[name] = lines;
  }
  return copy;
}
