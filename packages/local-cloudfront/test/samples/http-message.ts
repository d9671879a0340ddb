import type {
  MutableHeaders,
  HttpHeaders,
  HttpRequest,
  HttpResponse,
} from "../../src/http/http-message.ts";

/** Headers from names as they are on the wire; a list of values makes as many lines. */
export function sampleHeaders(
  lines: Readonly<Record<string, string | readonly string[]>>,
): HttpHeaders {
  const headers = Object.create(null) as MutableHeaders;
  for (const [key, values] of Object.entries(lines)) {
    headers[key.toLowerCase()] = [values].flat().map((value) => ({ key, value }));
  }
  return headers;
}

/** A GET of a path, `?` and query string included. */
export function sampleRequest(
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
  changes: Partial<HttpRequest> = {},
): HttpRequest {
  const [uri = "", ...query] = path.split("?");
  return {
    clientIp: "192.0.2.44",
    method: "GET",
    uri,
    querystring: query.join("?"),
    headers: sampleHeaders(headers),
    body: undefined,
    ...changes,
  };
}

/** Returns the text of a body that is in memory. */
export function bodyText({ body }: Pick<HttpResponse, "body">): string {
  if (!(body instanceof Uint8Array)) throw new TypeError("The body is streamed.");
  return Buffer.from(body).toString();
}

/** A 200 with a body. */
export function sampleResponse(
  body: string,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
  changes: Partial<HttpResponse> = {},
): HttpResponse {
  return {
    status: 200,
    statusDescription: "OK",
    headers: sampleHeaders(headers),
    body: Buffer.from(body),
    ...changes,
  };
}
