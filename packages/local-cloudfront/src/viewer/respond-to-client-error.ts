import type { Socket } from "node:net";
import { hangUp, type ParserError } from "./last-response.ts";
import { errorPage } from "../edge-location/response/error-page.ts";

/** Responds to what is not HTTP (400) or has too large a head (494), and closes the connection (CF-J-10, CF-J-11). */
export function respondToClientError(error: ParserError, socket: Socket): void {
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
  socket.write(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]));
  hangUp(socket);
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
