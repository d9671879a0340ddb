import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AwsTestDouble, type Fault, testDistributionId, testDoubleClients } from "aws-test-double";
import { liveReleaseKey, noRelease } from "release-select";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shareAssets } from "../src/canary/share-assets.ts";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { putObjects } from "../src/publish/put-objects.ts";
import { publishSite } from "../src/publish/publish-site.ts";
import { readLiveRelease, setPreview } from "../src/releases/live-release.ts";
import { deleteReleases, pruneReleases } from "../src/releases/prune-releases.ts";
import { publishRelease } from "../src/releases/publish-release.ts";
import { releaseOf } from "../src/releases/release.ts";
import { readRecord, readRecords } from "../src/releases/release-record.ts";
import { releaseFolder } from "../src/releases/release-layout.ts";
import { switchRelease } from "../src/releases/switch-release.ts";
import "@aws-sdk/signature-v4a";

const hashedAssetsPattern = "/assets/*";
const bucketName = "site-bucket";
const storeArn = "arn:aws:cloudfront::111122223333:key-value-store/notes-Store";

let folder: string;
let aws: AwsTestDouble;
let target: ReturnType<typeof testDoubleClients> & {
  readonly bucketName: string;
  readonly storeArn: string;
  readonly distributionId: string;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "release-faults-"));
  aws = await AwsTestDouble.open();
  aws.buckets.set(bucketName, new Map());
  aws.keyValueStores.set(storeArn, {
    keyValues: new Map([[liveReleaseKey, noRelease]]),
    version: 1,
  });
  const clients = testDoubleClients(aws.url);
  target = { ...clients, bucketName, storeArn, distributionId: testDistributionId };
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws[Symbol.asyncDispose]();
});

type Build = Readonly<Record<string, string>>;

/** A build whose document, script, image and error page say which one it is. */
const build = (name: string, more: Build = {}): Build => ({
  "index.html": `document ${name}`,
  [`assets/app-BkX3f_A${name}.js`]: `script ${name}`,
  "assets/logo.svg": `logo ${name}`,
  "404.html": `nothing in ${name}`,
  "about.txt": "about",
  ...more,
});

function planOf(files: Build) {
  rmSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return publishPlan(folder, hashedAssetsPattern);
}

function releaseFrom(files: Build) {
  return releaseOf(planOf(files), {
    hashedAssetsPattern,
    pathPatternOf: (path) => (path.startsWith("/assets/") ? hashedAssetsPattern : "*"),
    errorPages: ["404.html"],
  });
}

/** What a deploy does of a build, beside the stack. */
async function deploy(files: Build) {
  const live = await readLiveRelease(target);
  const published = await publishRelease(releaseFrom(files), {
    ...target,
    live,
    functions: [],
    scripts: [],
  });
  await switchRelease(published.record, target, { from: live, stage: "dev" });
  return published;
}

const contentOf = (key: string): string | undefined => {
  const body = aws.site.get(key)?.body;
  return body && new TextDecoder().decode(body);
};

/** What viewers are served: the document and the script of the live release, and what no function sees. */
async function served() {
  const id = await readLiveRelease(target);
  const document = contentOf(`${id === undefined ? "" : releaseFolder(id)}index.html`);
  const name = document?.at(-1);
  return [
    document,
    contentOf(`assets/app-BkX3f_A${name}.js`),
    contentOf("assets/logo.svg"),
    contentOf("404.html"),
  ];
}

const whole = (name: string) => [
  `document ${name}`,
  `script ${name}`,
  `logo ${name}`,
  `nothing in ${name}`,
];

/** Lets the request that is the n-th to change something fail, and none after it. */
function failAt(n: number, fault: Fault): { readonly count: () => number } {
  let count = 0;
  aws.faultOf = ({ method, path }) => {
    if (method === "GET" || method === "HEAD" || path.includes("publish-lock")) return undefined;
    count += 1;
    return count === n ? fault : undefined;
  };
  return { count: () => count };
}

