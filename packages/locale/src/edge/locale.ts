import type { ResultHeaders, ViewerRequestHandler } from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import type { CompiledLocale } from "./compiled-locale.ts";
import { decide } from "./decide.ts";
import { readyLocale } from "./ready-locale.ts";

/** Of a redirect, beside its Location: it is for one viewer. */
export const redirectHeaders: ResultHeaders = {
  "cache-control": [{ key: "Cache-Control", value: "private, no-store" }],
  vary: [{ key: "Vary", value: "Accept-Language, Cookie" }],
};

/**
 * Returns a viewer-request handler for Lambda@Edge that leads a viewer to the pages in the right language, and writes
 * that language into Accept-Language.
 */
export function createLocale(compiled: CompiledLocale): ViewerRequestHandler {
  const ready = readyLocale(compiled);

  return async (event) => {
    const { request } = event.Records[0].cf;
    const decision = decide(ready, request, lambdaEdgeReader);
    if (decision.kind === "pass") return request;
    if (decision.kind === "redirect") {
      const location = [{ key: "Location", value: decision.location }];
      return { status: ready.redirectStatus, headers: { ...redirectHeaders, location } };
    }
    const value = ready.locales[decision.locale];
    if (value === undefined) delete request.headers["accept-language"];
    else request.headers["accept-language"] = [{ key: "Accept-Language", value }];
    request.uri = decision.uri;
    return request;
  };
}
