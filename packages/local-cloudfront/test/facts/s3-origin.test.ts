import { describe, expect, it } from "vitest";
import { headerWithEvent } from "../support/function-sources.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

/** A bucket policy with this statement alone. */
function bucketPolicy(statement: Readonly<Record<string, unknown>>): TestCloudFrontOptions {
  return {
    resources: {
      BucketPolicy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: {
          Bucket: { Ref: "Bucket" },
          PolicyDocument: { Version: "2012-10-17", Statement: [statement] },
        },
      },
    },
  };
}

function originAccessControl(SigningBehavior: string): TestCloudFrontOptions {
  return {
    resources: {
      OriginAccessControl: {
        Type: "AWS::CloudFront::OriginAccessControl",
        Properties: {
          OriginAccessControlConfig: {
            Name: "oac",
            OriginAccessControlOriginType: "s3",
            SigningBehavior,
            SigningProtocol: "sigv4",
          },
        },
      },
    },
  };
}

describe("a missing key", () => {
  it("CF-H-01: is 403 AccessDenied without s3:ListBucket", async () => {
    const { get } = await startTestCloudFront({ listBucket: false });
    const answer = await get("/missing.html");
    expect(answer.status).toBe(403);
    expect(answer.headers["content-type"]).toBe("application/xml");
    expect(answer.body).toContain("<Code>AccessDenied</Code>");
    expect(answer.body).not.toContain("missing.html");
  });

  it("CF-H-01: is 404 NoSuchKey with it", async () => {
    const { get } = await startTestCloudFront();
    const answer = await get("/missing.html");
    expect(answer.status).toBe(404);
    expect(answer.body).toContain("<Code>NoSuchKey</Code>");
    expect(answer.body).toContain("<Key>missing.html</Key>");
  });
});

describe("who may read the bucket", () => {
  const getObject = {
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: { "Fn::Sub": "${Bucket.Arn}/*" },
  };
  const service = { Service: "cloudfront.amazonaws.com" };
  const sourceArn = (distribution: string): Readonly<Record<string, unknown>> => ({
    StringEquals: {
      "AWS:SourceArn": {
        "Fn::Sub": `arn:aws:cloudfront::\${AWS::AccountId}:distribution/${distribution}`,
      },
    },
  });

  it.each<[name: string, statement: Readonly<Record<string, unknown>>, status: number]>([
    [
      "CloudFront's service principal for this distribution",
      { ...getObject, Principal: service, Condition: sourceArn("${Distribution}") },
      200,
    ],
    [
      "CloudFront's service principal for another distribution",
      { ...getObject, Principal: service, Condition: sourceArn("EDFDVBD632BHDS5") },
      403,
    ],
    ["another service", { ...getObject, Principal: { Service: "ec2.amazonaws.com" } }, 403],
  ])("CF-H-02: %s -> %3$i", async (_name, statement, status) => {
    const { get } = await startTestCloudFront(bucketPolicy(statement));
    expect((await get("/a.html")).status).toBe(status);
  });

  it("CF-H-03: an origin access control that never signs is answered 403", async () => {
    const { get } = await startTestCloudFront(originAccessControl("never"));
    expect((await get("/a.html")).status).toBe(403);
  });

  it("CF-H-03: no-override lets a forwarded Authorization of the viewer through, always does not", async () => {
    const forwarding: TestCloudFrontOptions = {
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Authorization"] },
        },
      },
    };
    for (const [signingBehavior, status] of [
      ["no-override", 400],
      ["always", 200],
    ] as const) {
      const { get } = await startTestCloudFront({
        ...forwarding,
        ...originAccessControl(signingBehavior),
      });
      const { status: answered } = await get("/a.html", { authorization: "Basic eA==" });
      expect({ signingBehavior, answered }).toEqual({ signingBehavior, answered: status });
    }
  });

  it.each<[policy: string, id: string, status: number]>([
    ["AllViewer", "216adef6-5c7f-47e4-b989-5492eafa07d3", 403],
    ["HostHeaderOnly", "bf0718e1-ba1e-49d1-88b1-f726733018ae", 403],
    ["AllViewerExceptHostHeader", "b689b0a8-53d0-40ab-baf2-68738e2966ac", 200],
  ])(
    "CF-H-14: with the origin request policy %s, Host makes it %3$i",
    async (_name, id, status) => {
      const { get } = await startTestCloudFront({ properties: { OriginRequestPolicyId: id } });
      expect((await get("/a.html")).status).toBe(status);
    },
  );
});

