import type { OutgoingHttpHeaders } from "node:http";
import type { OriginServer } from "./start-test-cloudfront.ts";

/** A response of a custom origin. */
export interface OriginResponse {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  /** Goes out with its Content-Length. @default "body" */
  readonly body?: string | Buffer;
}

/**
 * Returns a custom origin that gives one response after the other, the last one again and again, and 304 to a
 * conditional request for the ETag of the response.
 */
export function respondsInTurn(...responses: readonly OriginResponse[]): OriginServer {
  let count = 0;
  return ({ method, headers: asked }, response) => {
    const next = responses[Math.min(count++, responses.length - 1)] ?? {};
    const { status = 200, headers = {}, body = "body" } = next;
    const etag = headers["etag"];
    if (etag !== undefined && opaqueTag(asked["if-none-match"]) === opaqueTag(String(etag))) {
      response.writeHead(304, headers).end();
      return;
    }
    const hasBody = status !== 204 && status !== 304;
    response.writeHead(status, {
      ...(hasBody && { "content-length": Buffer.byteLength(body) }),
      ...headers,
    });
    response.end(method === "HEAD" || !hasBody ? undefined : body);
  };
}

function opaqueTag(etag: string | undefined): string | undefined {
  return etag?.replace(/^W\//, "");
}
