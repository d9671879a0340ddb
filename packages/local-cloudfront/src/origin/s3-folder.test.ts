import { describe, expect, it } from "vitest";
import { digits, etag, headerOf, lastModified, s3Site } from "../../test/samples/s3-site.ts";
import { bodyText } from "../../test/samples/http-message.ts";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";

const { fetchFrom, get } = s3Site();

describe("an object of S3", () => {
  it("CF-H-12: comes with the headers of S3 and no Cache-Control", async () => {
    const response = await get("/digits");
    expect(response).toMatchObject({ status: 200, statusDescription: "OK" });
    expect(bodyText(response)).toBe(digits);
    const lines = Object.values(response.headers).flat();
    expect(Object.fromEntries(lines.map(({ key, value }) => [key, value]))).toEqual({
      "x-amz-id-2": expect.stringMatching(/^[\w+/]{76}$/),
      "x-amz-request-id": expect.stringMatching(/^[0-9A-F]{16}$/),
      Date: "Tue, 06 Oct 2026 09:00:00 GMT",
      "Last-Modified": lastModified,
      ETag: etag,
      "Accept-Ranges": "bytes",
      "Content-Type": "binary/octet-stream",
      Server: "AmazonS3",
      "Content-Length": "10",
    });
  });

  it.each([
    ["/index.html", "text/html"],
    ["/a+b.jpg", "image/jpeg"],
    ["/css", "binary/octet-stream"],
    ["/LICENSE", "binary/octet-stream"],
  ])("CF-H-12: the content type of %s is %s", async (path, contentType) => {
    expect(headerOf(await get(path), "content-type")).toBe(contentType);
  });

  it.each([
    ["/a+b.jpg", "+"],
    ["/a%20b.jpg", "+"],
    ["/50%25off", "%"],
    ["/dir/index.html?versionId=1", "dir"],
  ])("CF-H-09, CF-H-10: %s is the object %j", async (path, content) => {
    expect(bodyText(await get(path))).toBe(content);
  });

  it("CF-H-11: the origin's path comes before the key", async () => {
    const response = await fetchFrom(sampleS3Origin({ path: "/dir" }), "/index.html");
    expect(bodyText(response)).toBe("dir");
  });

  it("carries the metadata of the first pattern that its key matches", async () => {
    const origin = sampleS3Origin({
      objectHeaders: [
        { pathPattern: "/dir/*", headers: { "Cache-Control": "no-store" } },
        {
          pathPattern: "*.htm?",
          headers: { "Cache-Control": "max-age=60", "Content-Type": "text/x" },
        },
        { pathPattern: "*", headers: { "Cache-Control": "immutable" } },
      ],
    });
    expect(headerOf(await fetchFrom(origin, "/dir/index.html"), "cache-control")).toBe("no-store");
    const page = await fetchFrom(origin, "/index.html");
    expect([headerOf(page, "cache-control"), headerOf(page, "content-type")]).toEqual([
      "max-age=60",
      "text/x",
    ]);
    expect(headerOf(await fetchFrom(origin, "/digits"), "cache-control")).toBe("immutable");
  });

  it("carries that for hashed names only where its name has a hash", async () => {
    const headers = { "Cache-Control": "immutable" };
    const origin = sampleS3Origin({
      objectHeaders: [{ pathPattern: "*", hashedNames: true, headers }],
    });
    const cacheControlOf = async (path: string) =>
      headerOf(await fetchFrom(origin, path), "cache-control");
    expect(await cacheControlOf("/app-BkX3f_Ab.js")).toBe("immutable");
    expect(await cacheControlOf("/index.html")).toBeUndefined();
  });

  it("HEAD has the headers of GET and no body", async () => {
    const response = await get("/digits", {}, { method: "HEAD" });
    expect(headerOf(response, "content-length")).toBe("10");
    expect(headerOf(response, "etag")).toBe(etag);
    expect(response.body).toHaveLength(0);
  });

  it("CF-H-06: does not depend on cookies", async () => {
    expect(bodyText(await get("/digits", { Cookie: "a=1" }))).toBe(digits);
  });

  it("a folder that stands for a web server answers under any Host", async () => {
    const response = await fetchFrom(sampleCustomOrigin(), "/digits", {
      Host: "x.test",
      Authorization: "Basic eA==",
    });
    expect(bodyText(response)).toBe(digits);
    expect((await fetchFrom(sampleCustomOrigin(), "/missing")).status).toBe(404);
  });
});

