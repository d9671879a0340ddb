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
 */
export function headBytes({
  isHttp2,
  httpVersion,
  method,
  target,
  rawHeaders,
}: RequestHead): number {
  const requestLine = isHttp2 ? 0 : `${method} ${target} HTTP/${httpVersion}\r\n`.length;
  const headers = rawHeaders.reduce((bytes, text) => bytes + text.length + ": ".length, 0);
  return requestLine + headers + "\r\n".length;
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
  const [uri = ""] = path.split("?", 1);
  return { uri, querystring: path.slice(uri.length + 1), authority };
}
