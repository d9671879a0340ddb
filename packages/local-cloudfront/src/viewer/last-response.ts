import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

// RFC 9112, section 3; the method is any token, and its case counts.
const headPattern =
  /(?<method>[\w!#$%&'*+.^`|~-]+) (?<target>[^\s]+) HTTP\/(?<version>1\.[01])\r\n(?<lines>(?:[^\r\n]+\r\n)*)\r\n/y;

/** What Node.js's parser says of what it does not take. */
export interface ParserError extends Error {
  readonly code?: string;
  /** The bytes that it was given at once. */
  readonly rawPacket?: Buffer;
  readonly bytesParsed?: number;
}

/**
 * Returns the request whose method Node.js's parser does not know, without its body; undefined where the
 * rest of its head is none either, or has not come yet.
 */
export function requestOfUnknownMethod(
  { code, rawPacket, bytesParsed = 0 }: ParserError,
  socket: Socket,
): IncomingMessage | undefined {
  if (code !== "HPE_INVALID_METHOD" || rawPacket === undefined) return undefined;
  const packet = rawPacket.toString("latin1");
  const previous = packet.lastIndexOf("\r\n\r\n", bytesParsed);
  const head = new RegExp(headPattern);
  head.lastIndex = previous < 0 ? 0 : previous + "\r\n\r\n".length;
  const { method, target, version, lines } = head.exec(packet)?.groups ?? {};
  if (method === undefined || version === undefined) return undefined;
  const headers = (lines ?? "").split("\r\n").filter((line) => line !== "");
  const pairs = headers.map((line) => /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line));
  if (pairs.includes(null)) return undefined;
  const incoming = new IncomingMessage(socket);
  incoming.method = method;
  incoming.url = target ?? "";
  incoming.httpVersion = version;
  incoming.rawHeaders = pairs.flatMap((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]);
  incoming.complete = true;
  incoming.push(null);
  return incoming;
}

/** Returns what a response to a request is written to that Node.js leaves to its listener: the last one. */
export function lastResponse(incoming: IncomingMessage, socket: Socket): ServerResponse {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(socket);
  outgoing.once("finish", () => {
    outgoing.detachSocket(socket);
    outgoing.emit("close");
    hangUp(socket);
  });
  return outgoing;
}

/** For how long a viewer may go on talking after its last response. */
const lingerMs = 1000;

/** Ends a connection. What the viewer still sends must be read: a socket closed over it would take the response along. */
export function hangUp(socket: Socket): void {
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}
