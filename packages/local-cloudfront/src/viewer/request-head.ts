import { addHeaderLine, emptyHeaders } from "../http/empty-headers.ts";
import type { HttpHeaders } from "../http/http-message.ts";

/** What the parser understood of the head of a request. */
export interface RequestHead {
  readonly isHttp2: boolean;
  /** As in `1.1`. */
  readonly httpVersion: string;
  readonly method: string;
  /** As the viewer wrote it: a path, or any other form of a request target. */
  readonly target: string;
  /** Names and values in turn, as the viewer wrote them. */
  readonly rawHeaders: readonly string[];
}

/** Returns the values of a header; `name` is lower-case. */
export function headValues({ rawHeaders }: RequestHead, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const key = rawHeaders[index] ?? "";
    const isFound = key.length === name.length && key.toLowerCase() === name;
    if (isFound) values.push(rawHeaders[index + 1] ?? "");
  }
  return values;
}

/**
 * Returns the bytes of a head as HTTP/1.1 has it on the wire; HTTP/2 sends the same compressed, and
 * has its request line among the headers.
 *
 * @param linesBytes those of its header lines
 */
export function headBytes(
  { isHttp2, httpVersion, method, target }: RequestHead,
  linesBytes: number,
): number {
  const requestLine = isHttp2 ? 0 : `${method} ${target} HTTP/${httpVersion}\r\n`.length;
  return requestLine + linesBytes + "\r\n".length;
}

/** Returns the bytes of the header lines. */
export function headerLinesBytes({ rawHeaders }: RequestHead): number {
  return rawHeaders.reduce((bytes, text) => bytes + text.length + ": ".length, 0);
}

/** Returns the headers, with their names as they were written. */
export function headersOf(head: RequestHead): HttpHeaders {
  const headers = emptyHeaders();
  const { rawHeaders } = head;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const key = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    if (key === ":authority") headers["host"] = [{ key: "Host", value }];
    else if (!key.startsWith(":")) addHeaderLine(headers, key, value);
  }
  const { authority } = splitTarget(head.target) ?? {};
  // RFC 9112, section 3.2.2: the absolute form says which host is meant, whatever Host says.
  if (authority !== undefined) headers["host"] = [{ key: "Host", value: authority }];
  // Both names of HTTP/2 are one: their values were found equal.
  if (head.isHttp2) headers["host"] = (headers["host"] ?? []).slice(0, 1);
  return headers;
}

/** A request target, split at its first `?`. */
export interface RequestTarget {
  /** The path, raw. */
  readonly uri: string;
  /** Raw, without the `?`; empty where there is none. */
  readonly querystring: string;
  /** Of the absolute form, which a viewer writes to a proxy; undefined for a path alone. */
  readonly authority: string | undefined;
}

/** Splits a request target; undefined where it is neither a path nor an absolute URL of HTTP. */
export function splitTarget(target: string): RequestTarget | undefined {
  const [prefix = "", authority] = target.startsWith("/")
    ? []
    : (/^https?:\/\/([^/?#]*)/i.exec(target) ?? []);
  const rest = target.slice(prefix.length);
  const path = authority !== undefined && !rest.startsWith("/") ? `/${rest}` : rest;
  if (!path.startsWith("/") || path.includes("#")) return undefined;
  const end = path.indexOf("?");
  const uri = end === -1 ? path : path.slice(0, end);
  return { uri, querystring: path.slice(uri.length + 1), authority };
}
