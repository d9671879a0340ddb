import type { Server, ServerResponse } from "node:http";
import type { Http2SecureServer, Http2ServerResponse } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { respondToClientError } from "./respond-to-client-error.ts";
import { respondToViewer, type ResponderOptions } from "./respond-to-viewer.ts";
import { lastResponse, requestOfUnknownMethod, type ParserError } from "./last-response.ts";
import {
  createNodeServer,
  type RequestListener,
  type ServerCertificate,
} from "./create-node-server.ts";
import { http2ErrorCodes } from "./http2-error-codes.ts";
import { OpenExchanges } from "./open-exchanges.ts";
import type { ViewerExchange } from "./viewer-exchange.ts";

export interface ViewerServerOptions extends ResponderOptions {
  readonly host: string;
  /** The first one that is free is taken; 0 is any free one. */
  readonly ports: readonly [number, ...number[]];
  /** Serves TLS, HTTP/2 included, with this certificate; undefined serves plain HTTP/1.1. */
  readonly certificate: ServerCertificate | undefined;
  /** Whether viewers may use HTTP/2; asked at each TLS handshake. */
  readonly acceptsHttp2: () => boolean;
  /** Called when a response has gone out as far as it will; undefined where nobody listens. */
  readonly onDelivered: ((exchange: ViewerExchange) => void) | undefined;
  /** Called where handling failed inside the local CloudFront itself. */
  readonly onInternalError: (error: unknown) => void;
}

/** The listening socket. */
export interface ViewerServer {
  readonly url: string;
  /** Stops listening and ends open connections; responses on their way are reported before. */
  close(): Promise<void>;
}

/**
 * Starts to listen for viewers.
 *
 * @throws {LocalCloudFrontError} when all ports are taken or may not be opened
 */
export async function startViewerServer(options: ViewerServerOptions): Promise<ViewerServer> {
  const exchanges = new OpenExchanges();
  const { onDelivered } = options;
  const deliveries = new Set<Promise<void>>();
  const respond: RequestListener = (incoming, outgoing, expectsContinue) => {
    const open = exchanges.add(incoming, outgoing);
    respondToViewer({ incoming, outgoing, open, expectsContinue }, options).then(
      (delivered) => {
        if (onDelivered === undefined || delivered === undefined) return;
        const delivery = delivered().then(onDelivered);
        deliveries.add(delivery);
        void delivery.finally(() => deliveries.delete(delivery));
      },
      (error: unknown) => {
        options.onInternalError(error);
        respondWithInternalError(outgoing);
      },
    );
  };
  const server = createNodeServer(
    { ...options, requestHeadBytes: options.quotas.requestHeadBytes },
    respond,
  );
  const connection = options.certificate === undefined ? "connection" : "secureConnection";
  server.on(connection, (socket: Socket) => exchanges.addSocket(socket));
  const hungUpOn = new WeakSet<Socket>();
  server.on("clientError", (error: ParserError, socket: Socket) => {
    void exchanges.completed(socket).then(() => {
      if (hungUpOn.has(socket)) return;
      hungUpOn.add(socket);
      const incoming = requestOfUnknownMethod(error, socket);
      if (incoming === undefined) respondToClientError(error, socket);
      else respond(incoming, lastResponse(incoming, socket), false);
    });
  });
  await listen(server, options);
  return {
    url: urlOf(server, options),
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      exchanges.destroySockets();
      await closed;
      await Promise.all(deliveries);
    },
  };
}

function respondWithInternalError(outgoing: ServerResponse | Http2ServerResponse): void {
  if ("stream" in outgoing) {
    outgoing.stream.close(http2ErrorCodes.internalError);
  } else if (outgoing.headersSent) {
    outgoing.destroy();
  } else {
    outgoing.writeHead(500, "Internal Server Error", { "Content-Length": "0" }).end();
  }
}

function urlOf(server: Server | Http2SecureServer, options: ViewerServerOptions): string {
  const { port } = server.address() as AddressInfo;
  const scheme = options.certificate === undefined ? "http" : "https";
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return `${scheme}://${host}:${port}`;
}

type ListenError = Error & { readonly code?: string };

async function listen(
  server: Server | Http2SecureServer,
  { host, ports }: ViewerServerOptions,
): Promise<void> {
  const [first] = ports;
  let firstError: ListenError | undefined;
  for (const port of ports) {
    const error = await listenOn(server, host, port);
    if (error === undefined) return;
    firstError ??= error;
    if (error.code !== "EADDRINUSE") break;
  }
  if (firstError === undefined) return;
  throw new LocalCloudFrontError(listenProblem(firstError, host, first), { cause: firstError });
}

/** Resolves with what kept it from listening; with undefined where nothing did. */
function listenOn(
  server: Server | Http2SecureServer,
  host: string,
  port: number,
): Promise<ListenError | undefined> {
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen({ host, port }, () => {
      server.off("error", resolve);
      resolve(undefined);
    });
  });
}

function listenProblem(error: ListenError, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port is in use: got --port ${port} on ${host}. Stop what listens there, or pass --port 0 for a free one.`;
    case "EACCES":
      return `Port may not be opened by this account: got --port ${port}. Pass a port above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `Host is no address of this machine: got --host ${JSON.stringify(host)}. Pass 127.0.0.1, or 0.0.0.0 for all addresses.`;
    default:
      return `Cannot listen on ${host}:${port}: got ${error.code ?? error.message}. Pass another --host or --port.`;
  }
}