describe("publishing and switching", () => {
  it.each<Fault>(["access denied", "connection reset"])(
    "that fails at any request with %s leaves a whole release live, and completes when run again",
    async (fault) => {
      await deploy(build("a"));
      const objects = [...aws.site];
      const live = await readLiveRelease(target);
      let total = Infinity;
      for (let n = 1; n <= total; n += 1) {
        aws.site.clear();
        for (const [key, object] of objects) aws.site.set(key, object);
        aws.keyValueStores.get(storeArn)?.keyValues.set(liveReleaseKey, live ?? noRelease);
        const { count } = failAt(n, fault);
        const error = await deploy(build("b")).then(
          () => undefined,
          (cause: Error) => cause,
        );
        aws.faultOf = () => undefined;
        if (error === undefined) total = count();
        const [document = "", script] = await served();
        expect([document, script]).toEqual(whole(document.at(-1) ?? "").slice(0, 2));
        await deploy(build("b"));
        expect(await served()).toEqual(whole("b"));
        expect(contentOf("cf-edge-pending-invalidation.json")).toBeUndefined();
      }
      expect(total).toBeGreaterThan(8);
    },
  );

  it("the response to a switch that is lost is no failure of the next run", async () => {
    await deploy(build("a"));
    const live = await readLiveRelease(target);
    const { record } = await publishRelease(releaseFrom(build("b")), {
      ...target,
      live,
      functions: [],
      scripts: [],
    });
    await switchRelease(record, target, { from: live, stage: "dev" });
    await switchRelease(record, target, { from: live, stage: "dev" });
    expect(await served()).toEqual(whole("b"));
  });

  it("two at once: one wins, and the other says so", async () => {
    await deploy(build("a"));
    const live = await readLiveRelease(target);
    const publish = (name: string) =>
      publishRelease(releaseFrom(build(name)), { ...target, live, functions: [], scripts: [] });
    const [b, c] = [await publish("b"), await publish("c")];
    await switchRelease(b.record, target, { from: live, stage: "dev" });
    await expect(
      switchRelease(c.record, target, { from: live, stage: "dev" }),
    ).rejects.toMatchObject({
      code: "SWITCHED_BY_OTHERS",
      message: `Release ${c.record.id} is published and not live, since another one went live meanwhile: got ${b.record.id}, where ${live} was live when this command began. Look at "npx edge-site releases --stage dev", then deploy again, or switch to yours: npx edge-site rollback ${c.record.id} --stage dev`,
    });
    expect(await served()).toEqual(whole("b"));
  });

  it("another one's write to the store meanwhile is no conflict", async () => {
    await deploy(build("a"));
    let isFirst = true;
    aws.faultOf = (_, action) => {
      const store = aws.keyValueStores.get(storeArn);
      if (store === undefined || !action.endsWith(":UpdateKeys") || !isFirst) return undefined;
      isFirst = false;
      store.keyValues.set("/some", "data");
      store.version += 1;
      return undefined;
    };
    await deploy(build("b"));
    expect(isFirst).toBe(false);
    expect(await served()).toEqual(whole("b"));
  });
});

describe("a release", () => {
  it("that is equal to the live one stores nothing and copies nothing", async () => {
    await deploy(build("a"));
    const published = await deploy(build("a"));
    expect(published).toMatchObject({ storedCount: 0, copiedCount: 0, unchangedCount: 5 });
    expect((await readRecords(target)).map(({ previous }) => previous)).toEqual([undefined]);
  });

  it("that was live before is switched to without an upload", async () => {
    await deploy(build("a"));
    await deploy(build("b"));
    expect(await deploy(build("a"))).toMatchObject({ storedCount: 0, copiedCount: 0 });
    expect(await served()).toEqual(whole("a"));
  });

  it("gets equal files as copies, unless they were stored in parts", async () => {
    const large = "x".repeat(17 * 1024 * 1024);
    await deploy(build("a", { "large.bin": large }));
    const published = await deploy(build("b", { "large.bin": large }));
    expect(published).toMatchObject({ storedCount: 5, copiedCount: 1 });
  });

  it("has a name with a hash that comes with another content in its own folder", async () => {
    const name = "assets/chunk-BkX3f_Az.js";
    await deploy(build("a", { [name]: "one" }));
    const published = await deploy(build("b", { [name]: "other" }));
    expect(published.reusedKeys).toEqual([name]);
    expect(contentOf(name)).toBe("other");
    expect(aws.site.get(name)?.cacheControl).toBe("public, max-age=0, s-maxage=60");
    const record = await readRecord(target, published.record.id);
    expect(record?.files.find(({ key }) => key === name)).toMatchObject({
      place: "root",
      isReused: true,
    });
    expect(aws.cloudFront.invalidations.at(-1)).toContain(`/${name}`);
  });

  it("of a site that was published without releases leaves its files until the next one", async () => {
    await publishSite(planOf(build("a")), { ...target, stalePaths: [] });
    expect(await served()).toEqual(whole("a"));
    await deploy(build("b"));
    const options = { keep: 10, days: 30 };
    await pruneReleases(target, options);
    expect(contentOf("index.html")).toBe("document a");
    await deploy(build("c"));
    await pruneReleases(target, options);
    expect(contentOf("index.html")).toBeUndefined();
    expect(contentOf("404.html")).toBe("nothing in c");
    expect(await served()).toEqual(whole("c"));
  });

  it("keeps nothing when a site gives releases up", async () => {
    await deploy(build("a"));
    await publishSite(planOf(build("b")), { ...target, stalePaths: [] });
    expect(await served()).toEqual(["document a", "script a", "logo b", "nothing in b"]);
    await deleteReleases(target);
    expect([...aws.site.keys()].filter((key) => key.startsWith("cf-edge"))).toEqual([]);
    expect(contentOf("index.html")).toBe("document b");
  });
});

