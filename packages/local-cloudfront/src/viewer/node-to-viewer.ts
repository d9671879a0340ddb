import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { HttpHeaders } from "../http/http-message.ts";
import type { RequestProblem, ViewerRequest } from "../edge-location/request/viewer-request.ts";
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

/** What was read of a request beside its request line. */
export interface ReadRequest {
  readonly headers: HttpHeaders;
  readonly body: Uint8Array | undefined;
  readonly problem: RequestProblem | undefined;
  /** The side of the distribution on which it came in. */
  readonly protocol: ViewerRequest["protocol"];
}

/** Translates what the socket received, with its header names as they were written. */
export function nodeToViewer(
  { socket }: IncomingMessage | Http2ServerRequest,
  head: RequestHead,
  { headers, body, problem, protocol }: ReadRequest,
): Omit<ViewerRequest, "profile"> {
  const { uri, querystring } = splitTarget(head.target) ?? { uri: head.target, querystring: "" };
  return {
    protocol,
    rawQueryString: head.target.includes("?") ? querystring : undefined,
    port: socket.remotePort ?? 0,
    httpVersion: head.isHttp2 ? "2.0" : head.httpVersion === "1.0" ? "1.0" : "1.1",
    request: {
      clientIp: peerAddress(socket.remoteAddress),
      method: head.method,
      uri,
      querystring,
      headers,
      body,
    },
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Node writes IPv4 peers of a dual-stack socket as `::ffff:127.0.0.1`. */
function peerAddress(remoteAddress: string | undefined): string {
  return (remoteAddress ?? "").replace(/^::ffff:/, "");
}
