import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Clock } from "../clock.ts";
import type { HttpResponse } from "../http/http-message.ts";
import type { EdgeResponse } from "../edge-location/response/complete-response.ts";
import type { RequestProblem, ViewerRequest } from "../edge-location/request/viewer-request.ts";
import { checkRequestHead, readHeaderLines, type RequestQuotas } from "./check-request-head.ts";
import { http2ErrorCodes } from "./http2-error-codes.ts";
import { nodeToViewer, requestHead } from "./node-to-viewer.ts";
import { announcesBody, readBody } from "./read-body.ts";
import { headBytes, type RequestHead } from "./request-head.ts";
import type { TlsConnection, ViewerExchange } from "./viewer-exchange.ts";
import { sentBytes, viewerToNode } from "./viewer-to-node.ts";

/** How requests are handled. */
export interface ResponderOptions {
  readonly clock: Clock;
  readonly quotas: RequestQuotas;
  /** The side of the distribution that the port stands for. */
  readonly viewerProtocol: ViewerRequest["protocol"];
  readonly handle: (viewerRequest: Omit<ViewerRequest, "profile">) => Promise<EdgeResponse>;
  /** Whether a request is refused by its head: its body is not kept. */
  readonly refusesUnread: (viewerRequest: Omit<ViewerRequest, "profile">) => boolean;
  /** Requests that are for the local CloudFront itself, and that the distribution never sees. */
  readonly itself?:
    | {
        takes(viewerRequest: Omit<ViewerRequest, "profile">): boolean;
        receive(viewerRequest: Omit<ViewerRequest, "profile">): Promise<HttpResponse>;
      }
    | undefined;
  /** Called with each request as soon as its response is on its way. */
  readonly onResponse: (edgeResponse: EdgeResponse) => void;
}

/** One request of a viewer with what its response is written to. */
export interface NodeExchange {
  readonly incoming: IncomingMessage | Http2ServerRequest;
  readonly outgoing: ServerResponse | Http2ServerResponse;
  readonly open: {
    /** Resolves when nothing more can be written: the response is complete, or the viewer is gone. */
    readonly closed: Promise<void>;
  };
  /** Whether the viewer waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
}

/**
 * Responds to one request; resolves when the response is on its way, with a function that reports how
 * it went; undefined for a request that is for the local CloudFront itself. A viewer that misbehaves or
 * hangs up gets an error response, or ends the exchange.
 */
export async function respondToViewer(
  exchange: NodeExchange,
  options: ResponderOptions,
): Promise<(() => Promise<ViewerExchange>) | undefined> {
  const { incoming, outgoing } = exchange;
  const receivedAtMs = options.clock.now();
  const tls = tlsOf(incoming);
  const head = requestHead(incoming);
  const lines = readHeaderLines(head);
  const malformed = checkRequestHead(head, lines, options.quotas);
  const isWhole = malformed === undefined && !exchange.expectsContinue && !announcesBody(incoming);
  const requestWith = ({ body, problem }: ReceivedBody): Omit<ViewerRequest, "profile"> =>
    nodeToViewer(incoming, head, {
      headers: lines.headers,
      body,
      problem,
      protocol: options.viewerProtocol,
    });
  const isForItself = malformed === undefined && options.itself?.takes(requestWith(bodiless));
  const isRefused = (): boolean =>
    isForItself !== true && options.refusesUnread(requestWith(bodiless));
  const received = isWhole ? bodiless : await bodyOf(exchange, head, malformed, isRefused);
  const { body, problem } = received;
  const viewerRequest = requestWith(received);
  if (isForItself === true && options.itself !== undefined) {
    const response = await options.itself.receive(viewerRequest);
    if (!isClosed(exchange)) viewerToNode(response, outgoing);
    return undefined;
  }
  const edgeResponse = await options.handle(viewerRequest);

  const firstByteAtMs = options.clock.now();
  const isGone = isClosed(exchange);
  const sentLines = isGone
    ? undefined
    : viewerToNode(closingAfter(problem, edgeResponse.response), outgoing);
  options.onResponse(edgeResponse);
  return async () => {
    await exchange.open.closed;
    const delivery = {
      receivedAtMs,
      firstByteAtMs: isGone ? undefined : firstByteAtMs,
      endedAtMs: options.clock.now(),
      isComplete: !isGone && isComplete(exchange),
      receivedBytes: headBytes(head, lines.bytes) + (body?.byteLength ?? 0),
      sentBytes: sentLines === undefined ? 0 : sentBytes(edgeResponse.response, sentLines),
      tls,
    };
    return { ...edgeResponse, viewerRequest, delivery };
  };
}

/** What came of a request's body. */
interface ReceivedBody {
  readonly body?: Uint8Array;
  readonly problem?: RequestProblem;
}

const bodiless: ReceivedBody = {};

const hungUp: RequestProblem = {
  status: 400,
  reason: "The viewer hung up before its request was whole.",
  detailedResultType: "ClientHungUpRequest",
};
const tooLarge: RequestProblem = {
  status: 413,
  reason: "The request body is larger than the local CloudFront takes.",
  detailedResultType: "InvalidRequest",
};

/** Reads the body where somebody is going to look at it. */
async function bodyOf(
  { incoming, outgoing, expectsContinue }: NodeExchange,
  head: RequestHead,
  problem: RequestProblem | undefined,
  isRefused: () => boolean,
): Promise<ReceivedBody> {
  if (problem !== undefined) {
    incoming.resume();
    return { problem };
  }
  if (head.method === "GET" && announcesBody(incoming)) {
    // LE-A-35: it is refused whatever it holds; a viewer may wait long before it sends it.
    incoming.resume();
    return { body: new Uint8Array() };
  }
  if (isRefused()) {
    incoming.resume();
    return {};
  }
  if (expectsContinue) outgoing.writeContinue();
  const body = await readBody(incoming);
  if (body === "aborted") return { problem: hungUp };
  if (body === "too-large") {
    incoming.resume();
    return { problem: tooLarge };
  }
  return body === undefined ? {} : { body };
}

/** After a request that was malformed nobody can say where the next one begins (CF-J-10). */
function closingAfter(problem: RequestProblem | undefined, response: HttpResponse): HttpResponse {
  if (problem === undefined) return response;
  const connection = [{ key: "Connection", value: "close" }];
  return { ...response, headers: { ...response.headers, connection } };
}

function isClosed({ incoming, outgoing }: NodeExchange): boolean {
  return "stream" in outgoing
    ? outgoing.stream.destroyed || outgoing.stream.closed
    : outgoing.destroyed || incoming.socket.destroyed;
}

/** To be asked when the exchange is closed. */
function isComplete({ outgoing }: NodeExchange): boolean {
  return "stream" in outgoing
    ? outgoing.stream.rstCode === http2ErrorCodes.noError && outgoing.writableEnded
    : outgoing.writableFinished;
}

function tlsOf({ socket }: IncomingMessage | Http2ServerRequest): TlsConnection | undefined {
  if (!isTls(socket)) return undefined;
  return { protocol: socket.getProtocol() ?? "", cipher: socket.getCipher().name };
}

/** Over HTTP/2 the socket is a stand-in for the TLS socket, which knows the same. */
function isTls(socket: Socket): socket is TLSSocket {
  return "encrypted" in socket && socket.encrypted === true;
}
