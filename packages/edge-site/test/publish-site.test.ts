import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AwsTestDouble, openUploads, testDistributionId } from "aws-test-double";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { configFile } from "./notes/config-file.ts";
import { awaitDistribution } from "../src/deploy/await-distribution.ts";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { type PublishTarget, publishSite } from "../src/publish/publish-site.ts";
import { builtSiteFolder } from "../src/site/site-folder.ts";
import { publishLockKey } from "../src/publish/reserved-keys.ts";

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

/** Builds the site anew: two documents with other bytes, and an asset more. */
function changeSite(): void {
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Notes, again</title>");
  writeFileSync(join(folder, "about/index.html"), "about us");
  writeFileSync(join(folder, "assets/extra-Bq4kZ1_x.css"), "body {}");
}

/** What changes something beside the lock, in order. */
function changes(): readonly string[] {
  return aws.requests
    .filter(({ action, path }) => !/:(?:Get|List)/.test(action) && !path.endsWith(publishLockKey))
    .map(({ action, path }) => `${action} ${path.replace(`/${bucketName}/`, "")}`);
}

describe("publishing a site again", () => {
  beforeEach(async () => {
    await publish();
    aws.forgetRequests();
  });

  it("does nothing when nothing has changed", async () => {
    expect(await publish()).toMatchObject({ storedCount: 0, unchangedCount: 6 });
    expect(new Set(aws.requests.map(({ method }) => method))).toEqual(new Set(["GET", "HEAD"]));
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

  it("caches a file without a hash in its name shortly, also beside those that have one", async () => {
    writeFileSync(join(folder, "assets/logo.svg"), "<svg/>");
    await publish();
    expect(aws.site.get("assets/logo.svg")?.cacheControl).toBe("public, max-age=0, s-maxage=60");
    writeFileSync(join(folder, "assets/logo.svg"), "<svg></svg>");
    expect(await publish()).toMatchObject({ reusedKeys: [] });
    expect(aws.cloudFront.invalidations.at(-1)).toEqual(["/assets/logo.svg"]);
  });

  it("takes a name for no hashed one from its second content on", async () => {
    const key = "assets/logo-Bq4kZ1_x.svg";
    const cacheControls: (string | undefined)[] = [];
    for (const content of ["<svg/>", "<svg></svg>", "<svg></svg>", "<svg/>"]) {
      writeFileSync(join(folder, key), content);
      const { reusedKeys } = await publish();
      cacheControls.push(`${reusedKeys.join()} ${aws.site.get(key)?.cacheControl}`);
    }
    expect(cacheControls).toEqual([
      " public, max-age=31536000, immutable",
      `${key} public, max-age=0, s-maxage=60`,
      " public, max-age=0, s-maxage=60",
      `${key} public, max-age=0, s-maxage=60`,
    ]);
    expect(aws.cloudFront.invalidations.slice(-2)).toEqual([[`/${key}`], [`/${key}`]]);
  });

  it("deletes and invalidates a page under any name, as CloudFront and S3 take it", async () => {
    for (const name of ["c++.html", "what?.html", "a~b.html", "100%.html", "(für) dich.html"])
      writeFileSync(join(folder, name), name);
    writeFileSync(join(folder, "assets/c++ ~(1)-Bq4kZ1_x.css"), "body {}");
    await publish();
    for (const name of ["c++.html", "what?.html", "a~b.html", "100%.html", "(für) dich.html"])
      rmSync(join(folder, name));
    rmSync(join(folder, "assets/c++ ~(1)-Bq4kZ1_x.css"));
    expect(await publish()).toMatchObject({ droppedCount: 5, replacedCount: 1 });
    expect([...(aws.cloudFront.invalidations.at(-1) ?? [])].sort()).toEqual([
      "/(f%C3%BCr)%20dich.html",
      "/100%25.html",
      "/a*",
      "/c%2B%2B.html",
      "/what%3F.html",
    ]);
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
    renameSync(join(folder, key), join(folder, "assets/index-Dk2_x0Qw.css"));
    expect(await publish()).toMatchObject({ storedCount: 1, replacedCount: 1 });
    expect(aws.site.get(key)).toMatchObject({
      contentType: "text/css; charset=utf-8",
      cacheControl: "public, max-age=31536000, immutable",
      tagging: "cf-edge%3Areplaced=true",
    });
    // No path keeps its name, so that there is nothing to invalidate.
    expect(aws.cloudFront.invalidations).toEqual([]);
    aws.forgetRequests();
    expect(await publish()).toMatchObject({ storedCount: 0, replacedCount: 0 });
  });

  it("stores an asset anew that comes back, so that its days are not counted any more", async () => {
    const key = assetOf(".css");
    renameSync(join(folder, key), join(folder, "assets/index-Dk2_x0Qw.css"));
    await publish();
    renameSync(join(folder, "assets/index-Dk2_x0Qw.css"), join(folder, key));
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
      await publish();
      changeSite();
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

  it("needs no invalidation when it was the first, and nothing of it is cached", async () => {
    aws.faultOf = (_request, action) => (action === "s3:ListBucket" ? "access denied" : undefined);
    await expect(publish()).rejects.toThrow(/AccessDenied/);
    aws.faultOf = () => undefined;
    expect(await publish()).toMatchObject({ storedCount: 6, invalidationId: undefined });
    expect(aws.cloudFront.invalidations).toEqual([]);
  });

  it("stores no document when an asset is refused, and says what to do", async () => {
    aws.faultOf = ({ path }) => (path.endsWith(".css") ? "access denied" : undefined);
    await expect(publish()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: The stack is deployed, but its site is not published to bucket "site-bucket" and distribution "E2TESTDOUBLE": got AccessDenied: Access Denied. "npx edge-site preflight" says which permissions are missing.]`,
    );
    expect(aws.site.has("index.html")).toBe(false);
  });
});

describe("publishing a large file", () => {
  const mebibyte = 1024 * 1024;
  let said: string[];

  const largeFile = (mebibytes: number): string => {
    const file = join(folder, "film.mp4");
    writeFileSync(file, "");
    // Sparse: it takes no space on the disk.
    truncateSync(file, mebibytes * mebibyte);
    return file;
  };

  beforeEach(() => {
    said = [];
    target = { ...target, say: (line) => said.push(line) };
  });

  it.each([
    [16, undefined, 1],
    [17, "-2", 2],
    [32, "-2", 2],
    [33, "-3", 3],
  ])("of %i MiB stores it in the parts that its ETag tells, once", async (size, suffix, count) => {
    largeFile(size);
    await publish();
    const { bytes, etag, ...stored } = aws.site.get("film.mp4")!;
    expect(bytes ?? stored.body.byteLength).toBe(size * mebibyte);
    expect(etag?.slice(-2)).toBe(suffix);
    expect(stored).toMatchObject({
      contentType: "video/mp4",
      cacheControl: "public, max-age=0, s-maxage=60",
      metadata: { "cf-edge": "published" },
    });
    const puts = aws.requests.filter(({ method, path }) => method === "PUT" && /film/.test(path));
    expect(puts).toHaveLength(count);
    aws.forgetRequests();
    expect(await publish()).toMatchObject({ storedCount: 0 });
    expect(changes()).toEqual([]);
  });

  it("tells how far it is, and stores it anew when one byte has changed", async () => {
    const file = largeFile(33);
    await publish();
    expect(said.at(-1)).toBe("film.mp4: 100 % of 33 MiB");
    writeFileSync(file, "x", { flag: "r+" });
    expect(await publish()).toMatchObject({ storedCount: 1 });
  });

  it("leaves no parts behind when one is refused", async () => {
    largeFile(33);
    aws.faultOf = ({ query }) => (query.get("partNumber") === "2" ? "access denied" : undefined);
    await expect(publish()).rejects.toThrow(/got AccessDenied/);
    expect(openUploads(aws.buckets.get(bucketName)!)).toBe(0);
    expect(aws.site.has("film.mp4")).toBe(false);
    expect(aws.site.has("index.html")).toBe(false);
    aws.faultOf = () => undefined;
    await publish();
    expect(aws.site.has("film.mp4")).toBe(true);
  });

  it("is what an asset was that is too large to be copied: it goes at once", async () => {
    await publish();
    const { body, ...rest } = aws.site.get("index.html")!;
    aws.site.set("assets/film-Bq4kZ1_x.mp4", { ...rest, body, bytes: 5 * 1024 ** 3 + 1 });
    aws.site.set("assets/film-Dk2_x0Qw.mp4", { ...rest, body, bytes: 5 * 1024 ** 3 });
    expect(await publish()).toMatchObject({ droppedCount: 1, replacedCount: 1 });
    expect(aws.site.has("assets/film-Bq4kZ1_x.mp4")).toBe(false);
    expect(aws.site.has("assets/film-Dk2_x0Qw.mp4")).toBe(true);
  });
});

describe("a site that changes while it is published", () => {
  it.each([
    ["another build's page", "has changed", (file: string) => writeFileSync(file, "another")],
    ["a page that is gone", "has vanished", (file: string) => rmSync(file)],
  ])("ends with a sentence at %s", async (_name, what, change) => {
    await publish();
    changeSite();
    const file = join(folder, "about/index.html");
    aws.faultOf = ({ path }) => {
      if (path.endsWith("pending-invalidation.json")) change(file);
      return undefined;
    };
    await expect(publish()).rejects.toThrow(
      expect.objectContaining({
        code: "SITE_CHANGED",
        message: `"about/index.html" ${what} while the site was published: looked at ${file}. End what writes into the folder, build the site, then deploy again.`,
      }),
    );
  });
});

describe("waiting for the distribution", () => {
  it("ends when it is deployed and the invalidation is completed", async () => {
    await publish();
    changeSite();
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
