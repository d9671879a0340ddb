import type {
  ViewerRequestEvent,
  ViewerRequestHandler,
  ViewerResponseEvent,
  ViewerResponseHandler,
} from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import type { CompiledLocale } from "./compiled-locale.ts";
import { decide } from "./decide.ts";
import { pageVary } from "./page-vary.ts";
import { type ReadyLocale, readyLocale } from "./ready-locale.ts";

/** A handler for viewer-request and viewer-response alike. */
export type LocaleHandler = ViewerRequestHandler & ViewerResponseHandler;

/**
 * Returns a handler for Lambda@Edge. At viewer-request it leads a viewer to the pages in the right language, and writes
 * that language into Accept-Language; at viewer-response it says by what a page without a language in its path varies.
 */
export function createLocale(compiled: CompiledLocale): LocaleHandler {
  const ready = readyLocale(compiled);

  return (async (event: ViewerRequestEvent | ViewerResponseEvent) => {
    const { cf } = event.Records[0];
    return "response" in cf ? handleResponse(ready, cf) : handleRequest(compiled, ready, cf);
  }) as LocaleHandler;
}

function handleRequest(
  compiled: CompiledLocale,
  ready: ReadyLocale,
  { request }: ViewerRequestEvent["Records"][0]["cf"],
) {
  const decision = decide(ready, request, lambdaEdgeReader);
  if (decision.kind === "pass") return request;
  if (decision.kind === "redirect") {
    const location = [{ key: "Location", value: decision.uri }];
    return { status: ready.redirectStatus, headers: { ...compiled.redirectHeaders, location } };
  }
  const value = ready.locales[decision.locale];
  if (value === undefined) delete request.headers["accept-language"];
  else request.headers["accept-language"] = [{ key: "Accept-Language", value }];
  request.uri = decision.uri;
  return request;
}

function handleResponse(
  ready: ReadyLocale,
  { request, response }: ViewerResponseEvent["Records"][0]["cf"],
): typeof response {
  const { headers } = response;
  const value = pageVary(ready, {
    uri: request.uri,
    contentType: headers["content-type"]?.[0]?.value,
    vary: (headers["vary"] ?? []).map((line) => line.value).join(","),
  });
  if (value !== undefined) headers["vary"] = [{ key: "Vary", value }];
  return response;
}
