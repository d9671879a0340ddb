import { STATUS_CODES } from "node:http";
import type { HttpResponse } from "../http/http-message.ts";

/** Returns the reason phrase of a status, CloudFront's own 494 included; empty for unknown ones. */
export function reasonPhrase(status: number): string {
  return status === 494 ? "Request header too large" : (STATUS_CODES[status] ?? "");
}

/** Returns a response of a function, with its status's reason phrase where the function gave none. */
export function withReasonPhrase(response: HttpResponse): HttpResponse {
  return response.statusDescription === ""
    ? { ...response, statusDescription: reasonPhrase(response.status) }
    : response;
}
