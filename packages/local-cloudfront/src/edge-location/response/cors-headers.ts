import { compileWildcards } from "../../distribution/compile-wildcards.ts";
import type { HttpHeaders, HttpRequest } from "../../http/http-message.ts";
import type { CorsConfig } from "../../distribution/policies.ts";
import { headerValue, withHeaders } from "../http-headers.ts";

/** The headers of CORS that an origin may send by itself. */
const corsHeaderNames: readonly string[] = [
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "access-control-max-age",
];

/**
 * Adds the CORS headers of a response headers policy for a viewer that sent an allowed Origin. Where
 * the policy does not override the origin, a single CORS header of the origin's leaves them all out.
 *
 * FIDELITY F-RHP-PREFLIGHT: a preflight goes to the origin like any request, and keeps the status
 * that the origin gives it; AWS speaks of headers only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-cors
 */
export function withCorsHeaders(
  cors: CorsConfig,
  { headers: viewerHeaders, method }: HttpRequest,
  headers: HttpHeaders,
): HttpHeaders {
  if (!cors.originOverride && corsHeaderNames.some((name) => name in headers)) return headers;
  const origin = headerValue(viewerHeaders, "origin");
  if (origin === undefined || !isAllowedOrigin(cors.allowOrigins, origin)) {
    return withVaryOrigin(headers);
  }
  const isPreflight =
    method === "OPTIONS" && viewerHeaders["access-control-request-method"] !== undefined;
  const lines = {
    ...responseHeaders(cors, origin),
    ...(isPreflight ? preflightHeaders(cors, viewerHeaders) : {}),
  };
  const added = withHeaders(headers, lines);
  return lines["Access-Control-Allow-Origin"] === "*" ? added : withVaryOrigin(added);
}

function responseHeaders(cors: CorsConfig, origin: string): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": cors.allowOrigins.includes("*") ? "*" : origin,
    ...(cors.allowCredentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
    ...list("Access-Control-Expose-Headers", cors.exposeHeaders),
  };
}

function preflightHeaders(cors: CorsConfig, viewerHeaders: HttpHeaders): Record<string, string> {
  return {
    ...list("Access-Control-Allow-Methods", cors.allowMethods),
    ...list("Access-Control-Allow-Headers", allowHeaders(cors, viewerHeaders)),
    ...(cors.maxAgeSeconds === undefined
      ? {}
      : { "Access-Control-Max-Age": String(cors.maxAgeSeconds) }),
  };
}

/**
 * The names as the policy writes them. A name such as `x-amz-*` means nothing to a browser: in its
 * place stand those that the viewer asked for and that it matches. A bare `*` goes out as it is, and
 * does not cover Authorization.
 */
function allowHeaders(cors: CorsConfig, viewerHeaders: HttpHeaders): readonly string[] {
  const asked = (headerValue(viewerHeaders, "access-control-request-headers") ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [
    ...new Set(
      cors.allowHeaders.flatMap((pattern) => {
        if (pattern === "*" || !pattern.includes("*")) return pattern;
        const matches = compileWildcards(pattern.toLowerCase());
        return asked.filter((name) => matches(name.toLowerCase()));
      }),
    ),
  ];
}

function list(name: string, values: readonly string[]): Record<string, string> {
  return values.length === 0 ? {} : { [name]: values.join(", ") };
}

/**
 * FIDELITY F-RHP-VARY: AWS does not speak of Vary here. As seen on real distributions, it names
 * Origin unless the response allows all origins.
 */
function withVaryOrigin(headers: HttpHeaders): HttpHeaders {
  const names = (headers["vary"] ?? [])
    .flatMap(({ value }) => value.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const isNamed = names.some((name) => name === "*" || name.toLowerCase() === "origin");
  return isNamed ? headers : withHeaders(headers, { Vary: [...names, "Origin"].join(", ") });
}

/**
 * Returns whether one of the origins that a response headers policy allows is the viewer's.
 *
 * @param origin the value of the viewer's Origin header
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-cors
 */
function isAllowedOrigin(allowOrigins: readonly string[], origin: string): boolean {
  return allowOrigins.some((pattern) => matchesOrigin(pattern, origin));
}

/**
 * `*` stands for any number of characters, none included. Without a scheme, a pattern stands for
 * all of them; without a port, for the scheme's own alone; with the port `*`, for all of them.
 */
function matchesOrigin(pattern: string, origin: string): boolean {
  if (pattern === "*") return true;
  const candidate = pattern.includes("://") ? origin : origin.replace(/^[^/]*:\/\//, "");
  if (compileWildcards(pattern)(candidate)) return true;
  return pattern.endsWith(":*") && compileWildcards(pattern.slice(0, -2))(candidate);
}
