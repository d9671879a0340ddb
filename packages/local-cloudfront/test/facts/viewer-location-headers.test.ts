import { describe, expect, it } from "vitest";
import type { LocalFetchInit } from "../../src/index.ts";
import { changeRequest } from "../support/function-sources.ts";
import { failureOf, recordAll, recordedEvents } from "../support/recorded-events.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const country = "cloudfront-viewer-country";
const mobile = "cloudfront-is-mobile-viewer";

/** A cache policy that names these headers. */
const inCacheKey = (...headers: readonly string[]): TestCloudFrontOptions => ({
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      HeadersConfig: { HeaderBehavior: "whitelist", Headers: headers },
    },
  },
});

const server = (_: unknown, response: { end(body: string): void }): void => response.end("body");

async function start(options: TestCloudFrontOptions): Promise<TestCloudFront> {
  return startTestCloudFront({ functions: recordAll, server, ...options });
}

/** The values of a header in the request of each event, in order. */
function seen({ cloudfront }: TestCloudFront, name: string): (string | undefined)[] {
  return Object.values(recordedEvents(cloudfront)).map(
    ({ request }) => request.headers[name]?.[0]?.value,
  );
}

const get = ({ cloudfront }: TestCloudFront, init?: LocalFetchInit) =>
  cloudfront.fetch("/a", init).then(async (response) => {
    await response.text();
    return response.headers.get("x-cache");
  });

describe("what CloudFront says of the viewer", () => {
  it.each([
    ["cache policy", inCacheKey("CloudFront-Viewer-Country", "CloudFront-Is-Mobile-Viewer")],
    [
      "origin request policy",
      {
        originRequestPolicy: {
          HeadersConfig: {
            HeaderBehavior: "whitelist",
            Headers: ["CloudFront-Viewer-Country", "CloudFront-Is-Mobile-Viewer"],
          },
        },
      },
    ],
    [
      "origin request policy with all of the viewer's",
      {
        originRequestPolicy: {
          HeadersConfig: {
            HeaderBehavior: "allViewerAndWhitelistCloudFront",
            Headers: ["CloudFront-Viewer-Country", "CloudFront-Is-Mobile-Viewer"],
          },
        },
      },
    ],
  ])("LE-B-50, LE-B-58: is in origin events alone, where a %s asks for it", async (_, options) => {
    const test = await start({ ...options, options: { viewer: { country: "JP" } } });
    await get(test, { viewer: { device: "mobile" } });
    expect(seen(test, country)).toEqual([undefined, "JP", "JP", undefined]);
    expect(seen(test, mobile)).toEqual([undefined, "true", "true", undefined]);
    const { request } = recordedEvents(test.cloudfront)["origin-request"];
    expect(request.headers[country]?.[0]?.key).toBe("CloudFront-Viewer-Country");
    expect(request.headers).not.toHaveProperty("cloudfront-is-desktop-viewer");
    expect(test.received[0]?.headers).toMatchObject({ [country]: "JP", [mobile]: "true" });
  });

  it.each([
    ["no policy names it", {}],
    [
      "a policy forwards all of the viewer's headers",
      { originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } } },
    ],
  ])("LE-B-50: is in no event where %s", async (_, options) => {
    const test = await start(options);
    await get(test);
    expect(seen(test, country)).toEqual(Array(4).fill(undefined));
    expect(test.received[0]?.headers).not.toHaveProperty(country);
  });

  it("LE-B-50: the viewer's address is in every event, at the origin and in the cache key", async () => {
    const test = await start(inCacheKey("CloudFront-Viewer-Address"));
    await get(test, { viewer: { address: "203.0.113.9" } });
    const events = Object.values(recordedEvents(test.cloudfront));
    expect(events.map(({ request }) => request.clientIp)).toEqual(Array(4).fill("203.0.113.9"));
    expect(test.received[0]?.headers).toMatchObject({
      "x-forwarded-for": "203.0.113.9",
      "cloudfront-viewer-address": expect.stringMatching(/^203\.0\.113\.9:\d+$/),
    });
  });

  it("LE-B-51: under its name viewer events see what the viewer sent, origin events CloudFront's own", async () => {
    const test = await start(inCacheKey("CloudFront-Viewer-Country"));
    await get(test, { headers: { [country]: "XX" } });
    expect(seen(test, country)).toEqual(["XX", "US", "US", "XX"]);
    expect(test.received[0]?.headers[country]).toBe("US");
  });

  it("LE-B-51: what the viewer sent under such a name never goes to the origin", async () => {
    const test = await start({
      originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } },
    });
    await get(test, { headers: { [country]: "XX", "cloudfront-viewer-city": "Nowhere" } });
    expect(seen(test, country)).toEqual(["XX", undefined, undefined, "XX"]);
    expect(Object.keys(test.received[0]?.headers ?? {}).join()).not.toContain("cloudfront-");
  });

  it("LE-B-50: makes a cache key of CloudFront's value, not of the viewer's", async () => {
    const test = await start(inCacheKey("CloudFront-Viewer-Country"));
    expect(await get(test)).toBe("Miss from cloudfront");
    expect(await get(test, { headers: { [country]: "XX" } })).toBe("Hit from cloudfront");
    expect(await get(test, { viewer: { country: "DE" } })).toBe("Miss from cloudfront");
  });

  it("LE-B-50, LE-B-19: is UTF-8 where a name is not ASCII", async () => {
    const names = ["CloudFront-Viewer-City", "CloudFront-Viewer-Country-Name"];
    const test = await start(inCacheKey(...names));
    await get(test, { viewer: { country: "CI", city: "Zürich – 東京" } });
    expect(seen(test, "cloudfront-viewer-city")[1]).toBe("Zürich – 東京");
    const received = test.received[0]?.headers["cloudfront-viewer-city"] ?? "";
    expect(Buffer.from(received, "latin1").toString()).toBe("Zürich – 東京");
    expect(seen(test, "cloudfront-viewer-country-name")[1]).toBe("Côte d’Ivoire");
  });

  it("LE-B-52: viewer-request that adds CloudFront-Viewer-Country is answered 502", async () => {
    const test = await start({
      functions: {
        "viewer-request": changeRequest(
          'request.headers["CloudFront-Viewer-Country"] = [{ value: "FR" }];',
        ),
      },
    });
    expect(await get(test)).toBe("LambdaValidationError from cloudfront");
    expect(failureOf(test.cloudfront)).toMatchInlineSnapshot(
      `"LE-B-52: headers.cloudfront-viewer-country must not be added at viewer-request: got [{"key":"Cloudfront-Viewer-Country","value":"FR"}]. CloudFront sets it later."`,
    );
  });

  it("LE-B-52: viewer-request may change the one that the viewer sent, origin-request any", async () => {
    const test = await start({
      ...inCacheKey("CloudFront-Viewer-Country"),
      functions: {
        ...recordAll,
        "viewer-request": changeRequest(
          `if (request.headers["${country}"]) request.headers["${country}"][0].value = "FR";`,
        ),
        "origin-request": changeRequest(`request.headers["${country}"][0].value += "-75";`),
      },
    });
    await get(test, { headers: { [country]: "XX" } });
    expect(test.received[0]?.headers[country]).toBe("US-75");
    expect(recordedEvents(test.cloudfront)["viewer-response"].request.headers[country]).toEqual([
      { key: country, value: "FR" },
    ]);
  });
});
