import { describe, expect, it } from "vitest";
import {
  sampleCacheBehavior,
  sampleOriginRequestPolicy,
} from "../../test/samples/cache-behavior.ts";
import { sampleResponse } from "../../test/samples/http-message.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import { sanitizeOriginResponse, withoutS3RequestIds } from "./sanitize-origin-response.ts";

const plain = sampleCacheBehavior();

function keptNames(
  headers: Readonly<Record<string, string>>,
  kind: "s3" | "custom" = "s3",
  cacheBehavior = plain,
): string[] {
  return Object.keys(
    withoutS3RequestIds(sanitizeOriginResponse(cacheBehavior, sampleResponse("", headers)), kind)
      .headers,
  );
}

describe("what CloudFront takes out of an origin's response", () => {
  it("CF-H-04: S3's request ids, and the headers of the connection", () => {
    const headers = {
      "x-amz-id-2": "a",
      "x-amz-request-id": "b",
      Trailer: "c",
      Upgrade: "d",
      Connection: "keep-alive",
      "Keep-Alive": "timeout=5",
      Via: "1.1 origin",
      "Content-Type": "text/html",
    };
    expect(keptNames(headers)).toEqual(["content-type"]);
  });

  it("CF-H-05: other x-amz-* headers pass", () => {
    const headers = { "x-amz-meta-a": "1", "x-amz-version-id": "2" };
    expect(keptNames(headers)).toEqual(["x-amz-meta-a", "x-amz-version-id"]);
  });

  it("CF-H-15: a custom origin keeps its x-amz-request-id", () => {
    expect(keptNames({ "x-amz-request-id": "b" }, "custom")).toEqual(["x-amz-request-id"]);
  });

  it("CF-H-04: Transfer-Encoding becomes chunked", () => {
    const response = sampleResponse("", { "transfer-encoding": "gzip, chunked" });
    expect(sanitizeOriginResponse(plain, response).headers["transfer-encoding"]).toEqual([
      { key: "Transfer-Encoding", value: "chunked" },
    ]);
  });

  it("CF-G-40: Set-Cookie, unless cookies are forwarded by one of the policies", () => {
    const headers = { "Set-Cookie": "a=1" };
    expect(keptNames(headers)).toEqual([]);
    const some = { behavior: "whitelist", names: ["a"] } as const;
    expect(keptNames(headers, "s3", sampleCacheBehavior({ cookies: some }))).toHaveLength(1);
    const originRequestPolicy = sampleOriginRequestPolicy({ cookies: some });
    expect(keptNames(headers, "s3", sampleCacheBehavior({}, { originRequestPolicy }))).toHaveLength(
      1,
    );
  });

  it("leaves the given response as it is", () => {
    const response = sampleResponse("", { Via: "1.1 origin", Vary: "X-Foo" });
    sanitizeOriginResponse(plain, response);
    expect(Object.keys(response.headers)).toEqual(["via", "vary"]);
  });
});

describe("CF-G-26: Vary", () => {
  const language = sampleCacheBehavior({
    headers: { behavior: "whitelist", names: ["accept-language"] },
  });
  const mobile = sampleCacheBehavior({
    headers: { behavior: "whitelist", names: ["cloudfront-is-mobile-viewer"] },
  });
  const origin = sampleCacheBehavior(
    {},
    {
      originRequestPolicy: sampleOriginRequestPolicy({
        headers: { behavior: "whitelist", names: ["origin"] },
      }),
    },
  );
  const minTtl = sampleCacheBehavior({ minTtlSeconds: 1 });

  it.each<[string, CacheBehavior, string | undefined]>([
    ["X-Foo", plain, undefined],
    ["accept-encoding, Cookie, X-Foo", plain, "accept-encoding, Cookie"],
    ["Accept-Language, Accept", language, "Accept-Language"],
    ["Origin", origin, "Origin"],
    ["User-Agent", plain, undefined],
    ["User-Agent", mobile, "User-Agent"],
    ["*", plain, "*"],
    ["*", minTtl, undefined],
  ])("%s %#: keeps what CloudFront acts on", (vary, cacheBehavior, kept) => {
    const { headers } = sanitizeOriginResponse(cacheBehavior, sampleResponse("", { Vary: vary }));
    expect(headers["vary"]?.[0]?.value).toBe(kept);
  });
});
