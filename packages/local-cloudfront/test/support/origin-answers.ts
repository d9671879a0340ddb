import type { OutgoingHttpHeaders } from "node:http";
import type { OriginServer } from "./start-test-cloudfront.ts";

/** What a custom origin answers. */
export interface OriginAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  /** Goes out with its Content-Length. @default "body" */
  readonly body?: string | Buffer;
}

/**
 * Returns a custom origin that gives one answer after the other, the last one again and again; a
 * conditional request for the ETag of the answer is answered 304.
 */
export function answersInTurn(...answers: readonly OriginAnswer[]): OriginServer {
  let count = 0;
  return ({ method, headers: asked }, response) => {
    const answer = answers[Math.min(count++, answers.length - 1)] ?? {};
    const { status = 200, headers = {}, body = "body" } = answer;
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
