import { checkOriginResponseResult } from "cf-rules";
import type { EventHeaders, OriginResponseEvent } from "cf-types";
import { originResponseEvent } from "edge-function-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import type { CacheRule } from "../compile/cache-headers-options.ts";
import { compileCacheHeaders } from "../compile/compile-cache-headers.ts";
import { createCacheHeaders } from "./cache-headers.ts";

const seconds = fc.integer({ min: 0, max: 31_536_000 });
const rule: fc.Arbitrary<CacheRule> = fc.record(
  {
    pathPattern: fc.constantFrom("/api/*", "*.js", "*", "/a?"),
    contentTypes: fc.constantFrom(["text/html"], ["image/*", "application/json"]),
    statuses: fc.constantFrom([200, 404], ["2xx", "5xx"] as const, ["3xx", "4xx"] as const),
    hashedNames: fc.boolean(),
    overridePrivate: fc.boolean(),
    browserTtlSeconds: seconds,
    edgeTtlSeconds: seconds,
    staleIfErrorSeconds: seconds,
  },
  { requiredKeys: [] },
);
const options = fc.record({
  rules: fc.array(rule, { maxLength: 3 }),
  cacheTagHeader: fc.constant("Cache-Tag"),
  cacheTags: fc.constant([{ tags: ["a", "b-{1}", "c-{2}"] }]),
  removeHeaders: fc.constantFrom([], ["server", "x-*"]),
});

/** What an origin can send: nothing that CloudFront would not hand over. */
const value = fc.string({
  unit: fc
    .oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 160, max: 255 }))
    .map((code) => String.fromCharCode(code)),
});
const names = [
  "cache-control",
  "content-type",
  "expires",
  "set-cookie",
  "cache-tag",
  "server",
  "x-a",
  "via",
  "transfer-encoding",
  "constructor",
];
const headers: fc.Arbitrary<EventHeaders> = fc.dictionary(
  fc.constantFrom(...names),
  fc
    .oneof(value, fc.constantFrom("private", "no-store", "text/html", "max-age=5"))
    .map((each) => [{ key: "key", value: each }]),
);
const response = fc.record({
  status: fc.integer({ min: 200, max: 599 }).map(String),
  statusDescription: value,
  headers: headers.map((each) =>
    Object.fromEntries(Object.entries(each).map(([key, [line]]) => [key, [{ ...line!, key }]])),
  ),
});
const uri = fc.oneof(
  fc.webPath().map((path) => `/${path}`),
  fc.string({ unit: "binary", maxLength: 100 }).map((path) => `/${path}`),
  fc.constantFrom("/assets/index-BkX3f_Ab.js", "/api/x", "/"),
);
const method = fc.constantFrom("GET", "HEAD", "POST", "OPTIONS");

it("of any options and any response is one that CloudFront takes, and the same the second time", async () => {
  await fc.assert(
    fc.asyncProperty(options, response, uri, method, async (given, received, path, verb) => {
      const handler = createCacheHeaders(compileCacheHeaders(given));
      const event: OriginResponseEvent = originResponseEvent(structuredClone(received));
      Object.assign(event.Records[0].cf.request, { uri: path, method: verb });
      const once = structuredClone(await handler(event));
      expect(checkOriginResponseResult(once, received)).toMatchObject({ kind: "response" });
      expect(once.status).toBe(received.status);
      expect(await handler(event)).toEqual(once);
    }),
    propertyRuns(1000),
  );
});

it("takes no longer for a long path of a hostile viewer", async () => {
  const hostile = ["/a-".repeat(2700), `/${"A".repeat(8000)}`, `/${"*a".repeat(4000)}`];
  const handler = createCacheHeaders(
    compileCacheHeaders({ rules: [{ pathPattern: "*a*a*a*a*b", edgeTtlSeconds: 1 }] }),
  );
  for (const path of hostile) {
    const event = originResponseEvent();
    Object.assign(event.Records[0].cf.request, { uri: path });
    expect((await handler(event)).headers).toHaveProperty("cache-control");
  }
});
