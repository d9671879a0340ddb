import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { EdgeAnswer } from "../edge-location/complete-answer.ts";
import type { ViewerRequest } from "../edge-location/viewer-request.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { readBody } from "./read-body.ts";
import { MalformedRequestError, nodeToViewer } from "./node-to-viewer.ts";
import { plainErrorAnswer } from "./plain-error-answer.ts";
import { viewerToNode } from "./viewer-to-node.ts";

/** A key and a certificate in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

export interface ViewerServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Serves TLS, HTTP/2 included, with this certificate; undefined serves plain HTTP/1.1. */
  readonly certificate: ServerCertificate | undefined;
  /** The side of the distribution that the port stands for. */
  readonly viewerProtocol: ViewerRequest["protocol"];
  readonly handle: (viewerRequest: Omit<ViewerRequest, "profile">) => Promise<EdgeAnswer>;
  /** Called with each journey when its answer is written. */
  readonly onAnswer: (answer: EdgeAnswer) => void;
  /** Called where handling failed inside the local CloudFront itself. */
  readonly onInternalError: (error: unknown) => void;
}

/** The listening socket. */
export interface ViewerServer {
  readonly url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** CloudFront takes request heads of up to 32,768 bytes (CF-J-10); Node counts a little differently. */
const maxRequestHeadBytes = 32_768;

/**
 * Starts to listen for viewers.
 *
 * @throws {LocalCloudFrontError} when the port is taken or may not be opened
 */
export async function startViewerServer(options: ViewerServerOptions): Promise<ViewerServer> {
  const sockets = new Set<Socket>();
  const server = createNodeServer(options);
  server.on(
    options.certificate === undefined ? "connection" : "secureConnection",
    (socket: Socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    },
  );
  server.on("clientError", answerClientError);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const scheme = options.certificate === undefined ? "http" : "https";
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `${scheme}://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function createNodeServer(options: ViewerServerOptions): Server | Http2SecureServer {
  const listener = (
    incoming: IncomingMessage | Http2ServerRequest,
    outgoing: ServerResponse | Http2ServerResponse,
  ): void => {
    answer(incoming, outgoing, options).catch((error: unknown) => {
      options.onInternalError(error);
      outgoing.socket?.destroy();
    });
  };
  return options.certificate === undefined
    ? createServer({ maxHeaderSize: maxRequestHeadBytes, keepAliveTimeout: 60_000 }, listener)
    : createSecureServer(
        {
          ...options.certificate,
          allowHTTP1: true,
          // The bytes of an HTTP/2 head are counted by session: names, values and 32 each.
          settings: { maxHeaderListSize: maxRequestHeadBytes },
        },
        listener,
      );
}

async function answer(
  incoming: IncomingMessage | Http2ServerRequest,
  outgoing: ServerResponse | Http2ServerResponse,
  options: ViewerServerOptions,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === "aborted") return;
  if (body === "too-large") {
    viewerToNode(plainErrorAnswer(413, "The request body is too large."), outgoing);
    return;
  }
  let viewerRequest: Omit<ViewerRequest, "profile">;
  try {
    viewerRequest = nodeToViewer(incoming, body, options.viewerProtocol);
  } catch (error) {
    if (!(error instanceof MalformedRequestError)) throw error;
    viewerToNode(plainErrorAnswer(400, error.message), outgoing);
    return;
  }
  const edgeAnswer = await options.handle(viewerRequest);
  viewerToNode(edgeAnswer.response, outgoing);
  options.onAnswer(edgeAnswer);
}

/** Answers what is not HTTP (400) or has too large a head (494), and hangs up (CF-J-10, CF-J-11). */
function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) return;
  const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const { statusDescription, body } = tooLarge
    ? plainErrorAnswer(494, "The request head is too large.")
    : plainErrorAnswer(400, "Bad request.");
  const head = [
    `HTTP/1.1 ${tooLarge ? 494 : 400} ${statusDescription}`,
    "Server: CloudFront",
    "Content-Type: text/html",
    `Content-Length: ${body.byteLength}`,
    "Connection: close",
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]));
}

function listen(
  server: Server | Http2SecureServer,
  { host, port }: ViewerServerOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: Error & { code?: string }) => {
      reject(new LocalCloudFrontError(listenProblem(error, host, port), { cause: error }));
    });
    server.listen({ host, port }, () => resolve());
  });
}

function listenProblem(error: Error & { code?: string }, host: string, port: number): string {
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
