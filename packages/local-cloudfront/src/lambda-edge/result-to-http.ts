import type { AcceptedBody, AcceptedRequest, AcceptedResponse } from "cf-rules";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { withHiddenHeaders } from "./invocation-event.ts";
import type { VisibleHeaders } from "./invocation-event.ts";

const NO_BODY = new Uint8Array();

/** Returns the request that goes on: the same one where the function changed nothing. */
export function requestFromResult(
  accepted: AcceptedRequest,
  request: HttpRequest,
  { visible, hidden }: VisibleHeaders,
): HttpRequest {
  const { uri, querystring, body } = accepted;
  const isSame =
    uri === request.uri &&
    querystring === request.querystring &&
    accepted.headers === visible &&
    body === undefined;
  if (isSame) {
    return request;
  }
  const headers =
    accepted.headers === visible ? request.headers : withHiddenHeaders(accepted.headers, hidden);
  if (body === undefined) {
    return { ...request, uri, querystring, headers };
  }
  const bytes = decodeBody(body);
  return { ...request, uri, querystring, headers: withLength(headers, bytes), body: bytes };
}

/** Returns a response that a request function generated (LE-D-01). */
export function generatedResponse(accepted: AcceptedResponse): HttpResponse {
  const { status, statusDescription, headers, body } = accepted;
  return {
    status,
    statusDescription,
    headers,
    body: body === undefined ? NO_BODY : decodeBody(body),
  };
}

/** Returns the response that goes on: the same one where the function changed nothing. */
export function responseFromResult(
  accepted: AcceptedResponse,
  response: HttpResponse,
  { visible, hidden }: VisibleHeaders,
): HttpResponse {
  const { status, body } = accepted;
  const statusDescription =
    accepted.statusDescription === "" && status === response.status
      ? response.statusDescription
      : accepted.statusDescription;
  const isSame =
    status === response.status &&
    statusDescription === response.statusDescription &&
    accepted.headers === visible &&
    body === undefined;
  if (isSame) {
    return response;
  }
  const headers =
    accepted.headers === visible ? response.headers : withHiddenHeaders(accepted.headers, hidden);
  if (body === undefined) {
    return { status, statusDescription, headers, body: response.body };
  }
  const bytes = decodeBody(body);
  return { status, statusDescription, headers: withLength(headers, bytes), body: bytes };
}

function decodeBody({ encoding, data }: AcceptedBody): Uint8Array {
  return Buffer.from(data, encoding === "base64" ? "base64" : "utf8");
}

/** A replaced body has a length of its own, and no transfer encoding. */
function withLength(headers: HttpHeaders, body: Uint8Array): HttpHeaders {
  const framed: HttpHeaders = Object.assign(Object.create(null), headers);
  delete framed["transfer-encoding"];
  framed["content-length"] = [{ key: "Content-Length", value: String(body.length) }];
  return framed;
}
