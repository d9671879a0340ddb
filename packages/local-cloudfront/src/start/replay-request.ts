import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** Headers that belong to the connection on which a request came. */
const ofTheConnection: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Sends a request to a local CloudFront again, as its viewer sent it, and returns the new one's id.
 *
 * @param certificate PEM, of a local CloudFront that speaks TLS
 * @throws {LocalCloudFrontError} when the request had a body, which is not kept
 */
export async function replayRequest(
  url: string,
  certificate: string | undefined,
  { request }: RequestRecord,
): Promise<string> {
  const { method, uri, querystring, headers, bodyBytes } = request;
  if (bodyBytes > 0) {
    throw new LocalCloudFrontError(
      `Request cannot be sent again: got a body of ${bodyBytes} bytes, and bodies are not kept. Send it from where it came.`,
    );
  }
  const path = querystring === "" ? uri : `${uri}?${querystring}`;
  // HTTP/2 carries any byte in a path, HTTP/1.1 does not.
  if (/[^!-~]/.test(path)) {
    throw new LocalCloudFrontError(
      `Request cannot be sent again: got the path ${JSON.stringify(path)}, with characters that only HTTP/2 carries unencoded. Percent-encode them, and send it from where it came.`,
    );
  }
  const lines = Object.entries(headers)
    .filter(([name]) => !ofTheConnection.has(name))
    .flatMap(([, values]) => values.flatMap(({ key, value }) => [key, value]));
  const { hostname, port } = new URL(url);
  const send = certificate === undefined ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = send(
      {
        host: hostname.replace(/^\[|\]$/g, ""),
        port,
        method,
        path,
        headers: lines,
        setHost: false,
        agent: false,
        ...(certificate === undefined ? {} : { ca: certificate }),
      },
      (incoming) => {
        incoming.resume();
        resolve(String(incoming.headers["x-amz-cf-id"]));
      },
    );
    sent.on("error", (error) =>
      reject(
        new LocalCloudFrontError(`Request cannot be sent again: got ${error.message}.`, {
          cause: error,
        }),
      ),
    );
    sent.end();
  });
}
