import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpRequest } from "../distribution/http-message.ts";

/** The longest URL, path and query string, that CloudFront takes, in bytes (CF-J-10). */
export const maxUrlBytes = 8192;

/** A request that CloudFront answers with an error page before anything runs. */
export interface Refusal {
  readonly status: number;
  /** Shown on the page and in the trace. */
  readonly reason: string;
}

const malformedPercentEncoding = /%(?![0-9a-f]{2})/i;

/** Refuses what no cache behavior can take: an oversized or malformed URL, a GET with a body. */
export function refuseViewerRequest(request: HttpRequest): Refusal | undefined {
  const querystringBytes = request.querystring === "" ? 0 : request.querystring.length + 1;
  if (request.uri.length + querystringBytes > maxUrlBytes) {
    return { status: 414, reason: `CF-J-10: the URL is longer than ${maxUrlBytes} bytes.` };
  }
  if (malformedPercentEncoding.test(request.uri)) {
    return { status: 400, reason: "CF-J-11: Bad request." };
  }
  if (request.method === "GET" && request.body !== undefined && request.body.byteLength > 0) {
    return { status: 403, reason: "LE-A-35: a GET request must not carry a body." };
  }
  return undefined;
}

/** Refuses a method that the cache behavior does not allow (LE-A-36). */
export function refuseMethod(
  cacheBehavior: CacheBehavior,
  request: HttpRequest,
): Refusal | undefined {
  if (cacheBehavior.allowedMethods.includes(request.method)) return undefined;
  return {
    status: 403,
    reason:
      "LE-A-36: This distribution is not configured to allow the HTTP request method that was " +
      `used for this request. The distribution supports only ${cacheBehavior.allowedMethods.join(", ")} requests.`,
  };
}
