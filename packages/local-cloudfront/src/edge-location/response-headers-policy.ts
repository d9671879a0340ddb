import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import type { CorsConfig, PolicyHeader, ResponseHeadersPolicy } from "../distribution/policies.ts";
import { copyHeaders, headerValue } from "./http-headers.ts";

/**
 * Adds and removes headers as the cache behavior's response headers policy says.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeadersPolicy(
  cacheBehavior: CacheBehavior,
  viewerRequest: HttpRequest,
  response: HttpResponse,
): HttpResponse {
  const policy = cacheBehavior.responseHeadersPolicy;
  return policy === undefined
    ? response
    : { ...response, headers: applyPolicy(policy, viewerRequest, response.headers) };
}

function applyPolicy(
  policy: ResponseHeadersPolicy,
  viewerRequest: HttpRequest,
  original: HttpHeaders,
): HttpHeaders {
  const headers = copyHeaders(original);
  for (const name of policy.removeHeaders) delete headers[name];
  const corsHeaders = policy.cors === undefined ? [] : corsHeadersFor(policy.cors, viewerRequest);
  for (const line of [...corsHeaders, ...policy.securityHeaders, ...policy.customHeaders]) {
    setPolicyHeader(headers, line);
  }
  return headers;
}

function setPolicyHeader(headers: HttpHeaders, { name, value, override }: PolicyHeader): void {
  const lowerCaseName = name.toLowerCase();
  if (!override && headers[lowerCaseName] !== undefined) return;
  headers[lowerCaseName] = [{ key: name, value }];
}

/** CORS headers are added only where the viewer sent an allowed Origin. */
function corsHeadersFor(cors: CorsConfig, viewerRequest: HttpRequest): PolicyHeader[] {
  const origin = headerValue(viewerRequest.headers, "origin");
  if (origin === undefined) return [];
  const allowOrigin = cors.allowOrigins.includes("*") ? "*" : origin;
  if (allowOrigin !== "*" && !cors.allowOrigins.some((pattern) => matchesOrigin(pattern, origin))) {
    return [];
  }
  const lines: [string, string][] = [["Access-Control-Allow-Origin", allowOrigin]];
  if (allowOrigin !== "*") lines.push(["Vary", "Origin"]);
  if (cors.allowCredentials) lines.push(["Access-Control-Allow-Credentials", "true"]);
  if (cors.exposeHeaders.length > 0) {
    lines.push(["Access-Control-Expose-Headers", cors.exposeHeaders.join(", ")]);
  }
  const isPreflight =
    viewerRequest.method === "OPTIONS" &&
    headerValue(viewerRequest.headers, "access-control-request-method") !== undefined;
  if (isPreflight) {
    lines.push(["Access-Control-Allow-Methods", cors.allowMethods.join(", ")]);
    lines.push(["Access-Control-Allow-Headers", cors.allowHeaders.join(", ")]);
    if (cors.maxAgeSeconds !== undefined) {
      lines.push(["Access-Control-Max-Age", String(cors.maxAgeSeconds)]);
    }
  }
  return lines.map(([name, value]) => ({ name, value, override: cors.originOverride }));
}

/** An allowed origin may start with `*.` for its subdomains, as in `https://*.example.com`. */
function matchesOrigin(pattern: string, origin: string): boolean {
  if (!pattern.includes("*"))
    return pattern === origin || pattern === origin.replace(/^https?:\/\//, "");
  const [before = "", after = ""] = pattern.split("*", 2);
  return origin.startsWith(before) && origin.endsWith(after) && origin.length > pattern.length - 1;
}
