import type { HttpResponse } from "../distribution/http-message.ts";
import { errorPage } from "../edge-location/error-page.ts";

/** Returns the page for a request that never became one: it has no request id, and is not traced. */
export function plainErrorAnswer(status: number, text: string): HttpResponse {
  return errorPage(status, text, "none");
}
