import type { HttpHeaders } from "../http/http-message.ts";
import type { CloudFrontQuotas } from "cf-rules";
import type { RequestProblem } from "../edge-location/request/viewer-request.ts";
import {
  headBytes,
  headerLinesBytes,
  headersOf,
  headValues,
  splitTarget,
  type RequestHead,
} from "./request-head.ts";

/** How large the head of a request may be (CF-J-10). */
export type RequestQuotas = Pick<CloudFrontQuotas, "urlBytes" | "requestHeadBytes">;

/** What the header lines of a request say. */
export interface HeaderLines {
  readonly headers: HttpHeaders;
  readonly bytes: number;
  /** What makes the request invalid, whatever its path. */
  readonly problem: RequestProblem | undefined;
}

/** Reads the header lines of a request. */
export function readHeaderLines(head: RequestHead): HeaderLines {
  return {
    headers: headersOf(head),
    bytes: headerLinesBytes(head),
    problem: checkHost(head) ?? checkConnection(head),
  };
}

/**
 * Returns what makes a request none for CloudFront, though it could be parsed: its size, its URL,
 * its host, how its body is framed (CF-J-10, CF-J-11).
 */
export function checkRequestHead(
  head: RequestHead,
  lines: HeaderLines,
  quotas: RequestQuotas,
): RequestProblem | undefined {
  return checkSize(head, lines, quotas) ?? checkTarget(head, quotas) ?? lines.problem;
}

function checkSize(
  head: RequestHead,
  { bytes }: HeaderLines,
  { requestHeadBytes }: RequestQuotas,
): RequestProblem | undefined {
  if (headBytes(head, bytes) <= requestHeadBytes) return undefined;
  return problem(494, `CF-J-10: the request head is longer than ${requestHeadBytes} bytes.`);
}

const malformedPercentEncoding = /%(?![0-9a-f]{2})/i;

function checkTarget(
  { isHttp2, httpVersion, method, target }: RequestHead,
  { urlBytes }: RequestQuotas,
): RequestProblem | undefined {
  // Its target is a host: the method is refused before anybody asks for a path (LE-A-36).
  if (!isHttp2 && method === "CONNECT") return undefined;
  if (!isHttp2 && httpVersion !== "1.0" && httpVersion !== "1.1") {
    return badRequest(`the HTTP version is none: got ${JSON.stringify(httpVersion)}.`);
  }
  const split = splitTarget(target);
  if (split === undefined) {
    return badRequest(`the request target is no path: got ${JSON.stringify(target)}.`);
  }
  const { uri, querystring } = split;
  if (uri.length + (querystring === "" ? 0 : querystring.length + 1) > urlBytes) {
    return problem(414, `CF-J-10: the URL is longer than ${urlBytes} bytes.`);
  }
  return malformedPercentEncoding.test(uri)
    ? badRequest("the path has a malformed % sequence.")
    : undefined;
}

const validHost = /^(?:\[[0-9a-f:.]+\]|[a-z0-9\-._~!$&'()*+,;=%]+)(?::\d*)?$/i;

/** RFC 9112, section 3.2: one Host, and a valid one; HTTP/1.0 knows none. */
function checkHost(head: RequestHead): RequestProblem | undefined {
  const hosts = headValues(head, "host");
  const authorities = headValues(head, ":authority");
  const claimed = new Set([...hosts, ...authorities].map((host) => host.toLowerCase()));
  if (hosts.length > 1 || claimed.size > 1) {
    return badRequest(
      `there is more than one host: ${[...claimed].join(", ")}.`,
      "InvalidRequestHeader",
    );
  }
  const { authority } = splitTarget(head.target) ?? {};
  const host = authority ?? authorities[0] ?? hosts[0];
  if (host === undefined && head.httpVersion === "1.0") return undefined;
  if (host === undefined) return badRequest("the host is missing.", "InvalidRequestHeader");
  return validHost.test(host)
    ? undefined
    : badRequest(`the host is none: got ${JSON.stringify(host)}.`, "InvalidRequestHeader");
}

/**
 * RFC 9112, section 6.1: only a body that is chunked, and nothing else, ends where both sides agree.
 *
 * FIDELITY LE-A-28: WebSocket connections are refused; CloudFront passes them on.
 */
function checkConnection(head: RequestHead): RequestProblem | undefined {
  const codings = headValues(head, "transfer-encoding");
  if (codings.length > 0) {
    const isChunked = codings.length === 1 && codings[0]?.toLowerCase() === "chunked";
    if (!isChunked || head.httpVersion === "1.0") {
      return badRequest(
        `Transfer-Encoding is not the chunked of HTTP/1.1: got ${JSON.stringify(codings.join(", "))}.`,
        "InvalidRequestHeader",
      );
    }
  }
  const isWebSocket = headValues(head, "upgrade").some(
    (name) => name.toLowerCase() === "websocket",
  );
  return isWebSocket
    ? problem(501, "LE-A-28: WebSocket connections are not passed on by the local CloudFront.")
    : undefined;
}

function badRequest(
  text: string,
  detailedResultType?: RequestProblem["detailedResultType"],
): RequestProblem {
  return problem(400, `CF-J-11: Bad request: ${text}`, detailedResultType);
}

function problem(
  status: number,
  reason: string,
  detailedResultType: RequestProblem["detailedResultType"] = "InvalidRequest",
): RequestProblem {
  return { status, reason, detailedResultType };
}
