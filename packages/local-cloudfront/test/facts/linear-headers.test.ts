import { describe, expect, it } from "vitest";
import { sendBytes } from "../support/raw-http.ts";
import { shareTestCloudFront } from "../support/start-test-cloudfront.ts";

const headers = [
  "Accept-Encoding",
  "Access-Control-Request-Headers",
  "Authorization",
  "Cache-Control",
  "Cookie",
  "Expect",
  "If-Match",
  "If-Modified-Since",
  "If-None-Match",
  "If-Range",
  "If-Unmodified-Since",
  "Origin",
  "Pragma",
  "Range",
  "Via",
  "X-Forwarded-For",
];
const worst = [
  " ",
  "\t",
  ",",
  ", ",
  ";",
  "=",
  "-",
  "0-",
  "bytes=",
  "W/",
  '"',
  '"a", ',
  "a=b; ",
  ";q=0",
  "*",
  "(CloudFront)",
  "://",
  "%",
];

const caching = shareTestCloudFront({
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: true,
      EnableAcceptEncodingBrotli: true,
      CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["a"] },
      HeadersConfig: { HeaderBehavior: "none" },
      QueryStringsConfig: { QueryStringBehavior: "all" },
    },
  },
});

/** What is quadratic takes a second for each request: these would outlast the test. */
describe("30 KB of the worst in a request's header are read in one pass", () => {
  it.each(headers)("%s", { timeout: 5000 }, async (name) => {
    const { cloudfront, get } = await caching();
    await get("/a.html");
    for (const text of worst) {
      const value = `${text.repeat(Math.ceil(18_000 / text.length))}x`;
      const prefixes = name === "Range" ? ["bytes=", "bytes=1", "x"] : ["x", "a=", ""];
      for (const prefix of prefixes) {
        const request = `GET /a.html HTTP/1.1\r\nHost: localhost\r\n${name}: ${prefix}${value}\r\nConnection: close\r\n\r\n`;
        expect((await sendBytes(cloudfront.url, request)).toString()).toMatch(/^HTTP\/1\.1 /);
      }
    }
  });
});
