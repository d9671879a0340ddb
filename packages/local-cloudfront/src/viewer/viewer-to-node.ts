import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import type { HttpResponse } from "../distribution/http-message.ts";

/** Headers that speak of one connection, which Node writes by itself. */
const connectionHeaders: readonly string[] = [
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
];
const notOverHttp1: ReadonlySet<string> = new Set(connectionHeaders);
/** CloudFront closes the connection after some custom error pages (CF-H-21); HTTP/2 has no such header. */
const notOverHttp2: ReadonlySet<string> = new Set([...connectionHeaders, "connection"]);

/** Writes an answer to the socket, its header names as they are for HTTP/1.1, lower-case for HTTP/2. */
export function viewerToNode(
  response: HttpResponse,
  outgoing: ServerResponse | Http2ServerResponse,
): void {
  const notWritten = "stream" in outgoing ? notOverHttp2 : notOverHttp1;
  const lines: string[] = [];
  for (const name in response.headers) {
    if (notWritten.has(name)) continue;
    for (const { key, value } of response.headers[name] ?? []) {
      lines.push("stream" in outgoing ? name : key, value);
    }
  }
  outgoing.sendDate = false;
  if ("stream" in outgoing) {
    for (let index = 0; index < lines.length; index += 2) {
      outgoing.appendHeader(lines[index] ?? "", lines[index + 1] ?? "");
    }
    outgoing.writeHead(response.status);
  } else {
    outgoing.writeHead(response.status, response.statusDescription, lines);
  }
  outgoing.end(response.body);
}
