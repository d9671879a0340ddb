import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import {
  loadCloudFrontFunction,
  startFunction,
  testCloudFrontFunction,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileReleaseSelect, liveReleaseKey, noRelease, previewKey } from "release-select";

const packageFolder = `${import.meta.dirname}/..`;
const built = await loadCloudFrontFunction(packageFolder, compileReleaseSelect());

/** The header of the release is in the cache key. */
const cachePolicy = {
  Type: "AWS::CloudFront::CachePolicy",
  Properties: {
    CachePolicyConfig: {
      Name: "releases",
      MinTTL: 0,
      DefaultTTL: 60,
      MaxTTL: 86_400,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: false,
        HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["x-release"] },
        CookiesConfig: { CookieBehavior: "none" },
        QueryStringsConfig: { QueryStringBehavior: "none" },
      },
    },
  },
};

const files = Object.fromEntries(
  ["a", "b", "c"].flatMap((id) => [
    [`releases/${id}/index.html`, `page of ${id}`],
    [`releases/${id}/about/index.html`, `about ${id}`],
  ]),
);

function started(options: Parameters<typeof compileReleaseSelect>[0] = {}) {
  return startFunction({
    packageFolder,
    engine: "cloudfront-function",
    compiledOptions: compileReleaseSelect(options),
    keyValues: { [liveReleaseKey]: "a", [previewKey("pr-12")]: "c" },
    files,
    resources: { CachePolicy: cachePolicy },
    distributionConfig: { Aliases: ["preview.example.com", "*.preview.example.com"] },
    cacheBehavior: { CachePolicyId: { Ref: "CachePolicy" } },
  });
}

describe("the CloudFront Function of release-select", () => {
  testCloudFrontFunction(built, { eventType: "viewer-request", optionsCode: /OptionsError/ });

  it("serves the live release, and another one from the switch on, without an invalidation", async () => {
    const cloudfront = await started();
    const page = async (path: string) => (await cloudfront.fetch(path)).text();
    expect(await page("/")).toBe("page of a");
    expect((await cloudfront.fetch("/")).headers.get("x-cache")).toBe("Hit from cloudfront");
    cloudfront.kvs("store").set(liveReleaseKey, "b");
    expect(await page("/")).toBe("page of b");
    expect(await page("/about/index.html")).toBe("about b");
    cloudfront.kvs("store").set(liveReleaseKey, "a");
    const back = await cloudfront.fetch("/");
    expect([await back.text(), back.headers.get("x-cache")]).toEqual([
      "page of a",
      "Hit from cloudfront",
    ]);
  });

  it("serves what the origin itself has before the first release", async () => {
    const cloudfront = await started();
    cloudfront.kvs("store").set(liveReleaseKey, noRelease);
    expect(await (await cloudfront.fetch("/")).text()).toBe("<!doctype html>");
  });

  it("lets no viewer choose a release: neither by the header nor by the path", async () => {
    const cloudfront = await started();
    const own = await cloudfront.fetch("/", { headers: { "x-release": "b" } });
    expect(await own.text()).toBe("page of a");
    expect((await cloudfront.fetch("/releases/b/index.html")).status).toBe(404);
    expect((await cloudfront.fetch("/../b/index.html")).status).toBe(404);
    const preview = await cloudfront.fetch("/", { headers: { cookie: "preview=pr-12" } });
    expect(await preview.text()).toBe("page of a");
  });

  it("fails a request rather than serve another release where the store cannot be read", async () => {
    const cloudfront = await started();
    cloudfront.kvs("store").delete(liveReleaseKey);
    expect((await cloudfront.fetch("/")).status).toBe(503);
  });

  it("serves a preview by the name of the host", async () => {
    const cloudfront = await started({ previews: { domain: "preview.example.com" } });
    const of = async (host: string) => {
      // The fetch of Node.js takes no other Host than that of the URL.
      const [response] = (await once(get(cloudfront.url, { headers: { host } }), "response")) as [
        IncomingMessage,
      ];
      return `${response.statusCode} ${await text(response)}`;
    };
    expect(await of("pr-12.preview.example.com")).toBe("200 page of c");
    expect(await of("PR-12.preview.example.com")).toBe("200 page of c");
    expect(await of("preview.example.com")).toBe("200 page of a");
    expect(await of("pr-13.preview.example.com")).toBe('404 There is no preview "pr-13".\n');
    expect(await of("-.preview.example.com")).toBe("404 There is no preview of that name.\n");
  });

  it("gives a browser the cookie of a preview at its address, and takes it away", async () => {
    const cloudfront = await started({ previews: {} });
    const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      cloudfront.fetch(path, { headers, redirect: "manual" });
    const entered = await ask("/_preview/pr-12/about/index.html");
    expect(entered.status).toBe(302);
    expect(entered.headers.get("location")).toBe("/about/index.html");
    expect(entered.headers.get("cache-control")).toBe("no-store");
    expect(entered.headers.getSetCookie()).toEqual([
      "preview=pr-12; Path=/; Secure; HttpOnly; SameSite=Lax",
    ]);
    const cookie = "theme=dark; preview=pr-12";
    expect(await (await ask("/about/index.html", { cookie })).text()).toBe("about c");
    expect(await (await ask("/about/index.html")).text()).toBe("about a");
    const left = await ask("/_preview/", { cookie });
    expect(left.headers.getSetCookie()).toEqual([
      "preview=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0",
    ]);
    expect((await ask("/_preview/pr-12")).headers.get("location")).toBe("/");
  });

  it.each([
    "/_preview/pr-12//example.com",
    "/_preview/pr-12/%5Cexample.com",
    "/_preview/pr-12/\\x",
  ])("leads to no other host from %s", async (path) => {
    const result = await (
      await loadCloudFrontFunction(packageFolder, compileReleaseSelect({ previews: {} }))
    ).run({
      version: "1.0",
      context: {
        distributionDomainName: "d111111abcdef8.cloudfront.net",
        distributionId: "EDFDVBD6EXAMPLE",
        eventType: "viewer-request",
        requestId: "1",
      },
      viewer: { ip: "203.0.113.7" },
      request: {
        method: "GET",
        uri: path,
        querystring: {},
        headers: {},
        cookies: {},
        rawQueryString: () => undefined,
      },
    });
    expect(result.headers?.["location"]?.value).toMatch(/^\/(?![/\\])/);
  });

  it("tells of a preview that is gone, and takes its cookie away", async () => {
    const cloudfront = await started({ previews: {} });
    const gone = await cloudfront.fetch("/", { headers: { cookie: "preview=pr-9" } });
    expect([gone.status, await gone.text()]).toEqual([404, 'There is no preview "pr-9".\n']);
    expect(gone.headers.get("x-robots-tag")).toBe("noindex");
    expect(gone.headers.getSetCookie()[0]).toContain("Max-Age=0");
  });
});
