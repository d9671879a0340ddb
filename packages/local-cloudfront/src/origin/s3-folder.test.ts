import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeClock } from "../../test/samples/fake-clock.ts";
import { sampleRequest } from "../../test/samples/http-message.ts";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";
import type { HttpResponse } from "../distribution/http-message.ts";
import type { Origin, S3Origin } from "../distribution/origins.ts";
import { createOriginClient } from "./create-origin-client.ts";

const originClient = createOriginClient({ clock: fakeClock() });
const digits = "0123456789";
const etag = '"781e5e245d69b566979b86e28d23f2c7"';
const lastModified = "Mon, 05 Oct 2026 10:00:00 GMT";
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "s3-folder-"));
  mkdirSync(join(home, "site", "dir"), { recursive: true });
  writeFileSync(join(home, "secret.txt"), "secret");
  const files = {
    "index.html": "<h1>",
    "a b.jpg": "+",
    "50%off": "%",
    "dir/index.html": "dir",
    digits,
    css: "",
    LICENSE: "",
    empty: "",
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(home, "site", name), content);
  // Half a second more than HTTP can say.
  const date = new Date("2026-10-05T10:00:00.500Z");
  utimesSync(join(home, "site", "digits"), date, date);
});

afterAll(async () => {
  await originClient.close();
  rmSync(home, { recursive: true });
});

async function fetchFrom(
  origin: Origin,
  ...request: Parameters<typeof sampleRequest>
): Promise<HttpResponse> {
  const content = { kind: "folder", path: join(home, "site") } as const;
  const answer = await originClient.fetch({ ...origin, content }, sampleRequest(...request));
  if (answer.kind === "failure") throw new Error(answer.failure.message);
  return answer.response;
}

const get = (...request: Parameters<typeof sampleRequest>): Promise<HttpResponse> =>
  fetchFrom(sampleS3Origin(), ...request);

const listable = sampleS3Origin({ mayListBucket: true });

function text({ body }: HttpResponse): string {
  return Buffer.from(body).toString();
}

function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  return headers[name]?.[0]?.value;
}

