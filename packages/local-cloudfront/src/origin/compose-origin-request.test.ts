import { describe, expect, it } from "vitest";
import {
  sampleCacheBehavior,
  sampleOriginRequestPolicy,
} from "../../test/samples/cache-behavior.ts";
import { sampleHeaders, sampleRequest } from "../../test/samples/http-message.ts";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import type { CachePolicy, OriginRequestPolicy } from "../distribution/policies.ts";
import { viaHost } from "../distribution/via-host.ts";
import { composeOriginRequest, type OriginRequestInput } from "./compose-origin-request.ts";

function compose(
  cacheBehavior: CacheBehavior,
  request: HttpRequest,
  changes: Partial<OriginRequestInput> = {},
): HttpRequest {
  return composeOriginRequest({
    cacheBehavior,
    origin: sampleCustomOrigin(),
    request,
    requestId: "id==",
    httpVersion: "2.0",
    distributionDomainName: "dsample.cloudfront.net",
    viewerHeaders: {},
    validators: undefined,
    ...changes,
  });
}

/** The lines as they would go on the wire. */
function linesOf({ headers }: HttpRequest): string[] {
  return Object.values(headers).flatMap((lines) =>
    lines.map(({ key, value }) => `${key}: ${value}`),
  );
}

function valueOf({ headers }: HttpRequest, name: string): string | undefined {
  return headers[name]?.[0]?.value;
}

const plain = sampleCacheBehavior();

function withPolicies(
  cachePolicy: Partial<CachePolicy>,
  originRequestPolicy: Partial<OriginRequestPolicy> = {},
): CacheBehavior {
  return sampleCacheBehavior(cachePolicy, {
    originRequestPolicy: sampleOriginRequestPolicy(originRequestPolicy),
  });
}

const browserHeaders = {
  Host: "www.example.test",
  "User-Agent": "Mozilla/5.0",
  Accept: "text/html",
  "Accept-Language": "de",
  "Accept-Encoding": "gzip, deflate, br",
  Referer: "https://www.example.test/",
  Origin: "https://www.example.test",
  Cookie: "b=2; a=1",
  Authorization: "Basic eA==",
  "X-Custom": "1",
  Connection: "keep-alive",
  "X-Forwarded-Proto": "https",
  "X-Edge-Thing": "1",
  "X-Amz-Cf-Id": "forged",
  TE: "trailers",
};

