import { describe, expect, it } from "vitest";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { requestRaw } from "../support/raw-http.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

/** A distribution with legacy settings: `ForwardedValues`, and the TTLs on the cache behavior. */
function startLegacy(
  ForwardedValues: Readonly<Record<string, unknown>>,
  ttls: Readonly<Record<string, number>> = {},
  answer: OriginResponse = {},
): Promise<TestCloudFront> {
  return startTestCloudFront({
    server: respondsInTurn(answer),
    properties: { CachePolicyId: { Ref: "AWS::NoValue" }, ForwardedValues, ...ttls },
  });
}

async function xCaches(
  { cloudfront }: TestCloudFront,
  ...requests: readonly (readonly [path: string, headers?: Readonly<Record<string, string>>])[]
): Promise<string[]> {
  const found: string[] = [];
  for (const [path, headers] of requests) {
    const answer = await requestRaw(cloudfront.url, path, headers);
    found.push(answer.headers["x-cache"]?.split(" ")[0] ?? "");
  }
  return found;
}

describe("legacy cache settings", () => {
  it("CF-G-01: that forward nothing key by the path alone", async () => {
    const running = await startLegacy({ QueryString: false });
    expect(await xCaches(running, ["/?a=1", { cookie: "a=1" }], ["/?b=1"])).toEqual([
      "Miss",
      "Hit",
    ]);
    expect(running.received[0]?.url).toBe("/");
    expect(running.received[0]?.headers).not.toHaveProperty("cookie");
  });

  it("CF-G-02: forward other-defined headers, and remove those that AWS lists", async () => {
    const { cloudfront, received } = await startLegacy({ QueryString: false });
    await requestRaw(cloudfront.url, "/", {
      "X-Mine": "1",
      Accept: "text/html",
      "Accept-Language": "en",
      Referer: "https://example.com/",
      "User-Agent": "test",
    });
    expect(received[0]?.headers).toMatchObject({
      "x-mine": "1",
      host: "origin.example.com",
      "user-agent": "Amazon CloudFront",
    });
    for (const name of ["accept", "accept-language", "referer"]) {
      expect(received[0]?.headers).not.toHaveProperty(name);
    }
  });

  it("CF-G-02: key by the headers that they name, and forward them", async () => {
    const running = await startLegacy({ QueryString: false, Headers: ["Accept-Language"] });
    const en = { "accept-language": "en" };
    const de = { "accept-language": "de" };
    expect(await xCaches(running, ["/", en], ["/", de], ["/", en])).toEqual([
      "Miss",
      "Miss",
      "Hit",
    ]);
    expect(running.received[1]?.headers).toMatchObject(de);
  });

  it("that forward all headers cache nothing", async () => {
    const running = await startLegacy({ QueryString: true, Headers: ["*"] });
    expect(await xCaches(running, ["/"], ["/"])).toEqual(["Miss", "Miss"]);
    expect(running.received[0]?.headers["host"]).toMatch(/^127\.0\.0\.1:/);
  });

  it("CF-G-03: key by some query strings and forward all", async () => {
    const running = await startLegacy({ QueryString: true, QueryStringCacheKeys: ["page"] });
    const paths = [["/?page=1&x=1"], ["/?page=1&x=2"], ["/?page=2"]] as const;
    expect(await xCaches(running, ...paths)).toEqual(["Miss", "Hit", "Miss"]);
    expect(running.received[0]?.url).toBe("/?page=1&x=1");
  });

  it("CF-G-07: expand wildcards in cookie names", async () => {
    const running = await startLegacy({
      QueryString: false,
      Cookies: { Forward: "whitelist", WhitelistedNames: ["session_*"] },
    });
    expect(
      await xCaches(
        running,
        ["/", { cookie: "session_id=1; other=1" }],
        ["/", { cookie: "session_id=1; other=2" }],
        ["/", { cookie: "session_id=2" }],
      ),
    ).toEqual(["Miss", "Hit", "Miss"]);
    expect(running.received[0]?.headers["cookie"]).toBe("session_id=1");
  });

  it("CF-G-09, CF-G-10: have their TTLs on the cache behavior", async () => {
    const running = await startLegacy({ QueryString: false }, { MinTTL: 60, DefaultTTL: 120 });
    expect(await xCaches(running, ["/"])).toEqual(["Miss"]);
    running.cloudfront.clock.advance(115);
    expect(await xCaches(running, ["/"])).toEqual(["Hit"]);
    running.cloudfront.clock.advance(10);
    expect(await xCaches(running, ["/"])).toEqual(["Miss"]);
  });

  it("CF-G-30: compress with gzip, never with Brotli", async () => {
    const running = await startTestCloudFront({
      server: respondsInTurn({ headers: { "content-type": "text/html" }, body: "x".repeat(2000) }),
      properties: {
        CachePolicyId: { Ref: "AWS::NoValue" },
        ForwardedValues: { QueryString: false },
        Compress: true,
      },
    });
    const answer = await requestRaw(running.cloudfront.url, "/", { "accept-encoding": "br, gzip" });
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(running.received[0]?.headers["accept-encoding"]).toBe("gzip");
  });
});
