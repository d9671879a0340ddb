import type { EventHeaders, OriginResponseHandler } from "cf-types";
import { tagsOf } from "./cache-tags.ts";
import type { CompiledCacheHeaders } from "./compiled-cache-headers.ts";
import { decide, type CacheDecision } from "./decide.ts";
import { type ReadyCacheHeaders, readyCacheHeaders } from "./ready-cache-headers.ts";

/**
 * Returns an origin-response handler that says how long CloudFront and browsers keep a response, which cache tags it
 * has, and takes headers away before it is cached. Status and body stay as they are.
 */
export function createCacheHeaders(compiled: CompiledCacheHeaders): OriginResponseHandler {
  const ready = readyCacheHeaders(compiled);

  return async (event) => {
    const { request, response } = event.Records[0].cf;
    const { method, uri } = request;
    const { status, headers } = response;
    const isAuthorized = request.headers["authorization"] !== undefined;
    const decision = decide(ready, { method, uri, status, headers, isAuthorized });
    response.headers = changedHeaders(ready, headers, { decision, uri });
    return response;
  };
}

/**
 * Returns the headers that a response is cached with: the same object where nothing is taken away, else a new one,
 * since `delete` makes every later step on an object several times slower.
 */
export function changedHeaders(
  ready: ReadyCacheHeaders,
  headers: EventHeaders,
  { decision, uri }: { readonly decision: CacheDecision; readonly uri: string },
): EventHeaders {
  const isSet = decision.kind === "set";
  const { removeHeaders } = ready;
  const replaces = isSet && (headers["expires"] ?? headers["pragma"]) !== undefined;
  const changed =
    removeHeaders || replaces
      ? without(headers, (name) => {
          const isReplaced = replaces && (name === "expires" || name === "pragma");
          return isReplaced || !!removeHeaders?.test(name);
        })
      : headers;
  if (isSet) {
    changed["cache-control"] = [{ key: "Cache-Control", value: decision.cacheControl }];
  }
  const key = ready.cacheTagHeader;
  if (key !== null) {
    const name = key.toLowerCase();
    const own = (headers[name] ?? []).map(({ value }) => value).join(",");
    const tags = tagsOf(ready, own, uri);
    if (tags.length > 0) changed[name] = [{ key, value: tags.join(",") }];
  }
  return changed;
}

function without(headers: EventHeaders, isTaken: (name: string) => boolean): EventHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isTaken(name)));
}
