import type { OriginRequestHandler, ViewerRequestHandler, ViewerResponseHandler } from "cf-types";

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
