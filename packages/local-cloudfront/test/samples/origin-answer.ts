import type { HttpResponse } from "../../src/http/http-message.ts";
import { bodyText } from "./http-message.ts";
import type { OriginFailure, OriginResult } from "../../src/origin/origin-client.ts";

/** The response of an origin that is known to have answered. */
export function responseOf(answer: OriginResult): HttpResponse {
  if (answer.kind === "failure") throw new Error(answer.failure.message);
  return answer.response;
}

/** The failure of an origin that is known not to have answered. */
export function failureOf(answer: OriginResult): OriginFailure {
  if (answer.kind === "response") throw new Error(`Answered ${answer.response.status}`);
  return answer.failure;
}

/** The body of the response, as text. */
export function textOf(answer: OriginResult): string {
  return bodyText(responseOf(answer));
}