describe("what goes to the origin without policies", () => {
  it("LE-B-45: is the path and the headers of CloudFront alone", () => {
    const composed = compose(plain, sampleRequest("/a%20b?c=1", browserHeaders));
    expect(composed.uri).toBe("/a%20b");
    expect(composed.querystring).toBe("");
    expect(linesOf(composed)).toEqual([
      "X-Forwarded-For: 192.0.2.44",
      "User-Agent: Amazon CloudFront",
      `Via: 2.0 ${viaHost("dsample.cloudfront.net")} (CloudFront)`,
      "Host: api.example.test",
      "X-Amz-Cf-Id: id==",
    ]);
  });

  it("LE-B-45: appends to the viewer's X-Forwarded-For and Via", () => {
    const composed = compose(
      plain,
      sampleRequest("/", { "X-Forwarded-For": "198.51.100.7", Via: "1.1 proxy" }),
    );
    expect(valueOf(composed, "x-forwarded-for")).toBe("198.51.100.7, 192.0.2.44");
    expect(valueOf(composed, "via")).toBe(
      `1.1 proxy, 2.0 ${viaHost("dsample.cloudfront.net")} (CloudFront)`,
    );
  });

  it.each([
    "Range",
    "If-Range",
    "If-Match",
    "If-None-Match",
    "If-Modified-Since",
    "Cache-Control",
    "Pragma",
    "Content-Type",
  ])("keeps the viewer's %s", (name) => {
    const composed = compose(plain, sampleRequest("/", { [name]: "x" }));
    expect(composed.headers[name.toLowerCase()]).toEqual([{ key: name, value: "x" }]);
  });

  it("LE-B-07, LE-B-57: has neither query string nor cookies", () => {
    const composed = compose(plain, sampleRequest("/?a=1", { Cookie: "a=1" }));
    expect(composed.querystring).toBe("");
    expect(composed.headers["cookie"]).toBeUndefined();
  });

  it("keeps the body and does not touch the viewer's request", () => {
    const request = sampleRequest("/?a=1", browserHeaders, {
      method: "POST",
      body: new Uint8Array([120]),
    });
    const before = structuredClone(request);
    expect(compose(plain, request).body).toBe(request.body);
    expect(request).toEqual(before);
  });
});

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

  it("CF-G-47: parameters of signed URLs stay here", () => {
    const cacheBehavior = sampleCacheBehavior({ queryStrings: { behavior: "all" } });
    const request = sampleRequest("/?a=1&Signature=x&Expires=1&Key-Pair-Id=K&Policy=p&signature=y");
    expect(compose(cacheBehavior, request, { restrictsViewerAccess: true }).querystring).toBe(
      "a=1&signature=y",
    );
    expect(compose(cacheBehavior, request).querystring).toBe(request.querystring);
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

describe("CF-G-28: Accept-Encoding at the origin", () => {
  const enabled = { enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true };
  const allViewer: Partial<OriginRequestPolicy> = { headers: { behavior: "allViewer" } };

  it.each<[string, CacheBehavior, string | undefined, string | undefined]>([
    ["is normalised", withPolicies(enabled), "gzip, deflate, br", "br,gzip"],
    [
      "is normalised whatever the origin request policy",
      withPolicies(enabled, allViewer),
      "gzip",
      "gzip",
    ],
    ["is identity where nothing usable is accepted", withPolicies(enabled), "deflate", "identity"],
    ["CF-G-29: is absent where the viewer sends none", withPolicies(enabled), undefined, undefined],
    ["is dropped where no encoding is enabled", withPolicies({}), "gzip", undefined],
    [
      "is an ordinary header where no encoding is enabled",
      withPolicies({}, allViewer),
      "gzip, x",
      "gzip, x",
    ],
  ])("%s", (_fact, cacheBehavior, sent, received) => {
    const headers = sent === undefined ? {} : { "Accept-Encoding": sent };
    const composed = compose(cacheBehavior, sampleRequest("/", headers));
    expect(valueOf(composed, "accept-encoding")).toBe(received);
  });
});

describe("CF-G-48: Authorization", () => {
  const cached = sampleCacheBehavior({}, { cachedMethods: ["GET", "HEAD", "OPTIONS"] });
  const keyed = sampleCacheBehavior({
    headers: { behavior: "whitelist", names: ["authorization"] },
  });
  const allExceptHost = withPolicies({}, { headers: { behavior: "allExcept", names: ["host"] } });

  it.each<[string, CacheBehavior, boolean]>([
    ["is removed from GET", plain, false],
    ["is removed from HEAD", plain, false],
    ["is removed from OPTIONS where that is cached", cached, false],
    ["stays on OPTIONS", plain, true],
    ["stays on POST", plain, true],
    ["stays on PUT", plain, true],
    ["stays on PATCH", plain, true],
    ["stays on DELETE", plain, true],
    ["stays on GET where it is in the cache key", keyed, true],
    ["stays on GET where all viewer headers but Host are sent", allExceptHost, true],
  ])("%s", (fact, cacheBehavior, isKept) => {
    const method = /[A-Z]+/.exec(fact)?.[0] ?? "";
    const request = sampleRequest("/", { Authorization: "Basic eA==" }, { method });
    expect(compose(cacheBehavior, request).headers["authorization"] !== undefined).toBe(isKept);
  });
});

describe("CF-G-45: revalidation", () => {
  const validators = sampleHeaders({
    ETag: 'W/"a"',
    "Last-Modified": "Mon, 05 Oct 2026 10:00:00 GMT",
  });
  const conditional = {
    "If-None-Match": '"viewer"',
    "If-Modified-Since": "Sun, 04 Oct 2026 10:00:00 GMT",
    "If-Match": '"viewer"',
    Range: "bytes=0-1",
  };

  it("asks with the validators of the expired object, not with the viewer's conditions", () => {
    const composed = compose(plain, sampleRequest("/", conditional), { validators });
    expect(valueOf(composed, "if-none-match")).toBe('W/"a"');
    expect(valueOf(composed, "if-modified-since")).toBe("Mon, 05 Oct 2026 10:00:00 GMT");
    expect(composed.headers["if-match"]).toBeUndefined();
    expect(composed.headers["range"]).toBeUndefined();
  });

  it("asks without conditions where the object has no validator", () => {
    const composed = compose(plain, sampleRequest("/", conditional), {
      validators: sampleHeaders({}),
    });
    expect(composed.headers["if-none-match"]).toBeUndefined();
    expect(composed.headers["if-modified-since"]).toBeUndefined();
  });

  it("CF-G-06: a viewer's conditions do not go with forwarded cookies", () => {
    const cacheBehavior = sampleCacheBehavior({ cookies: { behavior: "all" } });
    const composed = compose(cacheBehavior, sampleRequest("/", conditional));
    expect(composed.headers["if-none-match"]).toBeUndefined();
    expect(composed.headers["if-modified-since"]).toBeUndefined();
    expect(valueOf(composed, "if-match")).toBe('"viewer"');
  });
});

it("a header named __proto__ is a header like any other", () => {
  const headers = sampleHeaders({ ["__proto__"]: "x" });
  const cacheBehavior = withPolicies({}, { headers: { behavior: "allViewer" } });
  const composed = compose(cacheBehavior, sampleRequest("/", {}, { headers }));
  expect(Object.keys(composed.headers)).toContain("__proto__");
  expect(composed.headers["value"]).toBeUndefined();
});
