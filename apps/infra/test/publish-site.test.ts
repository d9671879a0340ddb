import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { S3Client } from "@aws-sdk/client-s3";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { edgeConfig } from "../edge.config.ts";
import { configFile } from "../lib/app-paths.ts";
import { publishPlan } from "../lib/deploy/publish-plan.ts";
import { publishSite } from "../lib/deploy/publish-site.ts";
import { builtSiteFolder } from "../lib/site-folder.ts";
import { type RecordedAnswer, RecordingAwsEndpoint } from "./recording-aws-endpoint.ts";

const siteFolder = builtSiteFolder(edgeConfig.siteFolder, dirname(configFile));
const plan = publishPlan(siteFolder, edgeConfig.hashedAssetsPattern);
const stored: RecordedAnswer = { status: 200, body: "" };
const denied: RecordedAnswer = {
  status: 403,
  body: "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>",
};

function publishTo(endpoint: RecordingAwsEndpoint): Promise<void> {
  const options = {
    endpoint: endpoint.url,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  return publishSite(plan, {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    cloudFront: new CloudFrontClient(options),
    bucketName: "site-bucket",
    distributionId: "E2EXAMPLE",
  });
}

describe("publishing the built site", () => {
  it("stores the hashed assets, then the document, then invalidates the document", async () => {
    await using endpoint = await RecordingAwsEndpoint.open(() => stored);
    await publishTo(endpoint);
    const lines = endpoint.requests.map(({ method, path }) => `${method} ${path}`);
    const assets = plan.groups[0]!.map(({ key }) => `PUT /site-bucket/${key}`);
    expect(assets).toHaveLength(3);
    expect(lines.slice(0, 3).sort()).toEqual(assets);
    expect(lines.slice(3)).toEqual([
      "PUT /site-bucket/index.html",
      "POST /2020-05-31/distribution/E2EXAMPLE/invalidation",
    ]);
    expect(endpoint.requests.at(-1)?.body).toContain(
      "<Items><Path>/</Path><Path>/index.html</Path></Items>",
    );
  });

  it("sends the headers that the local CloudFront serves", async () => {
    await using endpoint = await RecordingAwsEndpoint.open(() => stored);
    await publishTo(endpoint);
    const document = endpoint.requests.find(({ path }) => path.endsWith("/index.html"));
    expect(document?.headers).toMatchObject({
      "content-type": "text/html",
      "cache-control": "public, max-age=0, s-maxage=60",
    });
    const script = endpoint.requests.find(({ path }) => path.endsWith(".js"));
    expect(script?.headers).toMatchObject({
      "content-type": "text/javascript",
      "cache-control": "public, max-age=31536000, immutable",
    });
  });

  it("stores no document when an asset is refused, and says how to complete it", async () => {
    await using endpoint = await RecordingAwsEndpoint.open(({ path }) =>
      path.endsWith(".css") ? denied : stored,
    );
    await expect(publishTo(endpoint)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InfraError: The stack is deployed, but its site is not published to bucket "site-bucket" and distribution "E2EXAMPLE": Access Denied. Run the command again to complete it.]`,
    );
    expect(endpoint.requests.map(({ path }) => path)).not.toContain("/site-bucket/index.html");
  });
});
