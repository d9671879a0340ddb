import { LocalCloudFront } from "local-cloudfront";
import { compileSecurityHeaders, plainSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SynthesizedTemplate, serveChangedAssembly } from "../src/changed-assembly.ts";
import { cloudAssemblyPath } from "../src/cloud-assembly-path.ts";

const expected = plainSecurityHeaders(compileSecurityHeaders());

/** Every header, in one line each: a name that came twice would have its values joined by a comma. */
function expectCovered({ headers }: Response): void {
  const received = Object.keys(expected).map((name) => [name, headers.get(name)]);
  expect(Object.fromEntries(received)).toEqual(expected);
}

function resource(template: SynthesizedTemplate, type: string) {
  return Object.values(template.Resources).find(({ Type }) => Type === type)!.Properties;
}

const distributionConfig = (template: SynthesizedTemplate) =>
  resource(template, "AWS::CloudFront::Distribution").DistributionConfig;

describe("as synthesized, the security headers are on", () => {
  let cloudfront: LocalCloudFront;

  beforeAll(async () => {
    cloudfront = await LocalCloudFront.start({ assembly: cloudAssemblyPath, port: 0 });
  });

  afterAll(() => cloudfront.close());

  const assetPath = async () =>
    /\/assets\/[^"]+\.js/.exec(await (await cloudfront.fetch("/")).text())![0];

  it.each([
    ["a page", "/", 200, "Miss from cloudfront"],
    ["the same from the cache", "/", 200, "Hit from cloudfront"],
    ["a route that viewer-request rewrites to it", "/notes/1", 200, "Hit from cloudfront"],
    ["LE-A-08: a missing page", "/missing.html", 404, "Error from cloudfront"],
    ["LE-A-08: a missing asset", "/assets/missing.js", 404, "Error from cloudfront"],
    [
      "a redirect that origin-request generates",
      "/secret",
      302,
      "LambdaGeneratedResponse from cloudfront",
    ],
    ["the same from the cache", "/secret", 302, "Hit from cloudfront"],
  ])("%s (%s: %i, %s)", async (_name, path, status, xCache) => {
    const response = await cloudfront.fetch(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("x-cache")).toMatch(xCache);
    expectCovered(response);
  });

  it("a page that the viewer has already: 304", async () => {
    const { headers } = await cloudfront.fetch("/");
    const response = await cloudfront.fetch("/", {
      headers: { "If-None-Match": headers.get("etag")! },
    });
    expect(response.status).toBe(304);
    expectCovered(response);
  });

  it("a part of an asset: 206", async () => {
    const response = await cloudfront.fetch(await assetPath(), { headers: { Range: "bytes=0-9" } });
    expect(response.status).toBe(206);
    expectCovered(response);
  });

  it("a part that an asset does not have: 416", async () => {
    const path = await assetPath();
    const response = await cloudfront.fetch(path, { headers: { Range: "bytes=99999999-" } });
    expect(response.status).toBe(416);
    expectCovered(response);
  });

  it("a response without a body: HEAD", async () => {
    const response = await cloudfront.fetch("/", { method: "HEAD" });
    expect(response.status).toBe(200);
    expectCovered(response);
  });

  it("a method that the cache behavior refuses: 403", async () => {
    const response = await cloudfront.fetch("/", { method: "POST", body: "a" });
    expect(response.status).toBe(403);
    expectCovered(response);
  });

  it("CF-J-10: but not on a URL that is too long, for which there is no cache behavior: 414", async () => {
    const response = await cloudfront.fetch(`/${"a".repeat(9000)}`);
    expect(response.status).toBe(414);
    expect(response.headers.get("x-content-type-options")).toBeNull();
  });
});

describe("with more that a site may have, the security headers are on", () => {
  it("LE-A-13: a redirect to HTTPS: 301, though browsers heed HSTS over HTTPS only", async () => {
    const cloudfront = await serveChangedAssembly({}, { viewerProtocol: "http" });
    const response = await cloudfront.fetch("/");
    expect(response.status).toBe(301);
    expectCovered(response);
  });

  it("LE-A-11: a redirect that viewer-request generates: 308", async () => {
    const config = compileSpaRewrite({ routes: ["/notes/:id"], trailingSlash: "remove" });
    const cloudfront = await serveChangedAssembly({ config: { "spa-rewrite": config } });
    const response = await cloudfront.fetch("/notes/1/");
    expect(response.headers.get("x-cache")).toBe("LambdaGeneratedResponse from cloudfront");
    expectCovered(response);
  });

  it("CF-H-01: a file that the bucket does not show: 403", async () => {
    const cloudfront = await serveChangedAssembly({
      template: (template) => {
        const { PolicyDocument } = resource(template, "AWS::S3::BucketPolicy");
        for (const statement of PolicyDocument.Statement) {
          if (statement.Effect === "Allow") statement.Action = "s3:GetObject";
        }
      },
    });
    const response = await cloudfront.fetch("/missing.html");
    expect(response.status).toBe(403);
    expectCovered(response);
  });

  it.each([
    ["LE-A-10: a custom error page", 404],
    ["a custom error page in the guise of a page", 200],
  ])("%s: %i", async (_name, ResponseCode) => {
    const cloudfront = await serveChangedAssembly({
      template: (template) => {
        distributionConfig(template).CustomErrorResponses = [
          { ErrorCode: 404, ResponsePagePath: "/index.html", ResponseCode },
        ];
      },
    });
    const response = await cloudfront.fetch("/missing.html");
    expect(response.status).toBe(ResponseCode);
    expect(await response.text()).toContain("<!doctype html>");
    expectCovered(response);
  });

  const throws = `exports.handler = async () => { throw new Error("broken"); };`;
  const answersRubbish = "exports.handler = async () => ({ status: 99 });";
  it.each([
    ["spa-rewrite", "throws", 503, throws],
    ["spa-rewrite", "answers what CloudFront does not take", 502, answersRubbish],
    ["secret-redirect", "throws", 503, throws],
    ["secret-redirect", "answers what CloudFront does not take", 502, answersRubbish],
    ["security-headers", "itself throws", 503, throws],
    ["security-headers", "itself answers what CloudFront does not take", 502, answersRubbish],
  ])("%s %s: %i", async (packageName, _what, status, code) => {
    const cloudfront = await serveChangedAssembly({ code: { [packageName]: code } });
    const response = await cloudfront.fetch("/");
    expect(response.status).toBe(status);
    expectCovered(response);
  });
});