describe("keys", () => {
  it.each<[name: string, key: string, uri: string]>([
    ["CF-H-08: a slash at the end is part of the key", "a/index.html", "/a/index.html"],
    ["CF-H-09: + is a space", "a b.jpg", "/a+b.jpg"],
    ["CF-H-09: a plus is %2B", "a+b.jpg", "/a%2Bb.jpg"],
    ["CF-H-10: keys are decoded once", "50%off", "/50%25off"],
    ["CF-H-10: an encoded escape stays", "a%20b", "/a%2520b"],
    ["CF-H-10: keys are UTF-8", "é.txt", "/%C3%A9.txt"],
  ])("%s: %j is at %s", async (_name, key, uri) => {
    const { get } = await startTestCloudFront({ files: { [key]: "found" } });
    expect(await get(uri)).toMatchObject({ status: 200, body: "found" });
  });

  it.each<[name: string, uri: string]>([
    ["CF-H-07: / has no index document", "/"],
    ["CF-H-07: a folder has no index document", "/blog/"],
    ["CF-H-08: a file with a slash at the end is another key", "/a.html/"],
    ["CF-H-08: keys have no empty segments in a folder", "//a.html"],
    ["CF-H-23: the raw path is asked for", "/blog/../a.html"],
    ["CF-H-23: the raw path is asked for, escaped", "/blog/%2e%2e/a.html"],
    ["keys differ in case", "/A.html"],
  ])("%s: %s", async (_name, uri) => {
    const { cloudfront } = await startTestCloudFront({
      files: { "a.html": "a", "index.html": "index", "blog/index.html": "blog" },
    });
    expect([403, 404]).toContain((await requestRaw(cloudfront.url, uri)).status);
  });

  it("CF-H-11: the origin path comes before the URI", async () => {
    const { get } = await startTestCloudFront({
      files: { "site/a.html": "a", "b.html": "b" },
      origin: { OriginPath: "/site" },
    });
    expect(await get("/a.html")).toMatchObject({ status: 200, body: "a" });
    expect((await get("/b.html")).status).toBe(404);
  });
});

