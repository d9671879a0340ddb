import type { HttpRequest } from "../distribution/http-message.ts";
import { answerConditional } from "./answer-conditional.ts";
import { answerRange } from "./answer-range.ts";
import { withHeaders } from "./http-headers.ts";
import { errorPage } from "./error-page.ts";
import type { Leg, Served } from "./journey.ts";

/**
 * Answers from an object what the viewer asked of it: nothing where it has the object already
 * (304), a part of it (206), or all. Of a body that broke off nobody can tell parts.
 */
export function answerPart(
  { journey, cacheBehavior }: Leg,
  request: HttpRequest,
  served: Served,
): Served {
  if (served.response.status !== 200 || served.response.isIncomplete === true) return served;
  const { requestId } = journey.context;
  const object = answerConditional(cacheBehavior, request, served.response);
  const response = answerRange(request, object, requestId);
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
