import { describe, expect, it } from "vitest";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { requestRaw, type RawResponse } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const alphabet = "abcdefghijklmnopqrstuvwxyz";

/** A distribution with one object of 26 bytes. */
async function startWithAlphabet(
  headers: OriginResponse["headers"] = {},
  options: TestCloudFrontOptions = {},
) {
  const { cloudfront, received } = await startTestCloudFront({
    server: respondsInTurn({ headers, body: alphabet }),
    ...options,
  });
  const get = (sent: Readonly<Record<string, string>>, method = "GET"): Promise<RawResponse> =>
    requestRaw(cloudfront.url, "/", sent, method);
  return { cloudfront, received, get };
}

describe("a range", () => {
  it.each<[range: string, contentRange: string, body: string]>([
    ["bytes=0-2", "bytes 0-2/26", "abc"],
    ["bytes=23-", "bytes 23-25/26", "xyz"],
    ["bytes=23-99", "bytes 23-25/26", "xyz"],
    ["bytes=-2", "bytes 24-25/26", "yz"],
    ["bytes=-99", "bytes 0-25/26", alphabet],
    ["bytes=5-5", "bytes 5-5/26", "f"],
    ["bytes=0-0,99-", "bytes 0-0/26", "a"],
  ])("CF-G-34: %s is answered 206 with %s", async (range, contentRange, body) => {
    const { get } = await startWithAlphabet();
    for (const xCache of ["Miss from cloudfront", "Hit from cloudfront"]) {
      const answer = await get({ range });
      expect(answer.status).toBe(206);
      expect(answer.headers).toMatchObject({
        "content-range": contentRange,
        "content-length": String(body.length),
        "x-cache": xCache,
      });
      expect(answer.body.toString()).toBe(body);
    }
  });

  it("CF-G-34: several ranges in ascending order are answered as parts", async () => {
    const { get } = await startWithAlphabet({ "content-type": "text/plain" });
    const { status, headers, body } = await get({ range: "bytes=0-1, 24-" });
    expect(status).toBe(206);
    const boundary = /^multipart\/byteranges; boundary=(\S+)$/.exec(
      headers["content-type"] ?? "",
    )?.[1];
    expect(body.toString().split(`--${boundary}`)).toEqual([
      "\r\n",
      "\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/26\r\n\r\nab\r\n",
      "\r\nContent-Type: text/plain\r\nContent-Range: bytes 24-25/26\r\n\r\nyz\r\n",
      "--\r\n",
    ]);
    expect(headers["content-length"]).toBe(String(body.length));
  });

  it.each([
    "bytes=20-25,0-5",
    "bytes=0-10,5-15",
    "bytes=300-400,100-200",
    "bytes=20-30,28-40",
    "bytes=5-2",
    "bytes=-5-10",
    "bytes=a-b",
    "bytes=-",
    "bytes=",
    "items=0-5",
    "0-5",
    "bytes=0-1,,3-4",
  ])("CF-G-34: %s is answered 200 with the whole object", async (range) => {
    const { get } = await startWithAlphabet();
    const answer = await get({ range });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe(alphabet);
  });

  it("CF-G-34: one that lies beyond the object is answered 416, and custom error pages know it", async () => {
    const { get } = await startWithAlphabet();
    const answer = await get({ range: "bytes=26-" });
    expect(answer.status).toBe(416);
    expect(answer.headers).toMatchObject({
      "content-range": "bytes */26",
      "x-cache": "Error from cloudfront",
    });

    const other = await startTestCloudFront({
      files: { "a.txt": alphabet, "416.html": "no such range" },
      distributionConfig: {
        CustomErrorResponses: [
          { ErrorCode: 416, ResponseCode: 200, ResponsePagePath: "/416.html" },
        ],
      },
    });
    const page = await other.get("/a.txt", { range: "bytes=26-" });
    expect(page).toMatchObject({ status: 200, body: "no such range", xCache: "Error" });
  });

  it("CF-G-34: of a chunked answer is answered with the whole object", async () => {
    const { cloudfront } = await startTestCloudFront({
      server: (_request, response) => {
        response.write(alphabet.slice(0, 5));
        response.end(alphabet.slice(5));
      },
    });
    for (const _attempt of [1, 2]) {
      const answer = await requestRaw(cloudfront.url, "/", { range: "bytes=0-2" });
      expect(answer.status).toBe(200);
      expect(answer.body.toString()).toBe(alphabet);
    }
  });

  it("CF-G-34: goes to the origin as it is where nothing is cached", async () => {
    const { get, received } = await startWithAlphabet(
      {},
      { cachePolicy: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 } },
    );
    const answer = await get({ range: "bytes=0-2" });
    expect(answer.status).toBe(200);
    expect(received[0]?.headers["range"]).toBe("bytes=0-2");
  });

  it.each<[name: string, ifRange: string, headers: OriginResponse["headers"], status: number]>([
    ["the same ETag", '"1"', { etag: '"1"' }, 206],
    ["another ETag", '"2"', { etag: '"1"' }, 200],
    ["a weak ETag, even the same", 'W/"1"', { etag: 'W/"1"' }, 200],
    [
      "the same date",
      "Sun, 06 Nov 1994 08:49:37 GMT",
      { "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT" },
      206,
    ],
    [
      "another date",
      "Sun, 06 Nov 1994 08:49:38 GMT",
      { "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT" },
      200,
    ],
  ])("CF-G-34: with If-Range of %s is answered %4$i", async (_name, ifRange, headers, status) => {
    const { get } = await startWithAlphabet(headers);
    expect((await get({ range: "bytes=0-2", "if-range": ifRange })).status).toBe(status);
  });

  it("CF-G-35: of a compressed object counts its compressed bytes", async () => {
    const { cloudfront } = await startTestCloudFront({
      server: respondsInTurn({ headers: { "content-type": "text/plain" }, body: "x".repeat(5000) }),
      properties: { Compress: true, CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
    });
    const gzip = { "accept-encoding": "gzip" };
    const whole = await requestRaw(cloudfront.url, "/", gzip);
    const part = await requestRaw(cloudfront.url, "/", { ...gzip, range: "bytes=2-9" });
    expect(part.status).toBe(206);
    expect(part.headers).toMatchObject({
      "content-encoding": "gzip",
      "content-range": `bytes 2-9/${whole.body.length}`,
    });
    expect(part.body).toEqual(whole.body.subarray(2, 10));
  });

  it("of a HEAD is not answered", async () => {
    const { get } = await startWithAlphabet();
    const answer = await get({ range: "bytes=0-2" }, "HEAD");
    expect(answer.status).toBe(200);
    expect(answer.headers["content-length"]).toBe("26");
  });
});