describe("an object of S3", () => {
  it("CF-H-12: comes with the headers of S3 and no Cache-Control", async () => {
    const response = await get("/digits");
    expect(response).toMatchObject({ status: 200, statusDescription: "OK" });
    expect(text(response)).toBe(digits);
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
    expect(text(await get(path))).toBe(content);
  });

  it("CF-H-11: the origin's path comes before the key", async () => {
    const response = await fetchFrom(sampleS3Origin({ path: "/dir" }), "/index.html");
    expect(text(response)).toBe("dir");
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

  it("HEAD has the headers of GET and no body", async () => {
    const response = await get("/digits", {}, { method: "HEAD" });
    expect(headerOf(response, "content-length")).toBe("10");
    expect(headerOf(response, "etag")).toBe(etag);
    expect(response.body).toHaveLength(0);
  });

  it("CF-H-06: does not depend on cookies", async () => {
    expect(text(await get("/digits", { Cookie: "a=1" }))).toBe(digits);
  });

  it("a folder that stands for a web server answers under any Host", async () => {
    const response = await fetchFrom(sampleCustomOrigin(), "/digits", {
      Host: "x.test",
      Authorization: "Basic eA==",
    });
    expect(text(response)).toBe(digits);
    expect((await fetchFrom(sampleCustomOrigin(), "/missing")).status).toBe(404);
  });
});

describe("what S3 refuses", () => {
  it("CF-H-01: a missing key is 403 without s3:ListBucket, 404 with it", async () => {
    const denied = await get("/missing");
    expect([denied.status, headerOf(denied, "content-type")]).toEqual([403, "application/xml"]);
    expect(text(denied)).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message><RequestId>[0-9A-F]{16}<\/RequestId><HostId>[\w+/]{76}<\/HostId><\/Error>$/,
    );
    const missing = await fetchFrom(listable, "/missing%3C&%01");
    expect(missing.status).toBe(404);
    expect(text(missing)).toContain("<Code>NoSuchKey</Code>");
    expect(text(missing)).toContain("<Key>missing&#60;&#38;&#1;</Key>");
  });

  it("CF-H-07: there is no directory index", async () => {
    for (const path of ["/", "/dir", "/dir/"]) expect((await get(path)).status).toBe(403);
    expect((await fetchFrom(listable, "/dir/")).status).toBe(404);
  });

  it("CF-H-07: the bare bucket is not listed", async () => {
    expect((await fetchFrom(listable, "/")).status).toBe(403);
  });

  it("an error has no body for HEAD", async () => {
    const response = await get("/missing", {}, { method: "HEAD" });
    expect([response.status, response.body.length]).toEqual([403, 0]);
  });

  it.each<[string, Partial<S3Origin>]>([
    [
      "the bucket policy does not let CloudFront get objects",
      { mayGetObject: false, mayListBucket: true },
    ],
    [
      "CF-H-03: the origin access control never signs",
      { access: { kind: "origin-access-control", signingBehavior: "never" } },
    ],
  ])("everything is 403 where %s", async (_fact, changes) => {
    expect((await fetchFrom(sampleS3Origin(changes), "/digits")).status).toBe(403);
    expect((await fetchFrom(sampleS3Origin(changes), "/missing")).status).toBe(403);
  });

  it("CF-H-14: a Host that is not the bucket's is 403", async () => {
    expect((await get("/digits", { Host: "www.example.test" })).status).toBe(403);
    expect((await get("/digits", { Host: "SITE-bucket.s3.eu-west-3.amazonaws.com" })).status).toBe(
      200,
    );
  });

  it.each([
    ["always", "Basic eA==", 200],
    ["no-override", "Basic eA==", 400],
    ["no-override", "AWS4-HMAC-SHA256 Credential=x", 403],
    ["never", "Basic eA==", 400],
  ] as const)(
    "CF-H-03: signing %s, Authorization: %s is %i",
    async (signingBehavior, value, status) => {
      const origin = sampleS3Origin({ access: { kind: "origin-access-control", signingBehavior } });
      expect((await fetchFrom(origin, "/digits", { Authorization: value })).status).toBe(status);
    },
  );

  it.each([
    ["PUT", 403],
    ["DELETE", 403],
    ["POST", 405],
    ["PATCH", 405],
    ["OPTIONS", 400],
  ])("%s is %i", async (method, status) => {
    expect((await get("/digits", {}, { method })).status).toBe(status);
  });

  it("OPTIONS with an Origin is 403: the bucket has no CORS configuration", async () => {
    const response = await get("/digits", { Origin: "https://x.test" }, { method: "OPTIONS" });
    expect(response.status).toBe(403);
    expect(text(response)).toContain("CORS is not enabled for this bucket.");
  });

  it.each([
    ["/%zz", "InvalidURI"],
    [`/${"a".repeat(1025)}`, "KeyTooLongError"],
  ])("a path that is no key is 400: %.10s", async (path, code) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(text(response)).toContain(`<Code>${code}</Code>`);
  });

  it("CF-H-23: no path reaches beyond the folder", async () => {
    const piece = fc.constantFrom(
      "..",
      "%2e%2e",
      "%2E.",
      "/",
      "%2f",
      "%5c",
      "\\",
      "%00",
      "secret.txt",
      "site",
      "dir",
      ".",
      "+",
      "%252e%252e",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const response = await fetchFrom(listable, `/${pieces.join("")}`);
        expect(text(response)).not.toBe("secret");
        expect([400, 403, 404]).toContain(response.status);
      }),
      { numRuns: 500 },
    );
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
    expect(text(response)).toBe(content);
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
    expect(text(response)).toContain("<Code>InvalidRange</Code>");
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
