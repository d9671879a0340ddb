import type {
  OriginRequestHandler,
  OriginResponseHandler,
  ViewerRequestHandler,
  ViewerResponseHandler,
} from "cf-types";

/** A handler that does nothing: what a call itself costs. */
export const emptyHandler: ViewerRequestHandler = async (event) => event.Records[0].cf.request;

/** The rewrite as it is written by hand, without its `console.log`. */
export const originalRewrite: ViewerRequestHandler = async (event) => {
  const { request } = event.Records[0].cf;
  if (/\/notes\/\d+(\/edit)?$/.test(request.uri)) request.uri = "/index.html";
  return request;
};

/** The seven headers as they are written by hand: six new ones, and one in place of the origin's. */
export const originalHeaders: ViewerResponseHandler = async (event) => {
  const { response } = event.Records[0].cf;
  const { headers } = response;
  headers["strict-transport-security"] = [
    { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains; preload" },
  ];
  headers["content-security-policy"] = [
    {
      key: "Content-Security-Policy",
      value:
        "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
    },
  ];
  headers["x-content-type-options"] = [{ key: "X-Content-Type-Options", value: "nosniff" }];
  headers["x-frame-options"] = [{ key: "X-Frame-Options", value: "DENY" }];
  headers["x-xss-protection"] = [{ key: "X-XSS-Protection", value: "1; mode=block" }];
  headers["referrer-policy"] = [{ key: "Referrer-Policy", value: "same-origin" }];
  headers["server"] = [{ key: "Server", value: "Erlang on Eels" }];
  return response;
};

/** The secret path as it is written by hand. */
export const originalSecret: OriginRequestHandler = async (event) => {
  const { request } = event.Records[0].cf;
  if (request.uri !== "/secret") return request;
  return {
    status: "302",
    statusDescription: "Found",
    headers: { location: [{ key: "Location", value: "https://example.com/hidden" }] },
  };
};

/** The lifetimes of hashed names, pages and errors as they are written by hand. */
export const originalLifetimes: OriginResponseHandler = async (event) => {
  const { request, response } = event.Records[0].cf;
  const { headers, status } = response;
  const type = headers["content-type"]?.[0]?.value ?? "";
  let value: string | undefined;
  if (Number(status) >= 400) value = "public, max-age=0, s-maxage=10";
  else if (/[.-][\dA-Za-z_-]{8,}\.\w+$/.test(request.uri)) {
    value = "public, max-age=31536000, immutable";
  } else if (type.startsWith("text/html")) value = "public, max-age=0, s-maxage=60";
  if (value !== undefined && headers["cache-control"] === undefined) {
    headers["cache-control"] = [{ key: "Cache-Control", value }];
  }
  return response;
};

/** The redirect to a language as it is written by hand: by the first one that the viewer names. */
export const originalLocale: ViewerRequestHandler = async (event) => {
  const { request } = event.Records[0].cf;
  if (/^\/(?:en|de|pt-BR)(?:\/|$)/.test(request.uri) || /\.\w+$/.test(request.uri)) return request;
  const languages = request.headers["accept-language"]?.[0]?.value ?? "";
  const locale = languages.startsWith("de") ? "de" : languages.startsWith("pt") ? "pt-BR" : "en";
  const location = [{ key: "Location", value: `/${locale}${request.uri}` }];
  return { status: "302", headers: { location } };
};

/** An origin by path as it is written by hand, for the header that the cache key has. */
export const originalOrigin: ViewerRequestHandler = async (event) => {
  const { request } = event.Records[0].cf;
  const value = request.uri.startsWith("/api/") ? "api" : "default";
  request.headers["x-origin"] = [{ key: "x-origin", value }];
  return request;
};
