import { describe, expect, it } from "vitest";
import { sampleCacheBehavior } from "../../test/samples/cache-behavior.ts";
import { sampleRequest } from "../../test/samples/http-message.ts";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";
import {
  compose,
  linesOf,
  valueOf,
  plain,
  withPolicies,
  browserHeaders,
} from "../../test/samples/composed-request.ts";

describe("what the policies add", () => {
  it("CF-G-02: all that stands in the cache key goes to the origin", () => {
    const cacheBehavior = sampleCacheBehavior({
      headers: { behavior: "whitelist", names: ["accept-language"] },
      cookies: { behavior: "whitelist", names: ["a"] },
      queryStrings: { behavior: "whitelist", names: ["c"] },
    });
    const composed = compose(cacheBehavior, sampleRequest("/?b=1&c=2", browserHeaders));
    expect(composed.querystring).toBe("c=2");
    expect(valueOf(composed, "cookie")).toBe("a=1");
    expect(valueOf(composed, "accept-language")).toBe("de");
    expect(valueOf(composed, "x-custom")).toBeUndefined();
  });

  it("the origin request policy adds to what the cache policy names", () => {
    const cacheBehavior = withPolicies(
      {
        cookies: { behavior: "whitelist", names: ["a"] },
        queryStrings: { behavior: "whitelist", names: ["a"] },
      },
      {
        headers: { behavior: "whitelist", names: ["user-agent", "host"] },
        cookies: { behavior: "whitelist", names: ["b"] },
        queryStrings: { behavior: "allExcept", names: ["a", "c"] },
      },
    );
    const composed = compose(cacheBehavior, sampleRequest("/?a=1&b=2&c=3", browserHeaders));
    expect(composed.querystring).toBe("a=1&b=2");
    expect(valueOf(composed, "cookie")).toBe("a=1; b=2");
    expect(valueOf(composed, "user-agent")).toBe("Mozilla/5.0");
    expect(valueOf(composed, "host")).toBe("www.example.test");
  });

  it("CF-G-05: cookies go sorted by name, without those whose name starts with $", () => {
    const cacheBehavior = sampleCacheBehavior({ cookies: { behavior: "all" } });
    const composed = compose(cacheBehavior, sampleRequest("/", { Cookie: "c=3; $a=1; b=2" }));
    expect(composed.headers["cookie"]).toEqual([{ key: "Cookie", value: "b=2; c=3" }]);
  });

  it("AllViewer sends the viewer's headers, but none of the connection and none of CloudFront", () => {
    const cacheBehavior = withPolicies({}, { headers: { behavior: "allViewer" } });
    const composed = compose(
      cacheBehavior,
      sampleRequest("/", { ...browserHeaders, "CloudFront-Viewer-Country": "XX" }),
    );
    expect(Object.keys(composed.headers).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "accept-language",
      "authorization",
      "host",
      "origin",
      "referer",
      "user-agent",
      "via",
      "x-amz-cf-id",
      "x-custom",
      "x-forwarded-for",
    ]);
    expect(valueOf(composed, "host")).toBe("www.example.test");
    expect(valueOf(composed, "x-amz-cf-id")).toBe("id==");
  });

  it("AllViewerExceptHostHeader leaves the origin's Host", () => {
    const cacheBehavior = withPolicies({}, { headers: { behavior: "allExcept", names: ["host"] } });
    const composed = compose(cacheBehavior, sampleRequest("/", browserHeaders));
    expect(valueOf(composed, "host")).toBe("api.example.test");
    expect(valueOf(composed, "x-custom")).toBe("1");
  });

  it("LE-B-50, LE-B-51: CloudFront's headers go where a policy asks, with CloudFront's values", () => {
    const cacheBehavior = withPolicies(
      { headers: { behavior: "whitelist", names: ["cloudfront-viewer-country"] } },
      {
        headers: {
          behavior: "allViewerAndWhitelistCloudFront",
          names: ["cloudfront-is-smarttv-viewer"],
        },
      },
    );
    const composed = compose(
      cacheBehavior,
      sampleRequest("/", { "CloudFront-Viewer-Country": "XX", "CloudFront-Viewer-City": "X" }),
      {
        viewerHeaders: {
          "cloudfront-viewer-country": "JP",
          "cloudfront-is-smarttv-viewer": "false",
          "cloudfront-viewer-city": "Tokyo",
        },
      },
    );
    expect(linesOf(composed).filter((line) => line.startsWith("CloudFront-"))).toEqual([
      "CloudFront-Viewer-Country: JP",
      "CloudFront-Is-SmartTV-Viewer: false",
    ]);
  });

  it("CF-H-25: the origin's custom headers take the place of the viewer's", () => {
    const cacheBehavior = withPolicies({}, { headers: { behavior: "allViewer" } });
    const origin = sampleCustomOrigin({ customHeaders: [{ name: "X-Custom", value: "2" }] });
    const composed = compose(cacheBehavior, sampleRequest("/", browserHeaders), { origin });
    expect(composed.headers["x-custom"]).toBeUndefined();
  });

  it("CF-H-14: an S3 origin has its own Host unless a policy forwards the viewer's", () => {
    const origin = sampleS3Origin();
    const request = sampleRequest("/", browserHeaders);
    expect(valueOf(compose(plain, request, { origin }), "host")).toBe(origin.domainName);
    const allViewer = withPolicies({}, { headers: { behavior: "allViewer" } });
    expect(valueOf(compose(allViewer, request, { origin }), "host")).toBe("www.example.test");
  });
});
