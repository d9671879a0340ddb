import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import type { HttpResponse } from "../distribution/http-message.ts";
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
 * Writes an answer to the socket, its header names as they are for HTTP/1.1, lower-case for HTTP/2.
 *
 * @returns the bytes that it has on the wire; for HTTP/2 as if the head were not compressed
 */
export function viewerToNode(
  response: HttpResponse,
  outgoing: ServerResponse | Http2ServerResponse,
): number {
  const lines: string[] = [];
  for (const name in response.headers) {
    if (connectionHeaders.has(name)) continue;
    for (const { key, value } of headerLines(response, name, outgoing)) {
      lines.push("stream" in outgoing ? name : key, wireText(value));
    }
  }
  outgoing.sendDate = false;
  if ("stream" in outgoing) {
    for (let index = 0; index < lines.length; index += 2) {
      outgoing.appendHeader(lines[index] ?? "", lines[index + 1] ?? "");
    }
    outgoing.writeHead(response.status);
  } else {
    lines.push("Connection", connectionOf(response, outgoing));
    outgoing.writeHead(response.status, response.statusDescription, lines);
  }
  outgoing.end(response.body);
  return sentBytes(response, lines);
}

/**
 * HTTP/2 in Node refuses a second line of some headers.
 *
 * FIDELITY F-SINGLE-VALUE: of such a header the first line is sent.
 */
function headerLines(
  { headers }: HttpResponse,
  name: string,
  outgoing: ServerResponse | Http2ServerResponse,
): HttpResponse["headers"][string] {
  const lines = headers[name] ?? [];
  return "stream" in outgoing && singleValueHeaders.has(name) ? lines.slice(0, 1) : lines;
}

/** Values are bytes, one a character, as they came from the origin; other characters go as UTF-8. */
function wireText(value: string): string {
  // eslint-disable-next-line no-control-regex -- the range of bytes is what is looked for
  return /^[\u0000-\u00ff]*$/.test(value) ? value : Buffer.from(value).toString("latin1");
}

/** CloudFront closes the connection after some answers (CF-H-21, CF-J-10), else the viewer decides. */
function connectionOf({ headers }: HttpResponse, outgoing: ServerResponse): string {
  const closes = headers["connection"]?.[0]?.value.toLowerCase() === "close";
  return closes || !outgoing.shouldKeepAlive ? "close" : "keep-alive";
}

function sentBytes({ status, statusDescription, body }: HttpResponse, lines: string[]): number {
  const statusLine = `HTTP/1.1 ${status} ${statusDescription}\r\n`.length;
  const headers = lines.reduce((bytes, text) => bytes + text.length + ": ".length, 0);
  const hasBody = status !== 204 && status !== 304;
  return statusLine + headers + "\r\n".length + (hasBody ? body.byteLength : 0);
}
