import { describe, expect, it } from "vitest";
import { sampleCacheBehavior } from "../../test/samples/cache-behavior.ts";
import { sampleHeaders, sampleRequest } from "../../test/samples/http-message.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { OriginRequestPolicy } from "../distribution/policies.ts";
import { viaHost } from "../http/via-host.ts";
import {
  compose,
  linesOf,
  valueOf,
  plain,
  withPolicies,
  browserHeaders,
} from "../../test/samples/composed-request.ts";

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