describe("conditional requests to S3", () => {
  it("a 304 has validators and no body", async () => {
    const response = await get("/digits", { "If-None-Match": etag });
    expect(response).toMatchObject({ status: 304, statusDescription: "Not Modified" });
    expect(response.body).toHaveLength(0);
    expect(headerOf(response, "etag")).toBe(etag);
    expect(headerOf(response, "content-type")).toBeUndefined();
  });

  const before = "Mon, 05 Oct 2026 09:59:59 GMT";

  it.each<[Readonly<Record<string, string>>, number]>([
    [{ "If-None-Match": etag }, 304],
    [{ "If-None-Match": `W/${etag}` }, 304],
    [{ "If-None-Match": `"x", ${etag}` }, 304],
    [{ "If-None-Match": "*" }, 304],
    [{ "If-None-Match": '"x"' }, 200],
    [{ "If-Modified-Since": lastModified }, 304],
    [{ "If-Modified-Since": before }, 200],
    [{ "If-Modified-Since": "yesterday" }, 200],
    [{ "If-None-Match": '"x"', "If-Modified-Since": lastModified }, 200],
    [{ "If-None-Match": etag, "If-Modified-Since": before }, 304],
    [{ "If-Match": etag }, 200],
    [{ "If-Match": `W/${etag}` }, 412],
    [{ "If-Match": '"x"' }, 412],
    [{ "If-Unmodified-Since": lastModified }, 200],
    [{ "If-Unmodified-Since": before }, 412],
    [{ "If-Match": etag, "If-Unmodified-Since": before }, 200],
    [{ "If-Match": etag, "If-None-Match": etag }, 304],
  ])("%j is %i", async (headers, status) => {
    const response = await get("/digits", headers);
    expect(response.status).toBe(status);
  });
});

describe("ranges of S3 objects", () => {
  it.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=8-", 206, "89", "bytes 8-9/10"],
    ["bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-99", 206, digits, "bytes 0-9/10"],
    ["bytes=5-4", 200, digits, undefined],
    ["bytes=0-1,3-4", 200, digits, undefined],
    ["bytes=-", 200, digits, undefined],
    ["items=0-1", 200, digits, undefined],
  ])("%s is %i", async (range, status, content, contentRange) => {
    const response = await get("/digits", { Range: range });
    expect(response.status).toBe(status);
    expect(bodyText(response)).toBe(content);
    expect(headerOf(response, "content-range")).toBe(contentRange);
    expect(headerOf(response, "content-length")).toBe(String(content.length));
  });

  it.each([
    ["/digits", "bytes=10-"],
    ["/digits", "bytes=-0"],
    ["/empty", "bytes=0-"],
    ["/empty", "bytes=-1"],
  ])("%s has no %s: 416", async (path, range) => {
    const response = await get(path, { Range: range });
    expect(response.status).toBe(416);
    expect(bodyText(response)).toContain("<Code>InvalidRange</Code>");
  });

  it.each([
    [etag, 206],
    [lastModified, 206],
    ['"x"', 200],
    [`W/${etag}`, 200],
    ["Mon, 05 Oct 2026 09:59:59 GMT", 200],
  ])("If-Range: %s is %i", async (ifRange, status) => {
    expect((await get("/digits", { Range: "bytes=0-0", "If-Range": ifRange })).status).toBe(status);
  });
});
