import type { StreamedBody } from "./streamed-body.ts";

/**
 * One header line: `key` as seen on the wire or as CloudFront would write it, `value` with one
 * character for each byte (see byte-string.ts).
 */
export interface HeaderLine {
  readonly key: string;
  readonly value: string;
}

/**
 * Header lines by lower-case name, the shape of CloudFront's events. Made with a null prototype
 * wherever the names come from outside, so that `__proto__` is a name like any other. Many requests
 * share one object: what changes headers makes a copy.
 */
export type HttpHeaders = Readonly<Record<string, readonly HeaderLine[]>>;

/** Headers that are being put together. */
export type MutableHeaders = Record<string, readonly HeaderLine[]>;

/** A request on its way. A value: each step of a request makes new ones, none is changed. */
export interface HttpRequest {
  readonly clientIp: string;
  readonly method: string;
  /** The raw path, percent-encoding intact, one character a byte; starts with `/`. */
  readonly uri: string;
  /** Raw, one character a byte, without the leading `?`; empty where there is none. */
  readonly querystring: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array | undefined;
}

/** A response on its way. For HEAD, `body` is empty while Content-Length speaks of the GET. */
export interface HttpResponse {
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array | StreamedBody;
  /** Whether the origin's connection broke before the body was whole (CF-G-41). */
  readonly isIncomplete?: boolean;
}
