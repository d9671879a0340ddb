import type { EventHeaders, EventResponse } from "cf-types";
import { originResponseEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import type { CacheHeadersOptions } from "../compile/cache-headers-options.ts";
import { compileCacheHeaders } from "../compile/compile-cache-headers.ts";
import { createCacheHeaders } from "./cache-headers.ts";

interface Asked extends Partial<EventResponse> {
  readonly uri?: string;
  readonly method?: string;
}

/** Returns headers by name, each line as one. */
async function headersOf(
  options: CacheHeadersOptions,
  { uri = "/", method = "GET", ...response }: Asked = {},
): Promise<Readonly<Record<string, string>>> {
  const event = originResponseEvent(structuredClone(response));
  Object.assign(event.Records[0].cf.request, { uri, method });
  const result = await createCacheHeaders(compileCacheHeaders(options))(event);
  return Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, lines]) => [
      name,
      lines.map(({ value }) => value).join("|"),
    ]),
  );
}

async function cacheControl(
  options: CacheHeadersOptions,
  asked?: Asked,
): Promise<string | undefined> {
  return (await headersOf(options, asked))["cache-control"];
}

function lines(headers: Readonly<Record<string, string>>): EventHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [{ key, value }]]),
  );
}

const html = lines({ "Content-Type": "text/html; charset=utf-8" });
const script = lines({ "Content-Type": "text/javascript" });
const page = "public, max-age=0, s-maxage=60";
const year = "public, max-age=31536000, immutable";

describe("without options", () => {
  it.each<[name: string, asked: Asked, expected: string | undefined]>([
    ["a page is fresh for a minute at the edge", { headers: html }, page],
    ["a hashed name for a year", { uri: "/assets/index-BkX3f_Ab.js", headers: script }, year],
    ["another file as long as the origin says", { uri: "/logo.svg", headers: script }, undefined],
    ["CF-G-20: a missing file for 10 s", { status: "404" }, "public, max-age=0, s-maxage=10"],
    ["CF-G-20: a refusal not at all", { status: "403" }, "no-store"],
    [
      "a missing hashed name for 10 s",
      { status: "404", uri: "/a.3f2a9c1b.js" },
      "public, max-age=0, s-maxage=10",
    ],
    ["a redirect as long as the origin says", { status: "301" }, undefined],
    ["LE-A-45: a POST is not cached", { method: "POST", headers: html }, undefined],
  ])("%s", async (_name, asked, expected) => {
    expect(await cacheControl({}, asked)).toBe(expected);
  });

  it.each([{ "Cache-Control": "max-age=5" }, { Expires: "Mon, 12 Jan 2026 08:30:00 GMT" }])(
    "what the origin says of its pages stays: %j",
    async (own) => {
      const headers = { ...html, ...lines(own) };
      expect(await headersOf({}, { headers })).toEqual(
        await headersOf({ pages: false }, { headers }),
      );
    },
  );

  it("what the origin says of its errors does not", async () => {
    const headers = lines({ "Cache-Control": "max-age=31536000", Expires: "x", Pragma: "x" });
    expect(await headersOf({}, { status: "404", headers })).toEqual({
      "cache-control": "public, max-age=0, s-maxage=10",
    });
  });
});

describe("a rule", () => {
  const rules = [
    { pathPattern: "/api/*", edgeTtlSeconds: 5 },
    { contentTypes: ["image/*", "text/html"], browserTtlSeconds: 60 },
    { statuses: [301, "5xx"], browserTtlSeconds: 7 },
    { pathPattern: "*.js", hashedNames: true, browserTtlSeconds: 9 },
  ] as const;

  it.each<[asked: Asked, expected: string | undefined]>([
    [{ uri: "/api/x", headers: html }, "public, max-age=0, s-maxage=5"],
    [{ uri: "/x", headers: html }, "public, max-age=60"],
    [{ uri: "/x", headers: lines({ "content-type": "IMAGE/png" }) }, "public, max-age=60"],
    [{ uri: "/x", headers: lines({ "content-type": "text/html5" }) }, undefined],
    [{ uri: "/x", status: "301", headers: html }, "public, max-age=7"],
    [{ uri: "/x", status: "302", headers: html }, undefined],
    [{ uri: "/api/x", status: "503", headers: html }, "public, max-age=7"],
    [{ uri: "/api/x", status: "404", headers: html }, "public, max-age=0, s-maxage=10"],
    [{ uri: "/a.3f2a9c1b.js", headers: script }, "public, max-age=9"],
    [{ uri: "/a.3f2a9c1b.css", headers: script }, year],
  ])("is for what meets all that it says: %j", async (asked, expected) => {
    expect(await cacheControl({ rules }, asked)).toBe(expected);
  });

  it.each<[uri: string, expected: string | undefined]>([
    ["/x", "public, max-age=60"],
    ["/x/", "public, max-age=60"],
    ["/index.html", "public, max-age=60"],
    ["/a.PNG", "public, max-age=60"],
    ["/a.css", undefined],
  ])(
    "LE-A-05: goes by the extension of %s where a 304 has no Content-Type",
    async (uri, expected) => {
      expect(await cacheControl({ rules }, { uri, status: "304", headers: {} })).toBe(expected);
    },
  );

  it("takes the place of the origin's Cache-Control, Expires and Pragma", async () => {
    const own = lines({ "Cache-Control": "max-age=1, no-cache", Expires: "0", Pragma: "no-cache" });
    const headers = { ...html, ...own };
    expect(await headersOf({ rules: [{ edgeTtlSeconds: 60 }] }, { headers })).toEqual({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "public, max-age=0, s-maxage=60",
    });
  });
});

