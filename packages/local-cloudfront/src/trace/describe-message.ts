import { textOfBytes } from "../http/byte-string.ts";
import type { RequestHead, ResponseHead } from "../edge-location/message-head.ts";
import type { Masking } from "./masking.ts";
import type { TracedRequest, TracedResponse } from "./trace.ts";

/** Describes a request with its secrets masked. */
export function describeRequest(
  { method, uri, querystring, headers, bodyBytes }: RequestHead,
  masking: Masking,
): TracedRequest {
  return {
    method,
    uri: textOfBytes(uri),
    querystring: textOfBytes(querystring),
    headers: masking.headers(headers),
    bodyBytes,
  };
}

/** Describes a response with its secrets masked. */
export function describeResponse(
  { status, statusDescription, headers, bodyBytes }: ResponseHead,
  masking: Masking,
): TracedResponse {
  return {
    status,
    statusDescription: textOfBytes(statusDescription),
    headers: masking.headers(headers),
    bodyBytes,
  };
}
