import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { sampleCacheBehavior } from "../../test/samples/cache-behavior.ts";
import { sampleHeaders, sampleRequest } from "../../test/samples/http-message.ts";
import type { CachePolicy, NameSelection } from "../distribution/policies.ts";
import { composeCacheKey, normalizeAcceptEncoding } from "./cache-key.ts";

const domainName = "dsample.cloudfront.net";

function keyOf(
  cachePolicy: Partial<CachePolicy>,
  ...request: Parameters<typeof sampleRequest>
): ReturnType<typeof composeCacheKey> {
  return composeCacheKey(sampleCacheBehavior(cachePolicy), domainName, sampleRequest(...request));
}

const all: NameSelection = { behavior: "all" };
const bothEncodings = { enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true };

describe("the cache key", () => {
  it("CF-G-01: is the domain name and the path by default", () => {
    const plain = keyOf({}, "/a");
    const adorned = keyOf({}, "/a?b=1", { Cookie: "c=2", "Accept-Language": "en", Host: "x.test" });
    expect(adorned.value).toBe(plain.value);
    expect(plain.components).toEqual([{ kind: "path", name: "", value: "/a" }]);
    expect(keyOf({}, "/A").value).not.toBe(plain.value);
  });

  it("CF-G-01: is the same for GET and HEAD, another for OPTIONS", () => {
    const get = keyOf({}, "/a");
    expect(keyOf({}, "/a", {}, { method: "HEAD" }).value).toBe(get.value);
    expect(keyOf({}, "/a", {}, { method: "OPTIONS" }).value).not.toBe(get.value);
  });

  it("differs between distributions", () => {
    const behavior = sampleCacheBehavior();
    const request = sampleRequest("/a");
    expect(composeCacheKey(behavior, "d1.cloudfront.net", request).value).not.toBe(
      composeCacheKey(behavior, "d2.cloudfront.net", request).value,
    );
  });

  it("CF-G-02: has one entry per value of a header that the cache policy names", () => {
    const policy = { headers: { behavior: "whitelist", names: ["accept-language"] } } as const;
    const german = keyOf(policy, "/a", { "Accept-Language": "de" });
    expect(german.value).not.toBe(keyOf(policy, "/a", { "Accept-Language": "fr" }).value);
    expect(german.value).not.toBe(keyOf(policy, "/a").value);
    expect(german.components).toContainEqual({
      kind: "header",
      name: "accept-language",
      value: "de",
    });
  });

  it("CF-G-04: compares header names without case, header values with it", () => {
    const policy = { headers: { behavior: "whitelist", names: ["accept-language"] } } as const;
    const upper = keyOf(policy, "/a", { "Accept-Language": "en" });
    expect(keyOf(policy, "/a", { "ACCEPT-language": "en" }).value).toBe(upper.value);
    expect(keyOf(policy, "/a", { "Accept-Language": "EN" }).value).not.toBe(upper.value);
  });

  it("an empty header is not an absent one", () => {
    const policy = { headers: { behavior: "whitelist", names: ["x-a"] } } as const;
    expect(keyOf(policy, "/a", { "X-A": "" }).value).not.toBe(keyOf(policy, "/a").value);
  });

  it("LE-B-51: takes CloudFront's own headers from CloudFront, not from the viewer", () => {
    const names = ["cloudfront-viewer-country"];
    const behavior = sampleCacheBehavior({ headers: { behavior: "whitelist", names } });
    const request = sampleRequest("/a", { "CloudFront-Viewer-Country": "XX" });
    const unknown = composeCacheKey(behavior, domainName, request);
    const japan = composeCacheKey(behavior, domainName, request, {
      "cloudfront-viewer-country": "JP",
    });
    expect(unknown.value).toBe(composeCacheKey(behavior, domainName, sampleRequest("/a")).value);
    expect(japan.components).toContainEqual({
      kind: "header",
      name: "cloudfront-viewer-country",
      value: "JP",
    });
  });

  it.each([
    ["the order of parameters", "/a?a=1&b=2", "/a?b=2&a=1"],
    ["the case of a name", "/a?a=1", "/a?A=1"],
    ["the case of a value", "/a?a=x", "/a?a=X"],
    ["an equals sign", "/a?a", "/a?a="],
    ["a semicolon, which does not separate", "/a?a=1&b=2", "/a?a=1;b=2"],
  ])("CF-G-03: tells query strings apart by %s", (_difference, one, other) => {
    expect(keyOf({ queryStrings: all }, one).value).not.toBe(
      keyOf({ queryStrings: all }, other).value,
    );
  });

  it.each<[NameSelection, string]>([
    [{ behavior: "none" }, "/a"],
    [{ behavior: "whitelist", names: ["b", "utm_*"] }, "/a?b=2"],
    [{ behavior: "allExcept", names: ["b", "utm_*"] }, "/a?a=1&utm_source=x"],
    [{ behavior: "all" }, "/a?a=1&b=2&utm_source=x"],
  ])(
    "CF-G-07: keeps of the query string what %j names, * being a literal",
    (queryStrings, path) => {
      const key = keyOf({ queryStrings }, "/a?a=1&b=2&utm_source=x");
      expect(key.invalidationPath).toBe(path);
      expect(key.value).toBe(keyOf({ queryStrings: all }, path).value);
    },
  );

  it("CF-G-05: sorts cookies by name, tells their case apart, and drops names with $", () => {
    const key = keyOf({ cookies: all }, "/a", { Cookie: "b=2; $a=1; a=1" });
    expect(key.components.slice(1)).toEqual([
      { kind: "cookie", name: "a", value: "1" },
      { kind: "cookie", name: "b", value: "2" },
    ]);
    expect(keyOf({ cookies: all }, "/a", { Cookie: ["a=1", "b=2"] }).value).toBe(key.value);
    expect(keyOf({ cookies: all }, "/a", { Cookie: "A=1; b=2" }).value).not.toBe(key.value);
    expect(keyOf({ cookies: all }, "/a", { Cookie: "a=1; b=X" }).value).not.toBe(key.value);
  });

  it("CF-G-05: has only the cookies that the cache policy names", () => {
    const cookies = { behavior: "whitelist", names: ["session"] } as const;
    expect(keyOf({ cookies }, "/a", { Cookie: "session=1; Session=2; other=3" }).value).toBe(
      keyOf({ cookies: all }, "/a", { Cookie: "session=1" }).value,
    );
  });

  it("CF-G-28: holds the normalised Accept-Encoding", () => {
    const key = keyOf(bothEncodings, "/a", { "Accept-Encoding": "gzip, deflate, br, zstd" });
    expect(key.components).toContainEqual({
      kind: "accept-encoding",
      name: "",
      value: "br,gzip",
    });
    expect(keyOf(bothEncodings, "/a", { "Accept-Encoding": "br, gzip" }).value).toBe(key.value);
    expect(keyOf(bothEncodings, "/a", { "Accept-Encoding": "gzip" }).value).not.toBe(key.value);
  });

  it("CF-G-29: is without Accept-Encoding where the viewer sends none, or none that counts", () => {
    const plain = keyOf(bothEncodings, "/a");
    expect(plain.components).toHaveLength(1);
    expect(keyOf(bothEncodings, "/a", { "Accept-Encoding": "zstd" }).value).toBe(plain.value);
  });

  it("CF-G-15: does not know the viewer's Cache-Control and Pragma", () => {
    const headers = { "Cache-Control": "no-cache", Pragma: "no-cache" };
    expect(keyOf({}, "/a", headers).value).toBe(keyOf({}, "/a").value);
  });

  it("is equal for two requests exactly when all that the policy names is equal", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "B", "=", "&", " ", "\n", "1", ":", "/", "?"),
      maxLength: 3,
    });
    const path = text.map((rest) => `/${rest.replaceAll("?", "")}`);
    const parts = fc.record({
      uri: path,
      querystring: text,
      language: fc.option(text),
      agent: fc.option(text),
    });
    const behavior = sampleCacheBehavior({
      queryStrings: all,
      headers: { behavior: "whitelist", names: ["accept-language", "user-agent"] },
    });
    const valueOf = ({
      uri,
      querystring,
      language,
      agent,
    }: typeof parts extends fc.Arbitrary<infer P> ? P : never): string =>
      composeCacheKey(
        behavior,
        domainName,
        sampleRequest(
          "/",
          {
            ...(language === null ? {} : { "Accept-Language": language }),
            ...(agent === null ? {} : { "User-Agent": agent }),
          },
          { uri, querystring },
        ),
      ).value;
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const isEqual = JSON.stringify(one) === JSON.stringify(other);
        expect(valueOf(one) === valueOf(other)).toBe(isEqual);
      }),
      propertyRuns(8000),
    );
  });
});

