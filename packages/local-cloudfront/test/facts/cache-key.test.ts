import { describe, expect, it } from "vitest";
import { respondsInTurn } from "../support/origin-responses.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

type Headers = Readonly<Record<string, string>>;
type Parameters = Readonly<Record<string, unknown>>;

/** A distribution whose cache policy names these parameters. */
function keyedBy(parameters: Parameters): TestCloudFrontOptions {
  return {
    cachePolicy: { ParametersInCacheKeyAndForwardedToOrigin: parameters },
    server: respondsInTurn({}),
  };
}

const headers = (...Headers: string[]): Parameters => ({
  HeadersConfig: { HeaderBehavior: "whitelist", Headers },
});
const cookies = (...Cookies: string[]): Parameters => ({
  CookiesConfig: { CookieBehavior: "whitelist", Cookies },
});
const queryStrings = (...QueryStrings: string[]): Parameters => ({
  QueryStringsConfig: { QueryStringBehavior: "whitelist", QueryStrings },
});
const allQueryStrings = { QueryStringsConfig: { QueryStringBehavior: "all" } };
const allCookies = { CookiesConfig: { CookieBehavior: "all" } };
const bothEncodings = { EnableAcceptEncodingGzip: true, EnableAcceptEncodingBrotli: true };

interface Viewer {
  readonly path?: string;
  readonly headers?: Headers;
  readonly method?: string;
}

describe("two requests", () => {
  it.each<[name: string, parameters: Parameters, first: Viewer, second: Viewer]>([
    ["CF-G-01: a GET and a HEAD", {}, {}, { method: "HEAD" }],
    ["CF-G-01: other headers, which the policy does not name", {}, {}, { headers: { "x-a": "1" } }],
    ["CF-G-01: other query strings, which it does not name", {}, {}, { path: "/?a=1" }],
    [
      "CF-G-04: header names that differ in case",
      headers("ACCEPT-language"),
      { headers: { "Accept-Language": "en" } },
      { headers: { "accept-LANGUAGE": "en" } },
    ],
    [
      "CF-G-05: the same cookies in another order",
      allCookies,
      { headers: { cookie: "a=1; b=2" } },
      { headers: { cookie: "b=2; a=1" } },
    ],
    [
      "CF-G-05: cookies whose names start with $",
      allCookies,
      { headers: { cookie: "a=1" } },
      { headers: { cookie: "$b=2; a=1" } },
    ],
    [
      "CF-G-07: a query string that the literal utm_* does not name",
      queryStrings("utm_*"),
      {},
      { path: "/?utm_source=x" },
    ],
    [
      "CF-G-28: encodings beside gzip and br, and their order",
      bothEncodings,
      { headers: { "accept-encoding": "gzip, deflate, br, zstd" } },
      { headers: { "accept-encoding": "br;q=0.9, gzip" } },
    ],
    [
      "CF-G-28: no encoding that the policy enables, and no header at all",
      bothEncodings,
      { headers: { "accept-encoding": "deflate, zstd" } },
      {},
    ],
  ])("share an object: %s", async (_name, parameters, first, second) => {
    expect(await results(keyedBy(parameters), first, second)).toEqual(["Miss", "Hit"]);
  });

  it.each<[name: string, parameters: Parameters, first: Viewer, second: Viewer]>([
    ["CF-G-01: paths that differ in case", {}, { path: "/a" }, { path: "/A" }],
    ["CF-G-01: a path with and without a slash at the end", {}, { path: "/a" }, { path: "/a/" }],
    [
      "CF-G-02: two values of a header that the policy names",
      headers("Accept-Language"),
      { headers: { "accept-language": "en" } },
      { headers: { "accept-language": "de" } },
    ],
    [
      "CF-G-03: query strings in another order",
      allQueryStrings,
      { path: "/?a=1&b=2" },
      { path: "/?b=2&a=1" },
    ],
    ["CF-G-03: names that differ in case", allQueryStrings, { path: "/?a=1" }, { path: "/?A=1" }],
    ["CF-G-03: values that differ in case", allQueryStrings, { path: "/?a=x" }, { path: "/?a=X" }],
    [
      "CF-G-03: a semicolon, which does not separate",
      queryStrings("a"),
      { path: "/?a=1;b=1" },
      { path: "/?a=1;b=2" },
    ],
    [
      "CF-G-04: header values that differ in case",
      headers("Accept-Language"),
      { headers: { "accept-language": "en" } },
      { headers: { "accept-language": "EN" } },
    ],
    [
      "CF-G-05: cookie values that differ in case",
      cookies("a"),
      { headers: { cookie: "a=x" } },
      { headers: { cookie: "a=X" } },
    ],
    [
      "CF-G-28: a viewer that accepts gzip, and one that accepts nothing",
      bothEncodings,
      { headers: { "accept-encoding": "gzip" } },
      {},
    ],
    [
      "CF-G-28: Accept-Encoding as an ordinary header, where no encoding is enabled",
      headers("Accept-Encoding"),
      { headers: { "accept-encoding": "gzip, br" } },
      { headers: { "accept-encoding": "br, gzip" } },
    ],
  ])("do not share an object: %s", async (_name, parameters, first, second) => {
    expect(await results(keyedBy(parameters), first, second)).toEqual(["Miss", "Miss"]);
  });

  it("CF-G-01: OPTIONS, where it is cached, has an object of its own", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      server: respondsInTurn({}),
      properties: { CachedMethods: ["GET", "HEAD", "OPTIONS"] },
    });
    const xCaches: string[] = [];
    for (const method of ["GET", "OPTIONS", "OPTIONS", "GET"]) {
      const answer = await requestRaw(cloudfront.url, "/", {}, method);
      xCaches.push(answer.headers["x-cache"] ?? "");
    }
    expect(xCaches.map((xCache) => xCache.split(" ")[0])).toEqual(["Miss", "Miss", "Hit", "Hit"]);
    expect(received.map(({ method }) => method)).toEqual(["GET", "OPTIONS"]);
  });
});

