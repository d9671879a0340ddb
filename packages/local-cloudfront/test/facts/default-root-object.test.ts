import { describe, expect, it } from "vitest";
import { respondsInTurn } from "../support/origin-responses.ts";
import { recordedEvents, recordRequest } from "../support/recorded-events.ts";
import { sendRaw } from "../support/raw-connection.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const withRoot = (
  defaultRootObject: string,
  options: TestCloudFrontOptions = {},
): TestCloudFrontOptions => ({
  ...options,
  distributionConfig: { DefaultRootObject: defaultRootObject },
});

describe("the default root object", () => {
  it("LE-A-37: is for the bare root alone, never for a folder", async () => {
    const { get, received } = await startTestCloudFront(
      withRoot("index.html", { server: respondsInTurn({}) }),
    );
    for (const path of ["/", "/?a=1", "/install/", "/install"]) await get(path);
    expect(received.map(({ url }) => url)).toEqual(["/index.html", "/install/", "/install"]);
  });

  it("LE-A-37: a folder of a bucket is no object", async () => {
    const { get } = await startTestCloudFront(
      withRoot("index.html", { files: { "index.html": "root", "install/index.html": "install" } }),
    );
    expect(await get("/")).toMatchObject({ status: 200, body: "root" });
    expect((await get("/install/")).status).toBe(404);
    expect((await get("/install")).status).toBe(404);
  });

  it("LE-A-37: may be a path", async () => {
    const { get } = await startTestCloudFront(
      withRoot("site/home.html", { files: { "site/home.html": "home" } }),
    );
    expect((await get("/")).body).toBe("home");
    expect((await get("/site")).status).toBe(404);
  });

  it("LE-A-38: several slashes are no root; the origin sees them", async () => {
    const { cloudfront, received } = await startTestCloudFront(
      withRoot("index.html", { server: respondsInTurn({}) }),
    );
    for (const path of ["//", "///"]) {
      await sendRaw(cloudfront.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    }
    expect(received.map(({ url }) => url)).toEqual(["//", "///"]);
  });

  it("LE-A-39: is for all methods that are allowed", async () => {
    const { request, received } = await startTestCloudFront(
      withRoot("index.php", { server: respondsInTurn({}) }),
    );
    for (const method of ["POST", "DELETE", "OPTIONS", "HEAD"]) await request("/", { method });
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /index.php",
      "DELETE /index.php",
      "OPTIONS /index.php",
      "HEAD /index.php",
    ]);
  });

  it("LE-A-40: with a leading slash is warned of, and not found", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      ...withRoot("/index.html"),
      listBucket: false,
    });
    expect((await get("/")).status).toBe(403);
    expect(cloudfront.warnings.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "It must not start with a slash: CloudFront responds with 403 for the root. Write "index.html" (LE-A-40).",
      ]
    `);
  });

  it.each(["in dex.html", "index.html?a=1", "ä.html", "a".repeat(256)])(
    "LE-A-41: %j is invalid: the root answers 400, everything else goes on",
    async (name) => {
      const { cloudfront, get } = await startTestCloudFront(withRoot(name));
      const answer = await get("/");
      expect(answer).toMatchObject({ status: 400, xCache: "Error" });
      expect(answer.body).toContain("InvalidDefaultRootObject");
      expect(cloudfront.traces().at(-1)?.detailedResultType).toBe("InvalidRequest");
      expect((await get("/a.html")).status).toBe(200);
    },
  );

  const functions = { "viewer-request": recordRequest(), "origin-request": recordRequest() };
  const cacheBehaviors = { "/index.html": { functions } };

  it("LE-A-42: comes after viewer-request and the choice of the cache behavior", async () => {
    const { cloudfront, get } = await startTestCloudFront(
      withRoot("index.html", { functions, cacheBehaviors }),
    );
    expect((await get("/")).body).toBe("<h1>index</h1>");
    const { "viewer-request": viewerRequest, "origin-request": originRequest } =
      recordedEvents(cloudfront);
    expect([viewerRequest.request.uri, originRequest.request.uri]).toEqual(["/", "/index.html"]);
    expect(cloudfront.traces().at(-1)?.steps[0]).toMatchObject({ pathPattern: "*" });
  });

  it('LE-A-42: `fidelity.defaultRootObject: "before-cache-behavior"` puts it before both', async () => {
    const { cloudfront, get } = await startTestCloudFront(
      withRoot("index.html", {
        functions,
        cacheBehaviors,
        options: { fidelity: { defaultRootObject: "before-cache-behavior" } },
      }),
    );
    expect((await get("/")).body).toBe("<h1>index</h1>");
    expect(recordedEvents(cloudfront)["viewer-request"].request.uri).toBe("/index.html");
    expect(cloudfront.traces().at(-1)?.steps[0]).toMatchObject({ pathPattern: "/index.html" });
  });
});
