import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { HttpHeaders } from "../distribution/http-message.ts";
import type { ViewerRequest } from "../edge-location/viewer-request.ts";

/** A request whose target CloudFront would not take as a path. */
export class MalformedRequestError extends Error {
  override readonly name = "MalformedRequestError";
}

/** Translates what the socket received, with its header names as they were written. */
export function nodeToViewer(
  incoming: IncomingMessage | Http2ServerRequest,
  body: Uint8Array | undefined,
  protocol: ViewerRequest["protocol"],
): Omit<ViewerRequest, "profile"> {
  const { uri, querystring } = splitTarget(incoming.url ?? "");
  return {
    protocol,
    port: incoming.socket.remotePort ?? 0,
    httpVersion:
      incoming.httpVersionMajor === 2 ? "2.0" : incoming.httpVersion === "1.0" ? "1.0" : "1.1",
    request: {
      clientIp: peerAddress(incoming.socket.remoteAddress),
      method: incoming.method ?? "GET",
      uri,
      querystring,
      headers: headersOf(incoming),
      body,
    },
  };
}

/** Splits a request target at its first `?`; an absolute target is reduced to its path. */
function splitTarget(target: string): { readonly uri: string; readonly querystring: string } {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, "");
  const [beforeQuery = ""] = path.split("?", 1);
  const uri = beforeQuery === "" && path !== target ? "/" : beforeQuery;
  if (!uri.startsWith("/")) {
    throw new MalformedRequestError(
      `Request target must be a path: got ${JSON.stringify(target)}.`,
    );
  }
  return { uri, querystring: path.slice(beforeQuery.length + 1) };
}

function headersOf(incoming: IncomingMessage | Http2ServerRequest): HttpHeaders {
  const headers = Object.create(null) as HttpHeaders;
  const { rawHeaders } = incoming;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const key = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    if (key === ":authority") {
      headers["host"] ??= [{ key: "host", value }];
    } else if (!key.startsWith(":")) {
      const name = key.toLowerCase();
      if (name === "host" && incoming.httpVersionMajor === 2) headers["host"] = [{ key, value }];
      else (headers[name] ??= []).push({ key, value });
    }
  }
  return headers;
}

/** Node writes IPv4 peers of a dual-stack socket as `::ffff:127.0.0.1`. */
function peerAddress(remoteAddress: string | undefined): string {
  return (remoteAddress ?? "").replace(/^::ffff:/, "");
}
