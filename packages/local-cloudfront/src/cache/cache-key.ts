import { normalizeAcceptEncoding } from "../distribution/accept-encoding.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpRequest } from "../http/http-message.ts";
import { selectCookies, selectQueryString, splitAtEquals } from "../distribution/name-selection.ts";
import type { CachePolicy } from "../distribution/policies.ts";

export { normalizeAcceptEncoding };

/** One part of a cache key and where it came from. */
export interface CacheKeyComponent {
  readonly kind: "path" | "querystring" | "header" | "cookie" | "accept-encoding" | "method";
  /** The header's, cookie's or query string's name; empty for the rest. */
  readonly name: string;
  readonly value: string;
}

/** What identifies an object in the cache. */
export interface CacheKey {
  /** Equal for two requests exactly when CloudFront would serve both from one cached object. */
  readonly value: string;
  /** As `value`, but equal for all encodings of an object: what CF-G-32 looks among. */
  readonly valueOfAnyEncoding: string;
  /** The encodings that the request accepts, as in `br,gzip`; empty for none. */
  readonly acceptEncoding: string;
  /** Whether the request needs no body (HEAD): it shares the objects of GET, but cannot fill them. */
  readonly headersOnly: boolean;
  /** The path, and `?` with the query string where that is part of the key: what invalidations match. */
  readonly invalidationPath: string;
  readonly components: readonly CacheKeyComponent[];
}

/**
 * Composes the cache key of a request exactly as its cache policy says (CF-G-01 to CF-G-05).
 *
 * @param request as viewer-request left it
 * @param viewerHeaders the values of CloudFront's own request headers (`CloudFront-Viewer-Country`,
 *   …) by lower-case name; what a viewer sends under such a name does not count (LE-B-51)
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
export function composeCacheKey(
  cacheBehavior: CacheBehavior,
  distributionDomainName: string,
  request: HttpRequest,
  viewerHeaders: Readonly<Record<string, string>> = {},
): CacheKey {
  const { cachePolicy } = cacheBehavior;
  const { uri, method } = request;
  const querystring = selectQueryString(request.querystring, cachePolicy.queryStrings);
  const named: readonly CacheKeyComponent[] = [
    ...headerComponents(cachePolicy, request, viewerHeaders),
    ...selectCookies(request.headers, cachePolicy.cookies).map(
      ({ name, value }) => ({ kind: "cookie", name, value }) as const,
    ),
  ];
  const unnamed: CacheKeyComponent[] = [{ kind: "path", name: "", value: uri }];
  if (method === "OPTIONS") unnamed.push({ kind: "method", name: "", value: method });
  const acceptEncoding = normalizeAcceptEncoding(cachePolicy, request.headers) ?? "";
  if (acceptEncoding !== "") {
    unnamed.push({ kind: "accept-encoding", name: "", value: acceptEncoding });
  }
  const path = `${distributionDomainName}${uri}`;
  const isPathOnly = querystring === "" && named.length === 0 && method !== "OPTIONS";
  const valueOfAnyEncoding = isPathOnly
    ? path
    : `${path.length} ${path}${lengthPrefixed(method === "OPTIONS" ? method : "", querystring)}${named
        .map(({ kind, name, value }) => lengthPrefixed(kind, name, value))
        .join("")}`;
  return {
    value: `${acceptEncoding}:${valueOfAnyEncoding}`,
    valueOfAnyEncoding,
    acceptEncoding,
    headersOnly: method === "HEAD",
    invalidationPath: querystring === "" ? uri : `${uri}?${querystring}`,
    components: [...unnamed, ...querystringComponents(querystring), ...named],
  };
}

function querystringComponents(querystring: string): readonly CacheKeyComponent[] {
  if (querystring === "") return [];
  return querystring.split("&").map((parameter) => {
    const [name, value = ""] = splitAtEquals(parameter);
    return { kind: "querystring", name, value };
  });
}

/** Header names compare without case, values with it (CF-G-04); an absent header adds nothing. */
function headerComponents(
  cachePolicy: CachePolicy,
  request: HttpRequest,
  viewerHeaders: Readonly<Record<string, string>>,
): readonly CacheKeyComponent[] {
  if (cachePolicy.headers.behavior === "none") return [];
  return cachePolicy.headers.names.flatMap((name): readonly CacheKeyComponent[] => {
    if (name.startsWith("cloudfront-")) {
      const value = viewerHeaders[name];
      return value === undefined ? [] : [{ kind: "header", name, value }];
    }
    return (request.headers[name] ?? []).map(({ value }) => ({ kind: "header", name, value }));
  });
}

/** Writes the length of each text before it, so that none can pass for the beginning of another. */
function lengthPrefixed(...texts: readonly string[]): string {
  return texts.map((text) => `\n${text.length} ${text}`).join("");
}
