import type { Cookie, Entry, Har, Header } from "har-format";
import type { TracedHeaders } from "../../trace/trace.ts";
import type { ShownBody } from "../show-body.ts";
import { targetOf, type ExportedRequest } from "./exported-request.ts";
import packageJson from "../../../package.json" with { type: "json" };

/**
 * Returns requests as an HTTP Archive, the oldest first.
 *
 * @param url where viewers reach the local CloudFront
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function toHar(url: string, requests: readonly ExportedRequest[]): Har {
  const { name, version } = packageJson;
  return {
    log: {
      version: "1.2",
      creator: { name, version },
      entries: requests.map((request) => entryOf(url, request)),
    },
  };
}

function entryOf(url: string, { trace, requestBody, responseBody }: ExportedRequest): Entry {
  const { request, response, durationMs, requestId, resultType, detailedResultType } = trace;
  const httpVersion = `HTTP/${request.httpVersion}`;
  const target = `${url}${targetOf(request)}`;
  return {
    startedDateTime: new Date(trace.startedAtMs).toISOString(),
    time: durationMs,
    request: {
      method: request.method,
      url: target,
      httpVersion,
      cookies: linesOf(request.headers, "cookie").flatMap((line) => line.split(";").map(cookieOf)),
      headers: headersOf(request.headers),
      queryString: [...new URL(target).searchParams].map(([name, value]) => ({ name, value })),
      ...(requestBody && { postData: postDataOf(requestBody, request.headers) }),
      headersSize: -1,
      bodySize: request.bodyBytes,
    },
    response: {
      status: response.status,
      statusText: response.statusDescription,
      httpVersion,
      cookies: linesOf(response.headers, "set-cookie").map((line) =>
        cookieOf(line.split(";")[0] ?? ""),
      ),
      headers: headersOf(response.headers),
      content: contentOf(responseBody, response.headers, response.bodyBytes),
      redirectURL: linesOf(response.headers, "location")[0] ?? "",
      headersSize: -1,
      bodySize: response.bodyBytes,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    _requestId: requestId,
    _resultType: resultType,
    _detailedResultType: detailedResultType,
  };
}

function linesOf(headers: TracedHeaders, name: string): readonly string[] {
  return headers[name]?.map(({ value }) => value) ?? [];
}

function headersOf(headers: TracedHeaders): Header[] {
  return Object.values(headers)
    .flat()
    .map(({ key, value }) => ({ name: key, value }));
}

function cookieOf(pair: string): Cookie {
  const [name = "", ...value] = pair.trim().split("=");
  return { name, value: value.join("=") };
}

function postDataOf(
  body: ShownBody,
  headers: TracedHeaders,
): NonNullable<Entry["request"]["postData"]> {
  return {
    mimeType: linesOf(headers, "content-type")[0] ?? "application/octet-stream",
    text: body.text ?? body.base64,
    ...commentOf(body),
  };
}

function contentOf(
  body: ShownBody | undefined,
  headers: TracedHeaders,
  size: number,
): Entry["response"]["content"] {
  const mimeType = linesOf(headers, "content-type")[0] ?? "";
  if (body === undefined) return { size, mimeType };
  return {
    size,
    mimeType,
    ...(body.text === undefined ? { text: body.base64, encoding: "base64" } : { text: body.text }),
    ...commentOf(body),
  };
}

function commentOf({ shownBytes, totalBytes }: ShownBody): { readonly comment?: string } {
  return shownBytes === totalBytes
    ? {}
    : { comment: `The first ${shownBytes} of ${totalBytes} bytes.` };
}