describe("a condition", () => {
  const validators = { etag: '"1"', "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT" };

  it.each<[name: string, condition: Readonly<Record<string, string>>, status: number]>([
    ["the same ETag", { "if-none-match": '"1"' }, 304],
    ["the same ETag, weak", { "if-none-match": 'W/"1"' }, 304],
    ["the same ETag among others", { "if-none-match": '"0", "1"' }, 304],
    ["any ETag", { "if-none-match": "*" }, 304],
    ["another ETag", { "if-none-match": '"2"' }, 200],
    ["the same date", { "if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT" }, 304],
    ["a later date", { "if-modified-since": "Mon, 07 Nov 1994 08:49:37 GMT" }, 304],
    ["an earlier date", { "if-modified-since": "Sat, 05 Nov 1994 08:49:37 GMT" }, 200],
    ["no date", { "if-modified-since": "1994" }, 200],
    [
      "another ETag beside the same date",
      { "if-none-match": '"2"', "if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT" },
      200,
    ],
    ["the same ETag beside a range", { "if-none-match": '"1"', range: "bytes=0-2" }, 304],
  ])("%s is answered %3$i, on a miss and on a hit", async (_name, condition, status) => {
    const { get } = await startWithAlphabet(validators);
    for (const xCache of ["Miss from cloudfront", "Hit from cloudfront"]) {
      const answer = await get(condition);
      expect(answer.status).toBe(status);
      expect(answer.headers["x-cache"]).toBe(xCache);
      expect(answer.body.toString()).toBe(status === 304 ? "" : alphabet);
    }
  });

  it.each<[name: string, options: TestCloudFrontOptions]>([
    [
      "the cache policy",
      {
        cachePolicy: {
          ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: "all" } },
        },
      },
    ],
    [
      "the origin request policy",
      { originRequestPolicy: { CookiesConfig: { CookieBehavior: "all" } } },
    ],
  ])("CF-G-06: is not heeded where %s forwards cookies", async (_name, options) => {
    const { get, received } = await startWithAlphabet(validators, options);
    for (const _attempt of [1, 2]) {
      expect((await get({ "if-none-match": '"1"' })).status).toBe(200);
    }
    expect(received[0]?.headers).not.toHaveProperty("if-none-match");
  });

  it("goes to the origin as it is where nothing is cached, and so does its 304", async () => {
    const { get, received } = await startWithAlphabet(validators, {
      cachePolicy: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 },
    });
    expect((await get({ "if-none-match": '"1"' })).status).toBe(304);
    expect(received[0]?.headers["if-none-match"]).toBe('"1"');
  });
});
