import { functionPackages } from "../distribution/function-name.ts";
import type { EdgeResponse } from "../edge-location/response/complete-response.ts";
import { isFunctionStep, type FunctionStepRecord } from "../edge-location/request-record.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";
import { copyHeaders, emptyHeaders } from "../http/empty-headers.ts";
import type { MutableHeaders, HttpRequest, HttpResponse } from "../http/http-message.ts";
import { isNavigation } from "./is-navigation.ts";
import { overlayPage } from "./overlay-page.ts";
import { overlayStyle, stylePath } from "./overlay-style.ts";
import { sourceExcerpt } from "./source-excerpt.ts";

/**
 * Shows what went wrong in a function in place of CloudFront's error page, to browsers and in documents only.
 * Status and headers stay CloudFront's.
 */
export class ErrorOverlay {
  readonly #inspectorUrl: () => string | undefined;

  /** @param inspectorUrl Undefined where there is no inspector. */
  constructor(inspectorUrl: () => string | undefined) {
    this.#inspectorUrl = inspectorUrl;
  }

  takes({ request }: Pick<ViewerRequest, "request">): boolean {
    return request.method === "GET" && request.uri === stylePath;
  }

  receive(): HttpResponse {
    const headers = Object.assign(emptyHeaders(), {
      "cache-control": [{ key: "Cache-Control", value: "no-store" }],
      "content-type": [{ key: "Content-Type", value: "text/css; charset=utf-8" }],
    });
    return withBody({ status: 200, statusDescription: "OK" }, headers, overlayStyle);
  }

  /** Returns the response with the page where a function failed and a browser shows it. */
  show(request: HttpRequest, edgeResponse: EdgeResponse): EdgeResponse {
    const { response, record } = edgeResponse;
    if (response.status < 500 || !isNavigation(request)) return edgeResponse;
    const failed = record.steps
      .filter(isFunctionStep)
      .findLast(({ failure }) => failure !== undefined);
    if (failed?.failure?.resultType !== record.resultType) return edgeResponse;
    const html = this.#pageFor(failed, failed.failure, record.requestId);
    return { record, response: withBody(response, copyHeaders(response.headers), html) };
  }

  #pageFor(
    { step, run }: FunctionStepRecord,
    failure: NonNullable<FunctionStepRecord["failure"]>,
    requestId: string,
  ): string {
    const { status, resultType, detail, factId, viewerText, stack } = failure;
    const inspectorUrl = this.#inspectorUrl();
    return overlayPage({
      status,
      resultType,
      subject: `${step} of ${functionPackages(run.association.edgeFunction)}`,
      detail,
      factId,
      viewerText,
      excerpt: stack === undefined ? undefined : sourceExcerpt(stack),
      stack,
      traceUrl: inspectorUrl && `${inspectorUrl}/#${encodeURIComponent(requestId)}`,
    });
  }
}

function withBody(
  head: Pick<HttpResponse, "status" | "statusDescription">,
  headers: MutableHeaders,
  text: string,
): HttpResponse {
  const body = Buffer.from(text);
  headers["content-length"] = [{ key: "Content-Length", value: String(body.byteLength) }];
  const { status, statusDescription } = head;
  return { status, statusDescription, headers, body };
}
