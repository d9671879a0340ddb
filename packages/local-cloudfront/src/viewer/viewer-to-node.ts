import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import { pipeline } from "node:stream";
import { StreamedBody } from "../http/streamed-body.ts";
import type { HttpHeaders, HttpResponse } from "../http/http-message.ts";
import { http2ErrorCodes } from "./http2-error-codes.ts";
import { singleValueHeaders } from "./single-value-headers.ts";

/** Headers that speak of one connection. */
const connectionHeaders: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Writes a response to the socket, its header names as they are for HTTP/1.1, lower-case for HTTP/2.
 *
 * @returns the header lines that it wrote: names and values in turn
 */
export function viewerToNode(
  response: HttpResponse,
  outgoing: ServerResponse | Http2ServerResponse,
): readonly string[] {
  outgoing.sendDate = false;
  const lines =
    "stream" in outgoing ? writeHttp2Head(response, outgoing) : writeHead(response, outgoing);
  const { body } = response;
  if (body instanceof StreamedBody) stream(body, outgoing);
  else if (response.isIncomplete === true) breakOff(response.headers, body, outgoing);
  else outgoing.end(body);
  return lines;
}

/** Reads a body as fast as the viewer takes it; one that cannot be read to its end breaks off. */
function stream(body: StreamedBody, outgoing: ServerResponse | Http2ServerResponse): void {
  // Whichever side fails, the other one is ended: a viewer that leaves stops the read.
  pipeline(body, "stream" in outgoing ? outgoing.stream : outgoing, () => undefined);
}

/** Sends what there is of a body, and ends the connection, or the stream, before its end (CF-G-41). */
function breakOff(
  headers: HttpHeaders,
  body: Uint8Array,
  outgoing: ServerResponse | Http2ServerResponse,
): void {
  if ("stream" in outgoing) {
    outgoing.write(body, () => outgoing.stream.close(http2ErrorCodes.internalError));
    return;
  }
  outgoing.flushHeaders();
  const { socket } = outgoing;
  if (headers["content-length"] !== undefined || outgoing.chunkedEncoding) {
    outgoing.write(body);
    socket?.destroySoon();
  } else {
    // To HTTP/1.0, an end in good order is the end of the body.
    outgoing.write(body, () => socket?.resetAndDestroy());
  }
}

function writeHead(response: HttpResponse, outgoing: ServerResponse): string[] {
  const { status, statusDescription, headers } = response;
  const lines: string[] = [];
  for (const name in headers) {
    const values = connectionHeaders.has(name) ? undefined : headers[name];
    if (values === undefined) continue;
    for (const { key, value } of values) lines.push(key, value);
  }
  lines.push("Connection", connectionOf(response, outgoing));
  try {
    outgoing.writeHead(status, statusDescription, lines);
    return lines;
  } catch {
    // Seldom is there a character that is no byte: looking for one each time would take longer.
    const bytes = lines.map(wireText);
    outgoing.writeHead(status, wireText(statusDescription), bytes);
    return bytes;
  }
}

/**
 * HTTP/2 in Node refuses a second line of some headers.
 *
 * FIDELITY F-SINGLE-VALUE: of such a header the first line is sent.
 */
function writeHttp2Head(
  { status, headers }: HttpResponse,
  outgoing: Http2ServerResponse,
): string[] {
  const lines: string[] = [];
  for (const [name, values] of Object.entries(headers)) {
    if (connectionHeaders.has(name)) continue;
    const most = singleValueHeaders.has(name) ? 1 : values.length;
    for (const { value } of values.slice(0, most)) lines.push(name, wireText(value));
  }
  for (let index = 0; index < lines.length; index += 2) {
    outgoing.appendHeader(lines[index] ?? "", lines[index + 1] ?? "");
  }
  outgoing.writeHead(status);
  return lines;
}

/** Values are bytes, one a character, as they came from the origin; other characters go as UTF-8. */
function wireText(value: string): string {
  // eslint-disable-next-line no-control-regex -- the range of bytes is what is looked for
  return /^[\u0000-\u00ff]*$/.test(value) ? value : Buffer.from(value).toString("latin1");
}

/** CloudFront closes the connection after some responses (CF-H-21, CF-J-10), else the viewer decides. */
function connectionOf({ headers }: HttpResponse, outgoing: ServerResponse): string {
  const closes = headers["connection"]?.[0]?.value.toLowerCase() === "close";
  return closes || !outgoing.shouldKeepAlive ? "close" : "keep-alive";
}

/**
 * Returns the bytes that a response has on the wire; for HTTP/2 as if the head were not compressed.
 *
 * @param lines the header lines that were written
 */
export function sentBytes(
  { status, statusDescription, body }: HttpResponse,
  lines: readonly string[],
): number {
  const statusLine = `HTTP/1.1 ${status} ${statusDescription}\r\n`.length;
  const headers = lines.reduce((bytes, text) => bytes + text.length + ": ".length, 0);
  const hasBody = status !== 204 && status !== 304;
  return statusLine + headers + "\r\n".length + (hasBody ? body.byteLength : 0);
}