describe("what S3 answers", () => {
  it("CF-H-12: carries ETag, Last-Modified, Accept-Ranges and a length, and no Cache-Control", async () => {
    const { get } = await startTestCloudFront({ files: { "a.html": "a", data: "x" } });
    const { headers } = await get("/a.html");
    expect(headers).toMatchObject({
      etag: '"0cc175b9c0f1b6a831c399e269772661"',
      "accept-ranges": "bytes",
      "content-type": "text/html",
      "content-length": "1",
      server: "AmazonS3",
    });
    expect(headers["last-modified"]).toMatch(/ GMT$/);
    expect(headers).not.toHaveProperty("cache-control");
    expect((await get("/data")).headers["content-type"]).toBe("binary/octet-stream");
  });

  it("CF-H-12: carries Cache-Control where the objects were stored with it", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      files: { "a.html": "a" },
      resources: {
        Bucket: {
          Type: "AWS::S3::Bucket",
          Metadata: {
            "cf-edge:site": {
              path: ".",
              objectHeaders: [
                {
                  pathPattern: "/*.html",
                  headers: { "Cache-Control": "max-age=60", "x-amz-meta-a": "1" },
                },
              ],
            },
          },
        },
      },
    });
    expect((await get("/a.html")).headers["cache-control"]).toBe("max-age=60");
    cloudfront.clock.advance(61);
    expect((await get("/a.html")).xCache).toBe("RefreshHit");
  });

  it("a site's files have the Content-Types that a deploy stores them with", async () => {
    const { get } = await startTestCloudFront({
      files: { "a.html": "ä", "llms.txt": "ä", js: "text", feed: "<rss/>" },
      resources: {
        Bucket: {
          Type: "AWS::S3::Bucket",
          Metadata: {
            "cf-edge:site": { path: ".", contentTypes: { feed: "application/rss+xml" } },
          },
        },
      },
    });
    const types = await Promise.all(
      ["/a.html", "/llms.txt", "/js", "/feed"].map(
        async (path) => (await get(path)).headers["content-type"],
      ),
    );
    expect(types).toEqual([
      "text/html; charset=utf-8",
      "text/plain; charset=utf-8",
      "binary/octet-stream",
      "application/rss+xml; charset=utf-8",
    ]);
  });

  it("a site has the files that are published, and the trace says why another is missing", async () => {
    const siteOf = (siteFiles: object) => ({
      files: { "a.html": "a", ".env": "SECRET=1", "dump.sql": "", "a.js.map": "" },
      resources: {
        Bucket: {
          Type: "AWS::S3::Bucket",
          Metadata: { "cf-edge:site": { path: ".", siteFiles } },
        },
      },
    });
    const { get, cloudfront } = await startTestCloudFront(siteOf({}));
    const statuses = async (paths: readonly string[]) =>
      Promise.all(paths.map(async (path) => (await get(path)).status));
    expect(await statuses(["/a.html", "/a.js.map", "/.env", "/dump.sql"])).toEqual([
      200, 200, 404, 404,
    ]);
    const trace = cloudfront.traces().find(({ uri }) => uri === "/.env");
    expect(trace?.steps.find(({ step }) => step === "origin")).toMatchObject({
      status: 404,
      notPublished:
        '".env" is left out of the site (hidden file). To publish it, name it in siteFiles.include.',
    });
    const chosen = await startTestCloudFront(siteOf({ include: ["*.sql"], exclude: ["*.map"] }));
    expect((await chosen.get("/dump.sql")).status).toBe(200);
    expect((await chosen.get("/a.js.map")).status).toBe(404);
  });

  it("CF-H-04, CF-H-05: x-amz-id-2 and x-amz-request-id stay here, other x-amz-* headers go on", async () => {
    const { get } = await startTestCloudFront({
      files: { "a.html": "a" },
      functions: { "origin-response": headerWithEvent },
      resources: {
        Bucket: {
          Type: "AWS::S3::Bucket",
          Metadata: {
            "cf-edge:site": {
              path: ".",
              objectHeaders: [{ pathPattern: "*", headers: { "x-amz-meta-owner": "me" } }],
            },
          },
        },
      },
    });
    const { headers } = await get("/a.html");
    expect(headers["x-amz-meta-owner"]).toBe("me");
    for (const name of ["x-amz-id-2", "x-amz-request-id"]) expect(headers).not.toHaveProperty(name);
    const event = Buffer.from(headers["x-event"] ?? "", "base64").toString();
    expect(event).toContain('"x-amz-request-id"');
  });

  it("CF-H-06: does not depend on cookies", async () => {
    const { get } = await startTestCloudFront({
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: "all" } },
      },
    });
    const first = await get("/a.html", { cookie: "a=1" });
    const second = await get("/a.html", { cookie: "a=2" });
    expect(second.body).toBe(first.body);
    expect(second.headers["etag"]).toBe(first.headers["etag"]);
  });

  it("CF-H-22: an S3 origin may have a read timeout of its own", async () => {
    const { cloudfront } = await startTestCloudFront({
      origin: { S3OriginConfig: { OriginAccessIdentity: "", OriginReadTimeout: 60 } },
    });
    const [origin] = cloudfront.distribution.origins.values();
    expect(origin?.readTimeoutSeconds).toBe(60);
    expect(cloudfront.warnings).toEqual([]);
  });

  it("CF-G-45, CF-G-36: revalidates by ETag", async () => {
    const { cloudfront, get, steps } = await startTestCloudFront();
    await get("/a.html");
    cloudfront.clock.advance(86_401);
    expect(await get("/a.html")).toMatchObject({ body: "<h1>a</h1>", xCache: "RefreshHit" });
    expect(steps()).toContain("cache-refresh");
  });
});
