import type { HttpResponse } from "../../src/http/http-message.ts";
import { bodyText } from "./http-message.ts";
import type { OriginFailure, OriginResult } from "../../src/origin/origin-client.ts";

/** The response of an origin that is known to have answered. */
export function responseOf(result: OriginResult): HttpResponse {
  if (result.kind === "failure") throw new Error(result.failure.message);
  return result.response;
}

/** The failure of an origin that is known not to have answered. */
export function failureOf(result: OriginResult): OriginFailure {
  if (result.kind === "response") throw new Error(`Answered ${result.response.status}`);
  return result.failure;
}

/** The body of the response, as text. */
export function textOf(result: OriginResult): string {
  return bodyText(responseOf(result));
}
