import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const html = "<p>Hello</p>\n".repeat(100);

/** A distribution that compresses in both formats. */
function startCompressing(
  answer: OriginResponse | readonly OriginResponse[],
  { properties, ...options }: TestCloudFrontOptions = {},
): Promise<TestCloudFront> {
  return startTestCloudFront({
    server: respondsInTurn(...[answer].flat()),
    cachePolicy: {
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: true,
      },
    },
    properties: { Compress: true, ...properties },
    ...options,
  });
}

const page = (changes: OriginResponse = {}): OriginResponse => ({
  body: html,
  ...changes,
  headers: { "content-type": "text/html; charset=utf-8", ...changes.headers },
});
const both = { "accept-encoding": "gzip, deflate, br" };
const gzip = { "accept-encoding": "gzip" };

describe("compression", () => {
  it("CF-G-31: prefers Brotli, and says so", async () => {
    const { cloudfront } = await startCompressing(page());
    const { headers, body } = await requestRaw(cloudfront.url, "/", both);
    expect(headers).toMatchObject({
      "content-encoding": "br",
      "content-length": String(body.length),
      vary: "Accept-Encoding",
    });
    expect(brotliDecompressSync(body).toString()).toBe(html);
  });

  it("CF-G-31: takes gzip where the viewer or the cache policy has no Brotli", async () => {
    const { cloudfront } = await startCompressing(page());
    const { headers, body } = await requestRaw(cloudfront.url, "/", gzip);
    expect(headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(body).toString()).toBe(html);

    const onlyGzip = {
      ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true },
    };
    const other = await startCompressing(page(), { cachePolicy: onlyGzip });
    const answer = await requestRaw(other.cloudfront.url, "/", both);
    expect(answer.headers["content-encoding"]).toBe("gzip");
  });

  it.each<[etag: string, OriginResponse["headers"], sent: string | undefined]>([
    ["a strong one becomes weak", { etag: '"abc"' }, 'W/"abc"'],
    ["a weak one is kept", { etag: 'W/"abc"' }, 'W/"abc"'],
    ["an invalid one is removed", { etag: "abc" }, undefined],
    ["a weak one without quotes is removed", { etag: "W/abc" }, undefined],
    ["one with a quote inside is removed", { etag: '"a"b"' }, undefined],
    ["none stays none", {}, undefined],
  ])("CF-G-31: of the ETags, %s", async (_name, headers, sent) => {
    const { cloudfront } = await startCompressing(page({ headers: headers ?? {} }));
    const answer = await requestRaw(cloudfront.url, "/", both);
    expect(answer.headers["content-encoding"]).toBe("br");
    expect(answer.headers["etag"]).toBe(sent);
  });

  it.each<[name: string, answer: OriginResponse, encoding: string | undefined]>([
    ["999 bytes", page({ body: "x".repeat(999) }), undefined],
    ["1,000 bytes", page({ body: "x".repeat(1000) }), "br"],
    ["10,000,000 bytes", page({ body: "x".repeat(10_000_000) }), "br"],
    ["10,000,001 bytes", page({ body: "x".repeat(10_000_001) }), undefined],
    ["a type that is not listed", page({ headers: { "content-type": "image/png" } }), undefined],
    ["a listed type in upper case", page({ headers: { "content-type": "TEXT/CSS" } }), "br"],
    ["no type", { body: html }, undefined],
    ["any Content-Encoding", page({ headers: { "content-encoding": "zstd" } }), "zstd"],
    ["403", page({ status: 403 }), "br"],
    ["404", page({ status: 404 }), "br"],
    ["500", page({ status: 500 }), undefined],
    ["203", page({ status: 203 }), undefined],
  ])("CF-G-30: %s -> %3$s", async (_name, answer, encoding) => {
    const { cloudfront } = await startCompressing(answer);
    const { headers: sent } = await requestRaw(cloudfront.url, "/", both);
    expect(sent["content-encoding"]).toBe(encoding);
  });

  it("CF-G-30: a chunked answer, whose size is not known, is left as it is", async () => {
    const { cloudfront } = await startCompressing([], {
      server: (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        response.write(html);
        response.end(html);
      },
    });
    const { headers, body } = await requestRaw(cloudfront.url, "/", both);
    expect(headers).not.toHaveProperty("content-encoding");
    expect(body.toString()).toBe(html + html);
  });

  it("CF-G-30: does nothing where the cache behavior or the cache policy does not ask for it", async () => {
    for (const options of [
      { properties: { Compress: false } },
      { cachePolicy: {} },
    ] satisfies TestCloudFrontOptions[]) {
      const { cloudfront } = await startCompressing(page(), options);
      const { headers } = await requestRaw(cloudfront.url, "/", both);
      expect(headers).not.toHaveProperty("content-encoding");
    }
  });

  it("CF-G-30: does nothing for HTTP/1.0, and removes Accept-Encoding", async () => {
    const { cloudfront, received } = await startCompressing(page());
    const request = "GET / HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip, br\r\n\r\n";
    expect((await sendRaw(cloudfront.url, request)).body).toBe(html);
    expect(received[0]?.headers).not.toHaveProperty("accept-encoding");
  });

  it("CF-G-32: the first stored variant is served to viewers that accept a better one, too", async () => {
    const { cloudfront, received } = await startCompressing(page());
    await requestRaw(cloudfront.url, "/", gzip);
    const { headers } = await requestRaw(cloudfront.url, "/", both);
    expect(headers).toMatchObject({ "content-encoding": "gzip", "x-cache": "Hit from cloudfront" });
    expect(received).toHaveLength(1);
  });

  it("CF-G-32: a variant that the viewer does not accept is not served", async () => {
    const { cloudfront, received } = await startCompressing(page());
    await requestRaw(cloudfront.url, "/", both);
    const { headers, body } = await requestRaw(cloudfront.url, "/");
    expect(headers).not.toHaveProperty("content-encoding");
    expect(body.toString()).toBe(html);
    expect(received).toHaveLength(2);
  });

  it("CF-G-33: a 304 of the origin leaves the stored object as it is, compressed or not", async () => {
    const { cloudfront } = await startCompressing(
      page({ headers: { etag: '"1"', "cache-control": "max-age=60", vary: "Cookie" } }),
    );
    const before = await requestRaw(cloudfront.url, "/", both);
    cloudfront.clock.advance(61);
    const after = await requestRaw(cloudfront.url, "/", both);
    expect(after.headers).toMatchObject({
      "x-cache": "RefreshHit from cloudfront",
      "content-encoding": "br",
      vary: before.headers["vary"],
    });
    expect(after.body).toEqual(before.body);
  });

  it("CF-G-33: an object that is cached uncompressed stays so until it expires", async () => {
    const { cloudfront } = await startCompressing([
      page({ headers: { "content-type": "image/png" } }),
      page(),
    ]);
    await requestRaw(cloudfront.url, "/", both);
    const cached = await requestRaw(cloudfront.url, "/", both);
    expect(cached.headers).not.toHaveProperty("content-encoding");
    cloudfront.clock.advance(86_401);
    const renewed = await requestRaw(cloudfront.url, "/", both);
    expect(renewed.headers["content-encoding"]).toBe("br");
  });

  it("what the origin compressed by itself is served and cached as it is", async () => {
    const { cloudfront, received } = await startCompressing(
      page({ headers: { "content-encoding": "gzip", etag: '"abc"' }, body: "compressed" }),
    );
    for (const _attempt of [1, 2]) {
      const { headers, body } = await requestRaw(cloudfront.url, "/", gzip);
      expect(headers).toMatchObject({ "content-encoding": "gzip", etag: '"abc"' });
      expect(body.toString()).toBe("compressed");
    }
    expect(received).toHaveLength(1);
  });

  it("CF-G-30: files of a bucket are compressed by their type", async () => {
    const { cloudfront } = await startTestCloudFront({
      files: { "app.js": `// ${"x".repeat(2000)}`, "photo.png": "x".repeat(2000) },
      properties: { Compress: true, CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
    });
    const script = await requestRaw(cloudfront.url, "/app.js", both);
    expect(script.headers["content-encoding"]).toBe("br");
    const photo = await requestRaw(cloudfront.url, "/photo.png", both);
    expect(photo.headers).not.toHaveProperty("content-encoding");
  });
});
