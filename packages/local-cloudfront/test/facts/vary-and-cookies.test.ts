import { describe, expect, it } from "vitest";
import { respondsInTurn } from "../support/origin-responses.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const forwarding = (...Headers: string[]): TestCloudFrontOptions => ({
  originRequestPolicy: { HeadersConfig: { HeaderBehavior: "whitelist", Headers } },
});

describe("Vary", () => {
  it.each<[vary: string, options: TestCloudFrontOptions, sent: string | undefined]>([
    ["X-Foo", {}, undefined],
    ["Accept-Encoding, X-Foo", {}, "Accept-Encoding"],
    ["Cookie", {}, "Cookie"],
    ["X-Foo, X-Bar", forwarding("X-Foo"), "X-Foo"],
    ["User-Agent", {}, undefined],
    ["User-Agent", forwarding("CloudFront-Is-Mobile-Viewer"), "User-Agent"],
    ["Accept-Encoding, *", { cachePolicy: { MinTTL: 60 } }, "Accept-Encoding"],
  ])("CF-G-26: %j with %j reaches the viewer as %j", async (vary, options, sent) => {
    const { get } = await startTestCloudFront({
      server: respondsInTurn({ headers: { vary } }),
      ...options,
    });
    expect((await get("/")).headers["vary"]).toBe(sent);
  });

  it("CF-G-27: Vary: * with a minimum TTL of 0 has every request answered by the origin", async () => {
    const { get, received } = await startTestCloudFront({
      server: respondsInTurn({ headers: { vary: "*", "cache-control": "max-age=60" } }),
    });
    for (const _attempt of [1, 2]) expect((await get("/")).status).toBe(200);
    expect(received).toHaveLength(2);
  });
});

describe("Set-Cookie", () => {
  const allCookies = {
    cachePolicy: {
      ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: "all" } },
    },
  };

  it("CF-G-40, CF-H-04: is removed where cookies are not forwarded", async () => {
    const { get } = await startTestCloudFront({
      server: respondsInTurn({ headers: { "set-cookie": "a=1" } }),
    });
    expect((await get("/")).headers).not.toHaveProperty("set-cookie");
  });

  it("CF-G-40: is cached with the object where they are, each line for itself", async () => {
    const { cloudfront } = await startTestCloudFront({
      server: respondsInTurn({ headers: { "set-cookie": ["a=1", "b=2"] } }),
      ...allCookies,
    });
    for (const xCache of ["Miss from cloudfront", "Hit from cloudfront"]) {
      const { headers } = await requestRaw(cloudfront.url, "/");
      expect(headers).toMatchObject({ "set-cookie": "a=1,b=2", "x-cache": xCache });
    }
  });

  it('CF-G-40: no-cache="Set-Cookie" keeps it out of the cache', async () => {
    const { get } = await startTestCloudFront({
      server: respondsInTurn({
        headers: { "set-cookie": "a=1", "cache-control": 'max-age=60, no-cache="Set-Cookie"' },
      }),
      ...allCookies,
    });
    expect((await get("/")).headers).toHaveProperty("set-cookie");
    const hit = await get("/");
    expect(hit.xCache).toBe("Hit");
    expect(hit.headers).not.toHaveProperty("set-cookie");
  });
});