describe("CF-G-28: Accept-Encoding", () => {
  it.each<[string, { gzip: boolean; brotli: boolean }, string | undefined]>([
    ["gzip, deflate, br, zstd", { gzip: true, brotli: true }, "br,gzip"],
    ["GZIP;q=0.5, BR", { gzip: true, brotli: true }, "br,gzip"],
    ["gzip, br", { gzip: true, brotli: false }, "gzip"],
    ["gzip, br", { gzip: false, brotli: true }, "br"],
    ["gzip, br", { gzip: false, brotli: false }, undefined],
    ["deflate", { gzip: true, brotli: true }, undefined],
    ["gzip;q=0, br;q=0.001", { gzip: true, brotli: true }, "br"],
    ["x-gzip, brotli", { gzip: true, brotli: true }, undefined],
    ["", { gzip: true, brotli: true }, undefined],
  ])("%j with %j enabled becomes %j", (value, { gzip, brotli }, expected) => {
    const { cachePolicy } = sampleCacheBehavior({
      enableAcceptEncodingGzip: gzip,
      enableAcceptEncodingBrotli: brotli,
    });
    const headers = sampleHeaders({ "Accept-Encoding": value });
    expect(normalizeAcceptEncoding(cachePolicy, headers)).toBe(expected);
  });
});
