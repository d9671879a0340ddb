import { createServer } from "node:http";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Match } from "aws-cdk-lib/assertions";
import { LocalCloudFront, type LocalCloudFrontOptions } from "local-cloudfront";
import { describe, expect, it, onTestFinished } from "vitest";
import { configFile } from "./notes/config-file.ts";
import type { SiteChanges } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const folder = mkdtempSync(join(tmpdir(), "behaviors-"));
const api = { pathPattern: "/api/*", origin: "https://api.example.com/v1" };

/** A built function, and a site with a 404 page. */
function written(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  onTestFinished(() => rmSync(path, { recursive: true }));
  return relative(join(configFile, ".."), path);
}

async function served(changes: SiteChanges, options: Partial<LocalCloudFrontOptions> = {}) {
  const site = synthesized(changes);
  onTestFinished(() => site[Symbol.dispose]());
  const started = { assembly: site.assemblyFolder, port: 0, ...options };
  const cloudfront = await LocalCloudFront.start(started);
  onTestFinished(() => cloudfront.close());
  return { cloudfront, ...site };
}

describe("an API by its URL", () => {
  it("gets the requests of its path pattern, with method, body and query string, uncached", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume().on("end", () => response.writeHead(404).end("no such note"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { cloudfront } = await served(
      { behaviors: [api] },
      { origins: { "api.example.com": url } },
    );
    const init = { method: "POST", body: "x" };
    for (const each of [init, init, {}]) {
      const response = await cloudfront.fetch("/api/notes?a=1", each);
      expect([response.status, await response.text()]).toEqual([404, "no such note"]);
      expect(response.headers.get("strict-transport-security")).not.toBeNull();
    }
    expect((await cloudfront.fetch("/notes/1")).status).toBe(200);
    expect(asked).toEqual([
      "POST /v1/api/notes?a=1",
      "POST /v1/api/notes?a=1",
      "GET /v1/api/notes?a=1",
    ]);
  });

  it("stands before hashed assets, in the order of the list, with policies by name", () => {
    using site = synthesized({
      behaviors: [
        {
          ...api,
          cachePolicy: "UseOriginCacheControlHeaders",
          originRequestPolicy: "216adef6-5c7f-47e4-b989-5492eafa07d3",
        },
        { pathPattern: "/docs/*", origin: "site" },
      ],
    });
    site.template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        CacheBehaviors: [
          {
            PathPattern: "/api/*",
            CachePolicyId: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
            OriginRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
            ViewerProtocolPolicy: "https-only",
            AllowedMethods: Match.arrayWith(["POST", "DELETE"]),
          },
          { PathPattern: "/docs/*", CachePolicyId: { Ref: Match.anyValue() } },
          { PathPattern: "/assets/*" },
        ],
        CustomErrorResponses: Match.absent(),
      },
    });
  });

  it("is warned of where an error page would replace its own errors", () => {
    const written = { behaviors: [api], notFoundPage: "/index.html" };
    using site = synthesized(written);
    expect(site.messages).toContainEqual(
      expect.stringContaining("an API in behaviors that responds with 404 has its body replaced"),
    );
    using without = synthesized({ behaviors: [api] });
    expect(without.messages).not.toContainEqual(expect.stringContaining("Error pages"));
  });
});

describe("a Lambda function of the site", () => {
  it("runs behind the distribution, which alone may call it", async () => {
    const functionFolder = written("api", {
      "index.js": `exports.handler = async ({ rawPath, rawQueryString, requestContext }) => ({
        statusCode: 201,
        headers: { "content-type": "text/plain" },
        body: [requestContext.http.method, rawPath, rawQueryString, process.env.GREETING].join(" "),
      });`,
    });
    const origin = { functionFolder, environment: { GREETING: "hello" } };
    const { cloudfront, template } = await served({
      behaviors: [{ pathPattern: "/api/*", origin }],
    });
    const response = await cloudfront.fetch("/api/x?a=1");
    expect([response.status, await response.text()]).toEqual([201, "GET /api/x a=1 hello"]);
    template.hasResourceProperties("AWS::Lambda::Url", { AuthType: "AWS_IAM" });
    // CF-P-02
    for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
      template.hasResourceProperties("AWS::Lambda::Permission", {
        Action: action,
        Principal: "cloudfront.amazonaws.com",
        SourceArn: Match.anyValue(),
      });
    }
  });
});

describe("a page that the site does not have", () => {
  it("is shown as the site's own 404 page, with the site's headers", async () => {
    const siteFolder = written("site", {
      "index.html": "<!doctype html>home",
      "404.html": "<!doctype html>nothing here",
    });
    const { cloudfront } = await served({ siteFolder });
    const response = await cloudfront.fetch("/nowhere");
    expect([response.status, await response.text()]).toEqual([404, "<!doctype html>nothing here"]);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("strict-transport-security")).not.toBeNull();
  });

  it("is shown as the app, whose router says so, where there is none", async () => {
    const siteFolder = written("app", { "index.html": "<!doctype html>home" });
    const { cloudfront } = await served({ siteFolder });
    const [home, nowhere] = await Promise.all(
      ["/", "/nowhere"].map((path) => cloudfront.fetch(path)),
    );
    expect([home?.status, nowhere?.status]).toEqual([200, 404]);
    expect(await nowhere?.text()).toBe(await home?.text());
  });
});
