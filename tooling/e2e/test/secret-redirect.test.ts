import type { LocalCloudFront } from "local-cloudfront";
import { describe, expect, it } from "vitest";
import { startRedirecting } from "./redirecting-distribution.ts";

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly xCache: string | null;
}

async function ask(
  cloudfront: LocalCloudFront,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const { status, headers } = await cloudfront.fetch(path, { redirect: "manual", ...init });
  return { status, location: headers.get("location"), xCache: headers.get("x-cache") };
}

describe("secret-redirect behind CloudFront", () => {
  it("answers the secret path and its disguises, whatever the method, and nothing else", async () => {
    const cloudfront = await startRedirecting({ location: "https://example.com/hidden" });
    const hidden = { status: 302, location: "https://example.com/hidden" };
    for (const path of ["/secret", "/secret/", "/%73ecret", "/.//secret"]) {
      expect(await ask(cloudfront, path)).toMatchObject(hidden);
    }
    expect(await ask(cloudfront, "/secret", { method: "POST", body: "x" })).toMatchObject(hidden);
    expect(await ask(cloudfront, "/secrets")).toMatchObject({ status: 404 });
    expect(await ask(cloudfront, "/index.html")).toMatchObject({ status: 200 });
  });

  it("LE-A-50: a response is cached as long as its Cache-Control says", async () => {
    const cloudfront = await startRedirecting({
      rules: [{ from: "/old/:x", to: "/new/:x", status: 308, cacheControl: "s-maxage=30" }],
    });
    const hit = "Hit from cloudfront";
    const asked = async () => (await ask(cloudfront, "/old/a")).xCache;
    expect(await asked()).toBe("LambdaGeneratedResponse from cloudfront");
    expect(await asked()).toBe(hit);
    cloudfront.clock.advance(31);
    expect(await asked()).not.toBe(hit);
  });

  it("a wrong token is answered as a path that does not exist, and nothing is stored for the right one", async () => {
    const cloudfront = await startRedirecting(
      { location: "/inside", token: { in: "query", name: "key", value: "hush" } },
      { queryStrings: "all" },
    );
    const missing = await ask(cloudfront, "/nothing?key=wrong");
    expect(await ask(cloudfront, "/secret?key=wrong")).toEqual(missing);
    expect(await ask(cloudfront, "/secret")).toEqual(missing);
    for (let count = 0; count < 2; count += 1) {
      expect(await ask(cloudfront, "/secret?key=hush")).toEqual({
        status: 302,
        location: "/inside",
        xCache: "LambdaGeneratedResponse from cloudfront",
      });
    }
  });

  it("answers that depend on a header and a cookie are kept apart by the cache key", async () => {
    const cloudfront = await startRedirecting(
      {
        rules: [
          { from: "/", to: "/de/", conditions: { language: "de" } },
          { from: "/", to: "/beta/", conditions: { cookie: { beta: true } } },
          { from: "/", to: "/en/" },
        ],
      },
      { headers: ["Accept-Language"], cookies: ["beta"] },
    );
    for (let count = 0; count < 2; count += 1) {
      const of = async (headers: Record<string, string>) =>
        (await ask(cloudfront, "/", { headers })).location;
      expect(await of({ "accept-language": "de-AT,de;q=0.9" })).toBe("/de/");
      expect(await of({ "accept-language": "en", cookie: "beta=1" })).toBe("/beta/");
      expect(await of({ "accept-language": "en" })).toBe("/en/");
    }
  });

  it("passes on the query string that CloudFront forwards", async () => {
    const rules = [{ from: "/old", to: "/new?from=old#top" }];
    const forwarding = await startRedirecting({ rules }, { queryStrings: "all" });
    expect((await ask(forwarding, "/old?utm=x&from=y")).location).toBe("/new?from=old&utm=x#top");
    const without = await startRedirecting({ rules });
    expect((await ask(without, "/old?utm=x")).location).toBe("/new?from=old#top");
  });
});
