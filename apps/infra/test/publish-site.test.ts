import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeConfig } from "../edge.config.ts";
import { configFile } from "../lib/app-paths.ts";
import { awaitDistribution } from "../lib/deploy/await-distribution.ts";
import { publishPlan } from "../lib/deploy/publish-plan.ts";
import { type PublishTarget, publishSite } from "../lib/deploy/publish-site.ts";
import { builtSiteFolder } from "../lib/site-folder.ts";
import { AwsTestDouble } from "./aws-test-double/aws-test-double.ts";
import { testDistributionId } from "./aws-test-double/cloudfront.ts";

const bucketName = "site-bucket";
let folder: string;
let aws: AwsTestDouble;
let target: PublishTarget;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "publish-site-"));
  cpSync(builtSiteFolder(edgeConfig.siteFolder, dirname(configFile)), folder, { recursive: true });
  mkdirSync(join(folder, "about"));
  writeFileSync(join(folder, "about/index.html"), "about");
  aws = await AwsTestDouble.open();
  aws.buckets.set(bucketName, new Map());
  const options = {
    endpoint: aws.url,
    region: "us-east-1",
    // Each failure here is a run that was cut short.
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  target = {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    cloudFront: new CloudFrontClient(options),
    bucketName,
    distributionId: testDistributionId,
  };
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws[Symbol.asyncDispose]();
});

function publish() {
  return publishSite(publishPlan(folder, edgeConfig.hashedAssetsPattern), target);
}

function assetOf(extension: string): string {
  const name = readdirSync(join(folder, "assets")).find((each) => each.endsWith(extension));
  return `assets/${name}`;
}

/** What changes something, in order. */
function changes(): readonly string[] {
  return aws.requests
    .filter(({ action }) => !/:(?:Get|List)/.test(action))
    .map(({ action, path }) => `${action} ${path.replace(`/${bucketName}/`, "")}`);
}

describe("publishing a site again", () => {
  beforeEach(async () => {
    await publish();
    aws.forgetRequests();
  });

  it("does nothing when nothing has changed", async () => {
    expect(await publish()).toMatchObject({ storedCount: 0, unchangedCount: 5 });
    expect(changes()).toEqual([]);
  });

  it("stores the one document that has changed and invalidates that alone", async () => {
    writeFileSync(join(folder, "about/index.html"), "about us");
    await publish();
    expect(changes()).toEqual([
      "s3:PutObject cf-edge-pending-invalidation.json",
      "s3:PutObject about/index.html",
      `cloudfront:CreateInvalidation /2020-05-31/distribution/${testDistributionId}/invalidation`,
      "s3:DeleteObject cf-edge-pending-invalidation.json",
    ]);
    expect(aws.cloudFront.invalidations.at(-1)).toEqual(["/about/index.html"]);
  });

  it("stores a file anew whose headers have changed, though its bytes have not", async () => {
    const { body, ...rest } = aws.site.get("index.html")!;
    aws.site.set("index.html", { ...rest, body, cacheControl: "no-cache" });
    expect(await publish()).toMatchObject({ storedCount: 1 });
  });

  it("deletes a page that is gone, and invalidates it", async () => {
    rmSync(join(folder, "about"), { recursive: true });
    expect(await publish()).toMatchObject({ droppedCount: 1 });
    expect(aws.site.has("about/index.html")).toBe(false);
    expect(aws.cloudFront.invalidations.at(-1)).toEqual(["/about/index.html"]);
  });

  it("leaves alone what it has not stored itself", async () => {
    const foreign = {
      body: Buffer.from("verification"),
      contentType: "text/plain",
      cacheControl: undefined,
      metadata: {},
      tagging: undefined,
    };
    aws.site.set("google123.html", foreign);
    await publish();
    expect(aws.site.get("google123.html")).toBe(foreign);
    expect(changes()).toEqual([]);
  });

  it("keeps an asset that the site has dropped, and lets the bucket count its days once", async () => {
    const key = assetOf(".css");
    renameSync(join(folder, key), join(folder, "assets/index-new.css"));
    expect(await publish()).toMatchObject({ storedCount: 1, replacedCount: 1 });
    expect(aws.site.get(key)).toMatchObject({
      contentType: "text/css",
      cacheControl: "public, max-age=31536000, immutable",
      tagging: "cf-edge%3Areplaced=true",
    });
    // No path keeps its name, so that there is nothing to invalidate.
    expect(aws.cloudFront.invalidations).toHaveLength(1);
    aws.forgetRequests();
    expect(await publish()).toMatchObject({ storedCount: 0, replacedCount: 0 });
  });

  it("stores an asset anew that comes back, so that its days are not counted any more", async () => {
    const key = assetOf(".css");
    renameSync(join(folder, key), join(folder, "assets/index-new.css"));
    await publish();
    renameSync(join(folder, "assets/index-new.css"), join(folder, key));
    await publish();
    expect(aws.site.get(key)).toMatchObject({ tagging: undefined });
  });
});

describe("publishing that is cut short", () => {
  const stages: readonly (readonly [string, RegExp])[] = [
    ["at the list of the bucket", /^s3:ListBucket/],
    ["at the note of what to invalidate", /PutObject .*pending/],
    ["at an asset", /PutObject .*\.css$/],
    ["at a document", /PutObject .*about\/index\.html$/],
    ["at the invalidation", /CreateInvalidation/],
    ["at the end of the note", /DeleteObject .*pending/],
  ];

  it.each(stages)(
    "%s is completed by the next run, the invalidation included",
    async (_name, at) => {
      aws.faultOf = ({ path }, action) =>
        at.test(`${action} ${path}`) ? "access denied" : undefined;
      await expect(publish()).rejects.toThrow(
        /^The stack is deployed, but its site is not published/,
      );
      aws.faultOf = () => undefined;
      await publish();
      expect([...aws.site.keys()].sort()).toEqual(
        publishPlan(folder, "/assets/*")
          .groups.flat()
          .map(({ key }) => key)
          .sort(),
      );
      expect([...(aws.cloudFront.invalidations.at(-1) ?? [])].sort()).toEqual([
        "/",
        "/about/index.html",
        "/index.html",
      ]);
      expect(await publish()).toMatchObject({ storedCount: 0, invalidationId: undefined });
    },
  );

  it("stores no document when an asset is refused, and says what to do", async () => {
    aws.faultOf = ({ path }) => (path.endsWith(".css") ? "access denied" : undefined);
    await expect(publish()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InfraError: The stack is deployed, but its site is not published to bucket "site-bucket" and distribution "E2TESTDOUBLE": got AccessDenied: Access Denied. Which permissions are missing is told by "pnpm --filter infra run doctor".]`,
    );
    expect(aws.site.has("index.html")).toBe(false);
  });
});

describe("waiting for the distribution", () => {
  it("ends when it is deployed and the invalidation is completed", async () => {
    const { invalidationId } = await publish();
    aws.cloudFront.inProgressCount = 2;
    aws.forgetRequests();
    await awaitDistribution({
      cloudFront: target.cloudFront,
      distributionId: testDistributionId,
      invalidationId,
      everySeconds: 0.001,
    });
    expect(aws.requests.map(({ action }) => action)).toEqual([
      "cloudfront:GetDistribution",
      "cloudfront:GetDistribution",
      "cloudfront:GetDistribution",
      "cloudfront:GetInvalidation",
    ]);
  });
});