describe("pruning", () => {
  it("keeps the live one, those of previews, and the latest", async () => {
    const ids: string[] = [];
    for (const name of ["a", "b", "c", "d"]) ids.push((await deploy(build(name))).record.id);
    await setPreview(target, "pr-1", ids[1] ?? "");
    const pruned = await pruneReleases(target, { keep: 1, days: 0 });
    expect(new Set(pruned.releases)).toEqual(new Set([ids[0], ids[2]]));
    expect(contentOf("assets/app-BkX3f_Ab.js")).toBe("script b");
    expect(contentOf("assets/app-BkX3f_Ac.js")).toBeUndefined();
    expect(await served()).toEqual(whole("d"));
  });

  it("keeps all of the last days", async () => {
    for (const name of ["a", "b", "c"]) await deploy(build(name));
    expect((await pruneReleases(target, { keep: 1, days: 1 })).releases).toEqual([]);
  });

  it("leaves the assets of a canary, and of the site to it, for tabs that are open", async () => {
    aws.buckets.set("canary-bucket", new Map());
    await deploy(build("a"));
    await deploy(build("b"));
    const asset = "assets/app-BkX3f_Ac.js";
    await putObjects(releaseFrom(build("c")).shared, { ...target, bucketName: "canary-bucket" });
    const plan = planOf(build("b"));
    expect(await shareAssets(plan, [bucketName, "canary-bucket"], target.s3)).toBe(3);
    await pruneReleases(target, { keep: 1, days: 0 });
    expect(contentOf(asset)).toBe("script c");
    expect(aws.site.get(asset)?.tagging).toBe("cf-edge%3Areplaced=true");
    expect([...(aws.buckets.get("canary-bucket")?.keys() ?? [])]).toContain(
      "assets/app-BkX3f_Ab.js",
    );
  });

  it("that is interrupted is completed by the next run", async () => {
    for (const name of ["a", "b", "c"]) await deploy(build(name));
    failAt(3, "access denied");
    await expect(pruneReleases(target, { keep: 1, days: 0 })).rejects.toThrow("not pruned");
    aws.faultOf = () => undefined;
    await pruneReleases(target, { keep: 1, days: 0 });
    expect(await readRecords(target)).toHaveLength(1);
    expect([...aws.site.keys()].filter((key) => key.includes("app-"))).toEqual([
      "assets/app-BkX3f_Ac.js",
    ]);
    expect(await served()).toEqual(whole("c"));
  });

  it("leaves the folder of a release that was never whole to nobody", async () => {
    await deploy(build("a"));
    failAt(4, "access denied");
    await expect(deploy(build("b"))).rejects.toThrow("the live one stays");
    aws.faultOf = () => undefined;
    await pruneReleases(target, { keep: 10, days: 30 });
    const folders = [...aws.site.keys()].filter((key) => key.startsWith("cf-edge-releases/"));
    expect(new Set(folders.map((key) => key.split("/")[1])).size).toBe(1);
  });
});
