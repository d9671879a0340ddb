import { createServer, IncomingMessage, type Server, type ServerResponse } from "node:http";
import type * as http2 from "node:http2";
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { createRequire } from "node:module";
import type { Duplex } from "node:stream";
import { lastResponse } from "./last-response.ts";

/** A key and a certificate in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Loaded only where viewers speak TLS: without it, the start is faster. */
const loadHttp2 = (): typeof http2 => createRequire(import.meta.url)("node:http2") as typeof http2;

/** Takes one request; `expectsContinue` where the viewer waits for leave to send its body. */
export type RequestListener = (
  incoming: IncomingMessage | Http2ServerRequest,
  outgoing: ServerResponse | Http2ServerResponse,
  expectsContinue: boolean,
) => void;

function limits(requestHeadBytes: number) {
  return {
    // Node counts a little less than what is on the wire: the head is measured again.
    maxHeaderSize: requestHeadBytes,
    // A request without Host is to get CloudFront's page, not Node's.
    requireHostHeader: false,
    keepAliveTimeout: 60_000,
  };
}

/** Each header of HTTP/2 counts: the size of the head is what limits their number. */
function http2Limits(requestHeadBytes: number) {
  return {
    maxHeaderListPairs: requestHeadBytes,
    settings: { maxHeaderListSize: 2 * requestHeadBytes, maxConcurrentStreams: 128 },
  };
}

/** What a server of Node is made with. */
export interface NodeServerOptions {
  /** Serves TLS with it, HTTP/2 included; undefined serves plain HTTP/1.1. */
  readonly certificate: ServerCertificate | undefined;
  /** Whether viewers may use HTTP/2; asked at each TLS handshake. */
  readonly acceptsHttp2: () => boolean;
  /** The longest head of a request that is taken. */
  readonly requestHeadBytes: number;
}

/** Returns a server of Node that does not listen yet. */
export function createNodeServer(
  { certificate, acceptsHttp2, requestHeadBytes }: NodeServerOptions,
  listener: RequestListener,
): Server | Http2SecureServer {
  const server =
    certificate === undefined
      ? createServer(limits(requestHeadBytes))
      : loadHttp2().createSecureServer({
          ...limits(requestHeadBytes),
          ...http2Limits(requestHeadBytes),
          ...certificate,
          allowHTTP1: true,
          ALPNCallback: ({ protocols }) =>
            ["h2", "http/1.1"].find(
              (protocol) => protocols.includes(protocol) && (protocol !== "h2" || acceptsHttp2()),
            ),
        });
  // Node would drop what goes beyond 2000 headers without a word.
  Object.assign(server, { maxHeadersCount: 0 });
  return withListener(server, listener);
}

/** Node answers some requests by itself where nobody listens for them. */
function withListener<S extends Server | Http2SecureServer>(
  server: S,
  listener: RequestListener,
): S {
  const withoutContinue = (
    incoming: IncomingMessage | Http2ServerRequest,
    outgoing: ServerResponse | Http2ServerResponse,
  ): void => listener(incoming, outgoing, false);
  server.on("request", withoutContinue);
  server.on("checkExpectation", withoutContinue);
  server.on(
    "checkContinue",
    (
      incoming: IncomingMessage | Http2ServerRequest,
      outgoing: ServerResponse | Http2ServerResponse,
    ) => listener(incoming, outgoing, true),
  );
  server.on(
    "connect",
    (incoming: IncomingMessage | Http2ServerRequest, outgoing: Duplex | Http2ServerResponse) => {
      if ("stream" in outgoing) listener(incoming as Http2ServerRequest, outgoing, false);
      else if (incoming instanceof IncomingMessage)
        listener(incoming, lastResponse(incoming, incoming.socket), false);
    },
  );
  return server;
}