async function results(options: TestCloudFrontOptions, ...viewers: Viewer[]): Promise<string[]> {
  const { cloudfront } = await startTestCloudFront(options);
  const found: string[] = [];
  for (const { path = "/", headers: sent = {}, method = "GET" } of viewers) {
    const answer = await requestRaw(cloudfront.url, path, sent, method);
    found.push(answer.headers["x-cache"]?.split(" ")[0] ?? "");
  }
  return found;
}

describe("what the cache policy names goes to the origin", () => {
  it("CF-G-02: headers, cookies and query strings, and no others", async () => {
    const { cloudfront, received } = await startTestCloudFront(
      keyedBy({ ...headers("X-A"), ...cookies("c"), ...queryStrings("q") }),
    );
    await requestRaw(cloudfront.url, "/a?r=1&q=2", {
      "X-A": "1",
      "X-B": "2",
      Cookie: "d=4; c=3",
    });
    expect(received[0]).toMatchObject({ url: "/a?q=2", headers: { "x-a": "1", cookie: "c=3" } });
    expect(received[0]?.headers).not.toHaveProperty("x-b");
  });

  it("CF-G-05: cookies sorted by name, without those that start with $", async () => {
    const { cloudfront, received } = await startTestCloudFront(keyedBy(allCookies));
    await requestRaw(cloudfront.url, "/", { Cookie: "$a=1; c=3; b=2" });
    expect(received[0]?.headers["cookie"]).toBe("b=2; c=3");
  });

  it.each<[accepted: string | undefined, Parameters, forwarded: string | undefined]>([
    ["gzip, deflate, br, zstd", bothEncodings, "br,gzip"],
    ["gzip", bothEncodings, "gzip"],
    ["br", bothEncodings, "br"],
    ["br, gzip", { EnableAcceptEncodingGzip: true }, "gzip"],
    ["deflate", bothEncodings, "identity"],
    [undefined, bothEncodings, undefined],
    ["gzip", {}, undefined],
    ["gzip, zstd", headers("Accept-Encoding"), "gzip, zstd"],
  ])(
    "CF-G-28, CF-G-29: Accept-Encoding %j with %j is %j at the origin",
    async (accepted, parameters, forwarded) => {
      const { cloudfront, received } = await startTestCloudFront(keyedBy(parameters));
      const sent: Headers = accepted === undefined ? {} : { "accept-encoding": accepted };
      await requestRaw(cloudfront.url, "/", sent);
      expect(received[0]?.headers["accept-encoding"]).toBe(forwarded);
    },
  );

  it.each<[method: string, options: TestCloudFrontOptions, arrives: boolean]>([
    ["GET", {}, false],
    ["HEAD", {}, false],
    ["POST", {}, true],
    ["PUT", {}, true],
    ["PATCH", {}, true],
    ["DELETE", {}, true],
    ["OPTIONS", {}, true],
    ["OPTIONS", { properties: { CachedMethods: ["GET", "HEAD", "OPTIONS"] } }, false],
    ["GET", keyedBy(headers("Authorization")), true],
    [
      "GET",
      { properties: { OriginRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3" } },
      true,
    ],
  ])("CF-G-48: Authorization of a %s (%#) arrives: %3$s", async (method, options, arrives) => {
    const { cloudfront, received } = await startTestCloudFront({
      server: respondsInTurn({}),
      ...options,
    });
    await requestRaw(cloudfront.url, "/", { Authorization: "Basic eA==" }, method);
    expect(received[0]?.headers["authorization"]).toBe(arrives ? "Basic eA==" : undefined);
  });
});

describe("managed cache policies by id", () => {
  it("CF-G-39: UseOriginCacheControlHeaders-QueryStrings keys by all query strings, host and cookies", async () => {
    const options = {
      server: respondsInTurn({ headers: { "cache-control": "max-age=60" } }),
      properties: { CachePolicyId: "4cc15a8a-d715-48a4-82b8-cc0b614638fe" },
    };
    expect(await results(options, { path: "/?a=1" }, { path: "/?a=2" }, { path: "/?a=1" })).toEqual(
      ["Miss", "Miss", "Hit"],
    );
    expect(await results(options, {}, { headers: { cookie: "a=1" } })).toEqual(["Miss", "Miss"]);
  });

  it("CF-G-39: UseOriginCacheControlHeaders caches nothing that has no header", async () => {
    const options = {
      server: respondsInTurn({}),
      properties: { CachePolicyId: "83da9c7e-98b4-4e11-a168-04f0df8e2c65" },
    };
    expect(await results(options, {}, {})).toEqual(["Miss", "Miss"]);
  });

  it("CF-G-39: Elemental-MediaPackage keys by Origin and four query strings", async () => {
    const options = {
      server: respondsInTurn({}),
      properties: { CachePolicyId: "08627262-05a9-4f76-9ded-b50ca2e3a84f" },
    };
    const viewers = [{ path: "/?start=1" }, { path: "/?start=1&x=2" }, { path: "/?start=2" }];
    expect(await results(options, ...viewers)).toEqual(["Miss", "Hit", "Miss"]);
  });

  it("CF-G-39: CachingOptimized keys by the path and the encodings alone", async () => {
    const options = {
      server: respondsInTurn({}),
      properties: { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
    };
    const viewers = [
      { path: "/?a=1", headers: { cookie: "a=1", "accept-encoding": "gzip" } },
      { path: "/?b=1", headers: { "accept-encoding": "gzip" } },
      { path: "/?b=1", headers: { "accept-encoding": "br" } },
    ];
    expect(await results(options, ...viewers)).toEqual(["Miss", "Hit", "Miss"]);
  });
});
