import { describe, expect, it } from "vitest";
import { passAll } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type OriginServer,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

type Rule = Readonly<Record<string, unknown>>;

const rules = (...CustomErrorResponses: Rule[]): TestCloudFrontOptions => ({
  distributionConfig: { CustomErrorResponses },
});
const pageFor = (
  ErrorCode: number,
  ResponseCode: number,
  ResponsePagePath = "/error.html",
): Rule => ({
  ErrorCode,
  ResponseCode,
  ResponsePagePath,
});

/** Answers `/error.html` with a page, `/ok` with 200, and everything else with a status. */
function failingWith(status: number): OriginServer {
  return (request, response) => {
    const isPage = new URL(request.url, "http://origin").pathname === "/error.html";
    const answer = isPage
      ? { headers: { etag: '"page"', "content-type": "text/html" }, body: "sorry" }
      : { status, body: "failed" };
    return respondsInTurn(answer)(request, response);
  };
}

const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

describe("a custom error response", () => {
  it.each(errorCodes)(
    "CF-H-16: takes the place of a %i, with 200 or with another status",
    async (status) => {
      for (const responseCode of [200, 404]) {
        const { get } = await startTestCloudFront({
          server: failingWith(status),
          ...rules(pageFor(status, responseCode)),
        });
        expect(await get("/x")).toMatchObject({
          status: responseCode,
          body: "sorry",
          xCache: "Error",
        });
      }
    },
  );

  it.each<[name: string, rule: Rule, message: string]>([
    [
      "412",
      pageFor(412, 200),
      "ErrorCode is a status that custom error responses do not have: got 412",
    ],
    [
      "415",
      pageFor(415, 200),
      "ErrorCode is a status that custom error responses do not have: got 415",
    ],
    [
      "a response code of 418",
      pageFor(404, 418),
      "ResponseCode is a status that custom error responses do not have: got 418",
    ],
  ])("CF-H-16: for %s is refused", async (_name, rule, message) => {
    await expect(startTestCloudFront(rules(rule))).rejects.toThrow(
      `Distribution.DistributionConfig.CustomErrorResponses[0].${message}`,
    );
  });

  it("CF-H-16, CF-H-01: a 403 of S3 becomes the index page of a single-page application", async () => {
    const { get } = await startTestCloudFront({
      listBucket: false,
      ...rules(pageFor(403, 200, "/index.html")),
    });
    const answer = await get("/notes/1");
    expect(answer).toMatchObject({ status: 200, body: "<h1>index</h1>", xCache: "Error" });
    expect(answer.headers["content-type"]).toBe("text/html");
  });

  it("CF-H-17: the page comes through the cache behavior that its path selects", async () => {
    const { get, received } = await startTestCloudFront({
      server: failingWith(500),
      cacheBehaviors: {
        "/error.html": { properties: { CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" } },
      },
      ...rules(pageFor(500, 500)),
    });
    for (const _attempt of [1, 2]) expect((await get("/x")).body).toBe("sorry");
    expect(received.map(({ url }) => url)).toEqual(["/x", "/error.html", "/error.html"]);
  });

  it("CF-H-17: without its page, the viewer gets the status of the page's origin", async () => {
    for (const [listBucket, status] of [
      [true, 404],
      [false, 403],
    ] as const) {
      const { get } = await startTestCloudFront({
        listBucket,
        functions: {
          "origin-response": `exports.handler = async (event) => {
            const { request, response } = event.Records[0].cf;
            if (request.uri === "/x") response.status = "500";
            return response;
          };`,
        },
        files: { x: "x" },
        ...rules(pageFor(500, 200, "/deleted.html")),
      });
      expect(await get("/x")).toMatchObject({ status, xCache: "Error" });
    }
  });

  it("CF-H-18: mapped to 200 stays an Error, and is cached as one", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: failingWith(404),
      ...rules({ ...pageFor(404, 200), ErrorCachingMinTTL: 60 }),
    });
    for (const _attempt of [1, 2]) {
      expect(await get("/x")).toMatchObject({ status: 200, xCache: "Error" });
      expect(cloudfront.traces().at(-1)).toMatchObject({ status: 200, resultType: "Error" });
    }
    expect(received.map(({ url }) => url)).toEqual(["/x", "/error.html"]);
    cloudfront.clock.advance(61);
    await get("/x");
    expect(received.map(({ url }) => url)).toEqual(["/x", "/error.html", "/x"]);
  });

  it("CF-G-25: the page has the lifetime of its own cache behavior", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: failingWith(404),
      cacheBehaviors: {
        "/error.html": {
          properties: {
            CachePolicyId: { Ref: "AWS::NoValue" },
            ForwardedValues: { QueryString: false },
            DefaultTTL: 5,
            MaxTTL: 5,
          },
        },
      },
      ...rules({ ...pageFor(404, 200), ErrorCachingMinTTL: 300 }),
    });
    await get("/x");
    cloudfront.clock.advance(6);
    await get("/x");
    expect(received.map(({ url }) => url)).toEqual(["/x", "/error.html", "/error.html"]);
  });

  it("CF-H-19: tells the page's origin what was asked for, where a policy names it", async () => {
    const { get, received } = await startTestCloudFront({
      server: failingWith(404),
      originRequestPolicy: {
        HeadersConfig: {
          HeaderBehavior: "whitelist",
          Headers: ["CloudFront-Error-Uri", "CloudFront-Error-Args"],
        },
      },
      ...rules(pageFor(404, 200)),
    });
    await get("/a%20b?x=1&y=2");
    expect(received.map(({ headers }) => headers["cloudfront-error-uri"])).toEqual([
      undefined,
      "/a%20b",
    ]);
    expect(received[1]?.headers["cloudfront-error-args"]).toBe("x=1&y=2");
  });

  it("CF-H-19: does not believe a viewer that says so", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      server: respondsInTurn({}),
      properties: { OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac" },
    });
    await requestRaw(cloudfront.url, "/", { "cloudfront-error-uri": "/forged" });
    expect(received[0]?.headers).not.toHaveProperty("cloudfront-error-uri");
  });

  it.each([true, false])(
    "is fetched whole, whatever part or version the viewer asked for (cached: %s)",
    async (isCached) => {
      const { cloudfront } = await startTestCloudFront({
        server: failingWith(404),
        ...(isCached
          ? {}
          : { properties: { CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" } }),
        ...rules(pageFor(404, 200)),
      });
      for (const headers of [{ "if-none-match": '"page"' }, { range: "bytes=0-1" }]) {
        const { status, body } = await requestRaw(cloudfront.url, "/x", headers);
        expect({ status, body: body.toString() }).toEqual({ status: 200, body: "sorry" });
      }
    },
  );

  it("is fetched with GET for a POST, and answers a HEAD without a body", async () => {
    const { cloudfront, received, request } = await startTestCloudFront({
      server: failingWith(500),
      ...rules(pageFor(500, 500)),
    });
    const answer = await request("/x", { method: "POST", body: "{}" });
    expect(answer).toMatchObject({ status: 500, body: "sorry" });
    expect(received[1]).toMatchObject({ method: "GET", url: "/error.html", body: "" });
    expect(received[1]?.headers).not.toHaveProperty("content-type");
    const head = await requestRaw(cloudfront.url, "/y", {}, "HEAD");
    expect(head).toMatchObject({ status: 500, headers: { "content-length": "5" } });
    expect(head.body).toHaveLength(0);
  });

  it("without a page sets the lifetime alone", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: failingWith(404),
      ...rules({ ErrorCode: 404, ErrorCachingMinTTL: 300 }),
    });
    expect(await get("/x")).toMatchObject({ status: 404, body: "failed" });
    cloudfront.clock.advance(290);
    await get("/x");
    expect(received).toHaveLength(1);
  });

  it("LE-A-10: does not run viewer-response", async () => {
    const { get, invoked } = await startTestCloudFront({
      server: failingWith(404),
      functions: passAll,
      ...rules(pageFor(404, 200)),
    });
    await get("/x");
    expect(invoked()).not.toContain("viewer-response");
  });
});

describe("what custom error responses leave alone", () => {
  it("CF-H-20: a malformed request is answered 400 without the page", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      server: failingWith(400),
      ...rules(pageFor(400, 200)),
    });
    const malformed = await sendRaw(cloudfront.url, "GARBAGE\r\n\r\n");
    expect(malformed.status).toBe(400);
    expect(malformed.body).not.toContain("sorry");
    expect(await requestRaw(cloudfront.url, "/%zz")).toMatchObject({ status: 400 });
    expect(received).toEqual([]);
  });
});

describe("the connection after a custom error page", () => {
  it.each(errorCodes)("CF-H-21: %i", async (status) => {
    const { cloudfront } = await startTestCloudFront({
      server: failingWith(status),
      ...rules(pageFor(status, status)),
    });
    const { headers } = await requestRaw(cloudfront.url, "/x", { connection: "keep-alive" });
    const closes = [400, 405, 414, 416, 500, 501].includes(status);
    expect(headers["connection"]).toBe(closes ? "close" : "keep-alive");
  });
});
