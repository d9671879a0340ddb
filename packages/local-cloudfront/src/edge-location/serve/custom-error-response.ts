import type { CacheBehavior } from "../../distribution/distribution.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { selectCacheBehavior } from "../../distribution/path-pattern.ts";
import { withHeaders, withoutHeaders } from "../http-headers.ts";
import type { EdgePorts, BehaviorScope, ServedResponse } from "../request-context.ts";
import { partialHeaders } from "../partial-headers.ts";
import { reasonPhrase } from "../reason-phrase.ts";
import { serveThroughCache } from "./serve-through-cache.ts";

/** Whether a response is an error that came from an origin: only such have custom error responses. */
export function isOriginError({ response, fromOrigin }: ServedResponse): boolean {
  return response.status >= 400 && fromOrigin;
}

/**
 * Replaces an origin's error by the page that the distribution names for its status. The page is
 * requested through the cache behavior that its own path selects, without viewer events
 * (LE-A-10, LE-A-14, CF-H-17).
 */
export async function applyCustomErrorResponse(
  scope: BehaviorScope,
  viewerRequest: HttpRequest,
  served: ServedResponse,
): Promise<ServedResponse> {
  const { context } = scope;
  const errorCode = served.response.status;
  const rule = context.ports.distribution.customErrorResponses.find(
    (candidate) => candidate.errorCode === errorCode,
  );
  if (rule?.responsePagePath === undefined) return served;

  const responseCode = rule.responseCode ?? errorCode;
  context.steps.push({
    step: "custom-error-response",
    errorCode,
    responsePagePath: rule.responsePagePath,
    responseCode,
  });
  const pageScope: BehaviorScope = {
    context,
    cacheBehavior: pageBehavior(context.ports, rule.responsePagePath),
    isCustomErrorPage: true,
  };
  const page = await serveThroughCache(
    pageScope,
    pageRequest(viewerRequest, rule.responsePagePath),
  );
  const viewerResponseSkipped = "LE-A-10: a custom error page is served";
  if (page.response.status >= 400) return { ...page, viewerResponseSkipped };
  const response = pageResponse(page.response, responseCode);
  return { response, resultType: "Error", viewerResponseSkipped, fromOrigin: true };
}

/**
 * FIDELITY LE-A-15, P-04: functions on origin events were seen to run when the page is fetched; AWS
 * says nothing of it.
 */
function pageBehavior({ distribution, fidelity }: EdgePorts, pagePath: string): CacheBehavior {
  const cacheBehavior = selectCacheBehavior(distribution, pagePath);
  return fidelity.errorPageOriginEvents === false
    ? { ...cacheBehavior, functionAssociations: {}, cloudFrontFunctions: {} }
    : cacheBehavior;
}

/** Headers that speak of what the viewer asked for, not of the page. */
const headersOfTheRequest: readonly string[] = [
  "content-length",
  "content-md5",
  "content-type",
  "transfer-encoding",
  ...partialHeaders,
];

/** The page is always fetched whole: a 304 or a part of it could not take another status. */
function pageRequest(viewerRequest: HttpRequest, responsePagePath: string): HttpRequest {
  return {
    ...viewerRequest,
    method: "GET",
    uri: responsePagePath,
    querystring: "",
    headers: withoutHeaders(viewerRequest.headers, headersOfTheRequest),
    body: undefined,
  };
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/creating-custom-error-pages.html
// (CF-H-21)
const closesConnection: ReadonlySet<number> = new Set([400, 405, 414, 416, 500, 501]);

/**
 * FIDELITY CF-H-21: AWS does not say whether its list of statuses means those of the origin or those
 * for the viewer; the viewer's decides here. Where the connection is kept, HTTP/1.1 needs no header.
 */
function pageResponse(page: HttpResponse, status: number): HttpResponse {
  const headers = closesConnection.has(status)
    ? withHeaders(page.headers, { Connection: "close" })
    : page.headers;
  return { ...page, status, statusDescription: reasonPhrase(status), headers };
}
