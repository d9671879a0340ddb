import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { headerOf, s3Site } from "../../test/samples/s3-site.ts";
import { bodyText } from "../../test/samples/http-message.ts";
import { sampleS3Origin } from "../../test/samples/origin.ts";
import type { S3Origin } from "../distribution/origins.ts";

const { fetchFrom, get } = s3Site();

const listable = sampleS3Origin({ mayListBucket: true });

describe("what S3 refuses", () => {
  it("CF-H-01: a missing key is 403 without s3:ListBucket, 404 with it", async () => {
    const denied = await get("/missing");
    expect([denied.status, headerOf(denied, "content-type")]).toEqual([403, "application/xml"]);
    expect(bodyText(denied)).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message><RequestId>[0-9A-F]{16}<\/RequestId><HostId>[\w+/]{76}<\/HostId><\/Error>$/,
    );
    const missing = await fetchFrom(listable, "/missing%3C&%01");
    expect(missing.status).toBe(404);
    expect(bodyText(missing)).toContain("<Code>NoSuchKey</Code>");
    expect(bodyText(missing)).toContain("<Key>missing&#60;&#38;&#1;</Key>");
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
    expect([response.status, response.body.byteLength]).toEqual([403, 0]);
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
    expect(bodyText(response)).toContain("CORS is not enabled for this bucket.");
  });

  it.each([
    ["/%zz", "InvalidURI"],
    [`/${"a".repeat(1025)}`, "KeyTooLongError"],
  ])("a path that is no key is 400: %.10s", async (path, code) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(bodyText(response)).toContain(`<Code>${code}</Code>`);
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
        expect(bodyText(response)).not.toBe("secret");
        expect([400, 403, 404]).toContain(response.status);
      }),
      propertyRuns(2000),
    );
  });
});
