import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AwsTestDouble, testDistributionId, testDoubleClients } from "aws-test-double";
import { openSiteFolder } from "cf-site-files";
import { LocalCloudFront } from "local-cloudfront";
import pMap from "p-map";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { assembledSite } from "../src/deploy/assembled-site.ts";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { publishSite } from "../src/publish/publish-site.ts";
import { synthesizedStack } from "../src/synth/synthesized-stack.ts";
import { oddFiles, oddLinks, secretFiles } from "./odd-files.ts";
import { SiteOfAFunction } from "./site-of-a-function.ts";

const code = "exports.handler = async (event) => event.Records[0].cf.request;";
const contentTypes = { feed: "application/rss+xml", "*.unknown": "text/plain" };
let site: SiteOfAFunction;
let aws: AwsTestDouble;
let folder: string;
let cloudfront: LocalCloudFront;

beforeEach(async () => {
  site = new SiteOfAFunction();
  site.install(code);
  folder = join(dirname(site.assemblyFolder), "site");
  for (const [path, content] of Object.entries(oddFiles)) write(path, content);
  for (const path of secretFiles) write(path, Buffer.from("SECRET=1"));
  for (const [path, target] of Object.entries(oddLinks)) site.link(`site/${path}`, target);
  site.synthesize({ contentTypes });
  aws = await AwsTestDouble.open();
  aws.buckets.set("site-bucket", new Map());
  cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
});

afterEach(async () => {
  await cloudfront.close();
  await aws[Symbol.asyncDispose]();
  site[Symbol.dispose]();
});

function write(path: string, content: Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Publishes the folder as it is, as a deploy does. */
async function publish() {
  const { rules, ...assembled } = assembledSite(
    synthesizedStack(site.assemblyFolder, edgeConfig.stackName),
  );
  const plan = publishPlan(assembled.folder, "/assets/*", rules, assembled.contentTypes);
  return publishSite(plan, {
    ...testDoubleClients(aws.url),
    bucketName: "site-bucket",
    distributionId: testDistributionId,
  });
}

interface Served {
  readonly status: number;
  readonly body: string;
  readonly contentType: string | undefined | null;
  readonly cacheControl: string | undefined | null;
}

/** What the bucket has, by key: the site's own objects. */
function stored(): Readonly<Record<string, Served>> {
  return Object.fromEntries(
    [...aws.site]
      .filter(([, { tagging }]) => tagging === undefined)
      .map(([key, { body, contentType, cacheControl }]) => [
        key,
        {
          status: 200,
          body: Buffer.from(body).toString("hex"),
          contentType,
          cacheControl: cacheControlOf(key, cacheControl),
        },
      ]),
  );
}

/** Only the bucket knows whether a name with a hash has had another content before. */
function cacheControlOf(key: string, value: string | null | undefined): string | null | undefined {
  return isHashed(key) ? "hashed" : value;
}

/** What a viewer gets of these keys from the local CloudFront, by the path of a link to each. */
async function served(keys: readonly string[]): Promise<Readonly<Record<string, Served>>> {
  await cloudfront.invalidate(["/*"]);
  const entries = await pMap(
    keys,
    async (key) => {
      const response = await cloudfront.fetch(viewerPath(key));
      const object: Served = {
        status: response.status,
        body: Buffer.from(await response.arrayBuffer()).toString("hex"),
        contentType: response.headers.get("content-type"),
        cacheControl: cacheControlOf(key, response.headers.get("cache-control")),
      };
      return [key, object] as const;
    },
    { concurrency: 16 },
  );
  return Object.fromEntries(entries);
}

function viewerPath(key: string): string {
  return `/${key.split("/").map(encodeURIComponent).join("/")}`;
}

/** Keys of the folder, as they are listed. */
function listed(): readonly string[] {
  return openSiteFolder(folder)
    .list()
    .files.map(({ key }) => key);
}

/** Whether the paths of an invalidation reach what is cached under a key's path. */
function isInvalidated(key: string): boolean {
  const paths = aws.cloudFront.invalidations.at(-1) ?? [];
  // As CloudFront has it in the cache: what needs no encoding is decoded.
  const cached = encodeURI(decodeURI(viewerPath(key)));
  return paths.some((path) =>
    path.endsWith("*")
      ? [cached, viewerPath(key)].some((each) => each.startsWith(path.slice(0, -1)))
      : [cached, viewerPath(key)].includes(path),
  );
}

const isHashed = (key: string) => /^assets\/.*(?:BkX3f_Ab|2NFLSA4Y|Lp2Ulr2R)/.test(key);

describe("a site of 300 files with odd names, types, links and encodings", () => {
  it("is published, changed, published and rolled back, and is each time what is served", async () => {
    expect(listed().length).toBeGreaterThanOrEqual(300);
    expect(await publish()).toMatchObject({ storedCount: listed().length });
    const first = stored();
    expect(Object.keys(first).toSorted()).toEqual(listed().toSorted());
    expect(await served(listed())).toEqual(first);
    expect(await served(secretFiles)).toEqual(
      Object.fromEntries(
        secretFiles.map((path) => [path, expect.objectContaining({ status: 404 })]),
      ),
    );
    // Of a first deploy nothing is cached.
    expect(aws.cloudFront.invalidations).toEqual([]);

    const before = new Map(listed().map((key) => [key, readFileSync(join(folder, key))]));
    const paths = Object.keys(oddFiles);
    const changed = paths.filter((_, index) => index % 3 === 0);
    const dropped = paths.filter((path, index) => index % 7 === 1 && path !== "index.html");
    for (const path of changed) write(path, Buffer.from(`changed ${path}`));
    for (const path of dropped) rmSync(join(folder, path));
    write("new/für dich?.html", Buffer.from("new"));
    await publish();
    const second = stored();
    expect(Object.keys(second).toSorted()).toEqual(listed().toSorted());
    expect(await served(listed())).toEqual(second);
    expect(aws.cloudFront.invalidations.at(-1)?.length).toBeLessThanOrEqual(15);
    const stale = [...changed, ...dropped].filter((key) => !isHashed(key) || second[key]);
    expect(stale.filter((key) => !isInvalidated(key))).toEqual([]);
    expect(await publish()).toMatchObject({ storedCount: 0, invalidationId: undefined });

    rmSync(join(folder, "new"), { recursive: true });
    for (const path of paths) write(path, oddFiles[path] ?? new Uint8Array());
    expect(new Map(listed().map((key) => [key, readFileSync(join(folder, key))]))).toEqual(before);
    await publish();
    expect(stored()).toEqual(first);
    expect(await served(listed())).toEqual(first);
    expect([...changed, ...dropped].filter((key) => !isHashed(key) && !isInvalidated(key))).toEqual(
      [],
    );
  });
});
