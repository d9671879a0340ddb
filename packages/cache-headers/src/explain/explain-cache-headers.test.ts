import { expect, it } from "vitest";
import { compileCacheHeaders } from "../compile/compile-cache-headers.ts";
import { explainCacheHeaders } from "./explain-cache-headers.ts";

const compiled = compileCacheHeaders({
  rules: [{ pathPattern: "/api/*", edgeTtlSeconds: 5 }],
  removeHeaders: ["server"],
});
const server = { server: [{ key: "Server", value: "x" }] };
const own = { "cache-control": [{ key: "Cache-Control", value: "private" }] };

it.each([
  ["/api/x", "rules[0]", 'The response is one of rules[0]: "public, max-age=0, s-maxage=5".'],
  ["/", "pages", 'The response is one of pages: "public, max-age=0, s-maxage=60".'],
  [{ uri: "/a.txt" }, "none", 'No rule is for status 200 of "/a.txt".'],
  [{ uri: "/a.txt", method: "POST" }, "none", "POST is never cached: only GET and HEAD are."],
  [
    { uri: "/a.html", headers: own },
    "pages",
    "The origin says itself how long it is kept, and pages gives way to that.",
  ],
  [
    { uri: "/api/x", headers: own },
    "rules[0]",
    "The origin keeps it to one viewer, or it sets a cookie, or the request has an Authorization header: rules[0] does not share it without overridePrivate.",
  ],
] as const)("of %j names the rule and the reason", (response, rule, reason) => {
  expect(explainCacheHeaders(compiled, response)).toMatchObject({ rule, reason });
});

it("names what becomes of the headers", () => {
  expect(explainCacheHeaders(compiled, { uri: "/api/x", headers: server }).result).toEqual({
    headers: {
      "cache-control": [{ key: "Cache-Control", value: "public, max-age=0, s-maxage=5" }],
    },
    removed: ["server"],
  });
});
