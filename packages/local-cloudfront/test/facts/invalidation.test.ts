import { describe, expect, it } from "vitest";
import { changeRequest } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const allQueryStrings: TestCloudFrontOptions = {
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      QueryStringsConfig: { QueryStringBehavior: "all" },
    },
  },
};
const byLanguage: TestCloudFrontOptions = {
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Accept-Language"] },
    },
  },
};

describe("an invalidation", () => {
  const cached = ["/images/a.png", "/images/b/c.png", "/images", "/Images/a.png", "/other"];

  it.each<[path: string, dropped: readonly string[]]>([
    ["/images/*", ["/images/a.png", "/images/b/c.png"]],
    ["/images*", ["/images/a.png", "/images/b/c.png", "/images"]],
    ["/images/a.png", ["/images/a.png"]],
    ["/images/a.*", ["/images/a.png"]],
    ["/images/*.png", []],
    ["/IMAGES/*", []],
    ["/*", cached],
  ])("CF-G-42: of %s drops %j", async (path, dropped) => {
    const { cloudfront, get } = await startTestCloudFront({ server: respondsInTurn({}) });
    for (const uri of cached) await get(uri);
    expect(await cloudfront.invalidate([path])).toBe(dropped.length);
    const misses: string[] = [];
    for (const uri of cached) if ((await get(uri)).xCache === "Miss") misses.push(uri);
    expect(misses).toEqual(dropped);
  });

  it("CF-G-42: names the query string where it is part of the cache key", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn({}),
      ...allQueryStrings,
    });
    await get("/a?x=1");
    await get("/a?x=2");
    expect(await cloudfront.invalidate(["/a"])).toBe(0);
    expect(await cloudfront.invalidate(["/a?x=1"])).toBe(1);
    expect((await get("/a?x=2")).xCache).toBe("Hit");
    expect(await cloudfront.invalidate(["/a*"])).toBe(1);
  });

  it("CF-G-42: drops the objects of all headers and cookies", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn({}),
      ...byLanguage,
    });
    for (const language of ["en", "de"]) await get("/a", { "accept-language": language });
    expect(await cloudfront.invalidate(["/a"])).toBe(2);
  });

  it("CF-G-42: knows the URI that viewer-request wrote", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      functions: { "viewer-request": changeRequest('request.uri = "/en/a.html";') },
      server: respondsInTurn({}),
    });
    await get("/a.html");
    expect(await cloudfront.invalidate(["/a.html"])).toBe(0);
    expect(await cloudfront.invalidate(["/a.html", "/en/a.html"])).toBe(1);
  });

  it("CF-G-42: refuses what CloudFront does not take, and drops nothing", async () => {
    const { cloudfront, get } = await startTestCloudFront();
    await get("/a.html");
    await expect(cloudfront.invalidate(["/a.html", "images/*"])).rejects
      .toThrowErrorMatchingInlineSnapshot(`
      [LocalCloudFrontError: Invalidation path must start with "/": got "images/*". Write "/images/*".]
    `);
    await expect(cloudfront.invalidate(["/~user/*"])).rejects.toThrowErrorMatchingInlineSnapshot(`
      [LocalCloudFrontError: Invalidation path must not contain "~": got "/~user/*". CloudFront does not support it in invalidations; end the path before it with a wildcard.]
    `);
    await expect(cloudfront.invalidate([`/${"a".repeat(4000)}`])).rejects.toThrow(
      "At most 4000 are allowed.",
    );
    expect((await get("/a.html")).xCache).toBe("Hit");
  });
});

describe("the memory for cached objects", () => {
  it("CF-G-44: is bounded: what was not used for longest goes first", async () => {
    const { get } = await startTestCloudFront({
      server: respondsInTurn({ body: "x".repeat(30_000) }),
      options: { maxCacheBytes: 100_000 },
    });
    for (const uri of ["/a", "/b", "/c"]) await get(uri);
    expect((await get("/a")).xCache).toBe("Hit");
    await get("/d");
    expect((await get("/b")).xCache).toBe("Miss");
    expect((await get("/a")).xCache).toBe("Hit");
  });

  it("CF-G-41, CF-G-44: an object that is larger than all of it is served, not cached", async () => {
    const { get } = await startTestCloudFront({
      server: respondsInTurn({ body: "x".repeat(30_000) }),
      options: { maxCacheBytes: 10_000 },
    });
    for (const _attempt of [1, 2]) {
      const { xCache, body } = await get("/a");
      expect({ xCache, bytes: body.length }).toEqual({ xCache: "Miss", bytes: 30_000 });
    }
  });

  it("must be some bytes", async () => {
    await expect(startTestCloudFront({ options: { maxCacheBytes: 0.5 } })).rejects
      .toThrowErrorMatchingInlineSnapshot(`
      [LocalCloudFrontError: Option maxCacheBytes is no number of bytes: got 0.5. Write a whole number above 0.]
    `);
  });
});

describe("CF-P-01: an invalidation by tag", () => {
  const tagged: TestCloudFrontOptions = {
    server: ({ url }, response) => {
      const headers = url === "/none" ? {} : { "cache-tag": `Site, section${url}` };
      response.writeHead(200, headers).end("body");
    },
    distributionConfig: { CacheTagConfig: { HeaderName: "Cache-Tag" } },
  };

  it.each<[items: readonly string[], dropped: readonly string[]]>([
    [["#SITE"], ["/a", "/b"]],
    [["#section/a"], ["/a"]],
    [
      ["#section/a", "/none"],
      ["/a", "/none"],
    ],
    [["#section*"], []],
    [["#none"], []],
  ])("of %j drops %j", async (items, dropped) => {
    const { cloudfront, get } = await startTestCloudFront(tagged);
    const cached = ["/a", "/b", "/none"];
    for (const uri of cached) await get(uri);
    expect(await cloudfront.invalidate(items)).toBe(dropped.length);
    const misses: string[] = [];
    for (const uri of cached) if ((await get(uri)).xCache === "Miss") misses.push(uri);
    expect(misses).toEqual(dropped);
  });

  it("drops nothing where the distribution names no header of tags", async () => {
    const { cloudfront, get } = await startTestCloudFront({ ...tagged, distributionConfig: {} });
    await get("/a");
    expect(await cloudfront.invalidate(["#site"])).toBe(0);
  });

  it.each(["#", "#a b", "#a,b", `#${"x".repeat(257)}`])("of %s is refused", async (item) => {
    const { cloudfront } = await startTestCloudFront(tagged);
    await expect(cloudfront.invalidate([item])).rejects.toThrow(/names no tag: got "#/);
  });
});
