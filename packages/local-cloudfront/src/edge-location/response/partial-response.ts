import type { HttpRequest } from "../../http/http-message.ts";
import { conditionalResponse } from "./conditional-response.ts";
import { rangeResponse } from "./range-response.ts";
import { withHeaders } from "../http-headers.ts";
import { errorPage } from "./error-page.ts";
import type { BehaviorScope, ServedResponse } from "../request-context.ts";

/**
 * Responds from an object with what the viewer asked for: nothing where it has the object already
 * (304), a part of it (206), or all. A truncated body cannot be range-served.
 */
export function partialResponse(
  { context, cacheBehavior }: BehaviorScope,
  request: HttpRequest,
  served: ServedResponse,
): ServedResponse {
  if (served.response.status !== 200 || served.response.isIncomplete === true) return served;
  const { requestId } = context.invocation;
  const object = conditionalResponse(cacheBehavior, request, served.response);
  const response = rangeResponse(request, object, requestId);
  if (response !== "unsatisfiable") return { ...served, response };
  const page = errorPage(416, "The requested range lies beyond the object.", requestId);
  const contentRange = `bytes */${object.body.byteLength}`;
  return {
    response: { ...page, headers: withHeaders(page.headers, { "Content-Range": contentRange }) },
    resultType: "Error",
    viewerResponseSkipped: "LE-A-08: the range cannot be had, the status is 416",
    fromOrigin: true,
  };
}
