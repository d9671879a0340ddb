import type { Socket } from "node:net";
import { errorPage } from "../edge-location/response/error-page.ts";

/** For how long a viewer may go on talking after it was told that it is not understood. */
const lingerMs = 1000;

const hungUpOn = new WeakSet<Socket>();

/** Responds to what is not HTTP (400) or has too large a head (494), and closes the connection (CF-J-10, CF-J-11). */
export function respondToClientError(error: Error & { code?: string }, socket: Socket): void {
  if (hungUpOn.has(socket)) return;
  hungUpOn.add(socket);
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, text] = statusOf(error.code);
  const { statusDescription, body } = errorPage(status, text, "none");
  const head = [
    `HTTP/1.1 ${status} ${statusDescription}`,
    "Server: CloudFront",
    "Content-Type: text/html",
    `Content-Length: ${body.byteLength}`,
    "X-Cache: Error from cloudfront",
    "Connection: close",
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]));
  // What the viewer still sends must be read: a socket closed over it would take the response along.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
}

function statusOf(code: string | undefined): readonly [number, string] {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return [494, "CF-J-10: the request head is too large."];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return [408, "The request did not arrive in time."];
    default:
      return [400, "CF-J-11: Bad request."];
  }
}