describe("a response for one viewer", () => {
  const shared = { edgeTtlSeconds: 60 };
  const own = { cacheability: "private", browserTtlSeconds: 60 } as const;

  it.each<[headers: Readonly<Record<string, string>>, shared: string | undefined, own: string]>([
    [{ "Cache-Control": "private" }, "private", "private, max-age=60"],
    [{ "Cache-Control": 'max-age=5,Private="x"' }, 'max-age=5,Private="x"', "private, max-age=60"],
    [{ "Cache-Control": "no-cache, no-store" }, "no-cache, no-store", "no-cache, no-store"],
    [{ "Set-Cookie": "session=1" }, undefined, "private, max-age=60"],
    [{ "Cache-Control": "x-private=1" }, page, "private, max-age=60"],
  ])("with %j is not shared by a rule", async (headers, expected, ownExpected) => {
    const asked = { headers: lines(headers) };
    expect(await cacheControl({ rules: [shared] }, asked)).toBe(expected);
    expect(await cacheControl({ rules: [own] }, asked)).toBe(ownExpected);
    expect(await cacheControl({ rules: [{ cacheability: "no-store" }] }, asked)).toBe("no-store");
    const overriding = { ...shared, overridePrivate: true };
    expect(await cacheControl({ rules: [overriding] }, asked)).toBe(page);
  });
});

it("RFC 9111, 3.5: a response to a request with Authorization is not shared by a rule", async () => {
  const respond = async (options: CacheHeadersOptions) => {
    const event = originResponseEvent({ headers: lines({ "Content-Type": "text/html" }) });
    event.Records[0].cf.request.headers["authorization"] = [{ key: "Authorization", value: "x" }];
    const { headers } = await createCacheHeaders(compileCacheHeaders(options))(event);
    return headers?.["cache-control"]?.[0]?.value;
  };
  expect(await respond({})).toBeUndefined();
  expect(await respond({ rules: [{ edgeTtlSeconds: 60 }] })).toBeUndefined();
  expect(await respond({ rules: [{ edgeTtlSeconds: 60, overridePrivate: true }] })).toBe(page);
  expect(await respond({ rules: [{ cacheability: "private" }] })).toBe("private, max-age=0");
});

describe("CF-P-01: cache tags", () => {
  const options = {
    cacheTagHeader: "Cache-Tag",
    cacheTags: [
      { tags: ["site"] },
      { pathPattern: "/products/*", tags: ["products", "product-{2}"] },
    ],
  };
  const tags = async (asked: Asked): Promise<string | undefined> =>
    (await headersOf(options, asked))["cache-tag"];

  it("are those of all paths that match, with their segments", async () => {
    expect(await tags({ uri: "/about" })).toBe("site");
    expect(await tags({ uri: "/products/42" })).toBe("site,products,product-42");
    expect(await tags({ uri: "/products/" })).toBe("site,products");
  });

  it("hold nothing that separates tags or is no ASCII", async () => {
    expect(await tags({ uri: "/products/a,b é" })).toBe("site,products,product-a%2Cb%20%C3%A9");
    expect(await tags({ uri: `/products/\ud800` })).toBe("site,products,product-%EF%BF%BD");
  });

  it("come after the origin's own, each once, whatever its case", async () => {
    const headers = lines({ "cache-tag": "Site, sale , ,products" });
    expect(await tags({ uri: "/products/1", headers })).toBe("Site,sale,products,product-1");
  });

  it("are 50 at most, of 256 characters at most", async () => {
    const own = Array.from({ length: 60 }, (_, index) => `t${index}`).join(",");
    const headers = lines({ "cache-tag": `${"x".repeat(257)},${own}` });
    const given = (await tags({ headers }))?.split(",");
    expect(given).toHaveLength(50);
    expect(given?.[0]).toBe("t0");
    expect(await tags({ uri: `/products/${"y".repeat(300)}` })).toBe("site,products");
  });
});

describe("header clean-up", () => {
  it("LE-C-09: takes away what is named, and leaves the rest", async () => {
    const headers = lines({
      Server: "x",
      "x-amz-meta-a": "1",
      "X-Amz-Meta-B": "2",
      "x-amz-meter": "3",
      Via: "1.1 x",
      "Transfer-Encoding": "chunked",
    });
    const options = { removeHeaders: ["server", "X-Amz-Meta-*"] };
    expect(await headersOf(options, { uri: "/a.txt", headers })).toEqual({
      "x-amz-meter": "3",
      via: "1.1 x",
      "transfer-encoding": "chunked",
    });
  });
});
