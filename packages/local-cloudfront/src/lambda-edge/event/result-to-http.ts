import { emptyHeaders } from "../../http/empty-headers.ts";
import type { AcceptedBody, AcceptedRequest, AcceptedResponse } from "cf-rules";
import { bytesOfText } from "../../http/byte-string.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { withBodyLength } from "../../http/body-length.ts";
import { bytesAfter, headersAfter } from "../../http/visible-headers.ts";

const NO_BODY = new Uint8Array();
const nothing: HttpHeaders = Object.freeze(emptyHeaders());

/**
 * Returns the request that goes on: the same one where the function changed nothing.
 *
 * @param headers those that go on
 */
export function requestFromResult(
  accepted: AcceptedRequest,
  request: HttpRequest,
  headers: HttpHeaders,
): HttpRequest {
  const { body } = accepted;
  const uri = bytesAfter(accepted.uri, request.uri);
  const querystring = bytesAfter(accepted.querystring, request.querystring);
  const isSame =
    uri === request.uri &&
    querystring === request.querystring &&
    headers === request.headers &&
    body === undefined;
  if (isSame) {
    return request;
  }
  if (body === undefined) {
    return { ...request, uri, querystring, headers };
  }
  const bytes = decodeBody(body);
  return { ...request, uri, querystring, headers: withBodyLength(headers, bytes), body: bytes };
}

/** Returns a response that a request function generated (LE-D-01). */
export function generatedResponse(accepted: AcceptedResponse): HttpResponse {
  const { status, statusDescription, headers, body } = accepted;
  return {
    status,
    statusDescription: bytesOfText(statusDescription),
    headers: headersAfter(headers, nothing, { visible: nothing, hidden: undefined }),
    body: body === undefined ? NO_BODY : decodeBody(body),
  };
}

/**
 * Returns the response that goes on: the same one where the function changed nothing.
 *
 * @param headers those that go on
 */
export function responseFromResult(
  accepted: AcceptedResponse,
  response: HttpResponse,
  headers: HttpHeaders,
): HttpResponse {
  const { status, body } = accepted;
  const statusDescription =
    accepted.statusDescription === "" && status === response.status
      ? response.statusDescription
      : bytesAfter(accepted.statusDescription, response.statusDescription);
  const isSame =
    status === response.status &&
    statusDescription === response.statusDescription &&
    headers === response.headers &&
    body === undefined;
  if (isSame) {
    return response;
  }
  if (body === undefined) return { ...response, status, statusDescription, headers };
  const bytes = decodeBody(body);
  return { status, statusDescription, headers: withBodyLength(headers, bytes), body: bytes };
}

function decodeBody({ encoding, data }: AcceptedBody): Uint8Array {
  return Buffer.from(data, encoding === "base64" ? "base64" : "utf8");
}
