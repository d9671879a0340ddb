import { emptyHeaders } from "../distribution/empty-headers.ts";
import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { HttpHeaders } from "../distribution/http-message.ts";
import type { RequestProblem, ViewerRequest } from "../edge-location/viewer-request.ts";
import { splitTarget, type RequestHead } from "./request-head.ts";

/** Returns the head of a request as the parser has understood it. */
export function requestHead(incoming: IncomingMessage | Http2ServerRequest): RequestHead {
  return {
    isHttp2: "stream" in incoming,
    httpVersion: incoming.httpVersion,
    method: incoming.method ?? "",
    target: incoming.url ?? "",
    rawHeaders: incoming.rawHeaders,
  };
}

/** Translates what the socket received, with its header names as they were written. */
export function nodeToViewer(
  { socket }: IncomingMessage | Http2ServerRequest,
  head: RequestHead,
  body: Uint8Array | undefined,
  protocol: ViewerRequest["protocol"],
  problem: RequestProblem | undefined,
): Omit<ViewerRequest, "profile"> {
  const { uri, querystring } = splitTarget(head.target) ?? { uri: head.target, querystring: "" };
  return {
    protocol,
    port: socket.remotePort ?? 0,
    httpVersion: head.isHttp2 ? "2.0" : head.httpVersion === "1.0" ? "1.0" : "1.1",
    request: {
      clientIp: peerAddress(socket.remoteAddress),
      method: head.method,
      uri,
      querystring,
      headers: headersOf(head),
      body,
    },
    ...(problem === undefined ? {} : { problem }),
  };
}

function headersOf(head: RequestHead): HttpHeaders {
  const headers = emptyHeaders();
  const { rawHeaders } = head;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const key = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    if (key === ":authority") headers["host"] = [{ key: "Host", value }];
    else if (!key.startsWith(":")) (headers[key.toLowerCase()] ??= []).push({ key, value });
  }
  const { authority } = splitTarget(head.target) ?? {};
  // RFC 9112, section 3.2.2: the absolute form says which host is meant, whatever Host says.
  if (authority !== undefined) headers["host"] = [{ key: "Host", value: authority }];
  // Both names of HTTP/2 are one: their values were found equal.
  if (head.isHttp2) headers["host"] = (headers["host"] ?? []).slice(0, 1);
  return headers;
}

/** Node writes IPv4 peers of a dual-stack socket as `::ffff:127.0.0.1`. */
function peerAddress(remoteAddress: string | undefined): string {
  return (remoteAddress ?? "").replace(/^::ffff:/, "");
}
