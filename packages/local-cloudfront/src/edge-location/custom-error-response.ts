import type { HttpRequest } from "../distribution/http-message.ts";
import { selectCacheBehavior } from "../distribution/path-pattern.ts";
import type { Leg, Served } from "./journey.ts";
import { reasonPhrase } from "./reason-phrase.ts";
import { serveThroughCache } from "./serve-through-cache.ts";

/**
 * Replaces an origin's error by the page that the distribution names for its status. The page is
 * requested through the cache behavior that its own path selects, without viewer events
 * (LE-A-10, LE-A-14, CF-H-17).
 */
export async function applyCustomErrorResponse(
  leg: Leg,
  viewerRequest: HttpRequest,
  served: Served,
): Promise<Served> {
  const { journey } = leg;
  const errorCode = served.response.status;
  if (errorCode < 400 || !served.fromOrigin) return served;
  const rule = journey.ports.distribution.customErrorResponses.find(
    (candidate) => candidate.errorCode === errorCode,
  );
  if (rule?.responsePagePath === undefined) return served;

  const responseCode = rule.responseCode ?? errorCode;
  journey.steps.push({
    step: "custom-error-response",
    errorCode,
    responsePagePath: rule.responsePagePath,
    responseCode,
  });
  const pageLeg: Leg = {
    journey,
    cacheBehavior: selectCacheBehavior(journey.ports.distribution, rule.responsePagePath),
  };
  const page = await serveThroughCache(pageLeg, {
    ...viewerRequest,
    method: "GET",
    uri: rule.responsePagePath,
    querystring: "",
    body: undefined,
  });
  const skipped = "LE-A-10: a custom error page is served";
  if (page.response.status >= 400) return { ...page, viewerResponseSkipped: skipped };
  return {
    response: {
      ...page.response,
      status: responseCode,
      statusDescription: reasonPhrase(responseCode),
    },
    resultType: "Error",
    viewerResponseSkipped: skipped,
    fromOrigin: true,
  };
}
