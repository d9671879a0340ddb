import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AwsTestDouble,
  type TestObject,
  testDistributionId,
  testDoubleClients,
} from "aws-test-double";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { takePublishLock, type PublishLockOptions } from "../src/publish/publish-lock.ts";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { publishSite } from "../src/publish/publish-site.ts";
import { thisPublisher } from "../src/publish/publisher.ts";
import { pendingInvalidationKey, publishLockKey } from "../src/publish/reserved-keys.ts";
import { siteFiles } from "../src/site/site-files.ts";

const bucketName = "site-bucket";
let aws: AwsTestDouble;
let folder: string;

beforeEach(async () => {
  aws = await AwsTestDouble.open();
  aws.buckets.set(bucketName, new Map());
  folder = mkdtempSync(join(tmpdir(), "publish-lock-"));
});

afterEach(async () => {
  await aws[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A build of the site, of which each file says which build it is of. */
function build(name: string): string {
  const site = join(folder, name);
  mkdirSync(join(site, "assets"), { recursive: true });
  for (const path of ["index.html", "about.html", "app.json", `assets/${name}.js`]) {
    writeFileSync(join(site, path), name);
  }
  return site;
}

const publish = (site: string) =>
  publishSite(publishPlan(site, "/assets/*"), {
    ...testDoubleClients(aws.url),
    bucketName,
    distributionId: testDistributionId,
  });

const take = (owner: string, options?: PublishLockOptions) =>
  takePublishLock(
    { ...testDoubleClients(aws.url), bucketName },
    { publisher: { owner, commit: "abc123" }, ...options },
  );

const held = () => aws.site.get(publishLockKey) as TestObject | undefined;

describe("two deploys at once", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "leave one build whole, and the other one is told, the %i. time",
    async (time) => {
      const names = [`one${time}`, `two${time}`];
      const sites = names.map(build);
      const outcomes = await Promise.allSettled(sites.map((site) => publish(site)));
      const failed = outcomes.filter((outcome) => outcome.status === "rejected");
      for (const { reason } of failed)
        expect(reason).toMatchObject({ code: "PUBLISHED_BY_OTHERS" });
      const pages = ["index.html", "about.html", "app.json"].map((key) =>
        Buffer.from(aws.site.get(key)?.body ?? "").toString(),
      );
      expect(names).toContain(pages[0]);
      expect(new Set(pages).size).toBe(1);
      expect(aws.site.has(`assets/${pages[0]}.js`)).toBe(true);
      expect(held()).toBeUndefined();
    },
  );

  it("are one too many: the second one says who publishes, what, since when, and what helps", async () => {
    await using _lock = await take("mia@laptop");
    const since = JSON.parse(Buffer.from(held()?.body ?? "").toString()).since;
    await expect(publish(build("one"))).rejects.toThrow(
      new RegExp(
        `^Another deploy is publishing to bucket "site-bucket": got a lock of mia@laptop \\(commit abc123\\) since ${since}, whose last sign of life is \\d+ s old\\. Deploy again when it has ended\\. If it has died, its lock is free after 900 s without a sign of life, or at once with: aws s3 rm s3://site-bucket/cf-edge-publish-lock\\.json$`,
      ),
    );
    expect([...aws.site.keys()]).toEqual([publishLockKey]);
  });
});

describe("the lock", () => {
  it("is gone after a deploy that fails", async () => {
    aws.faultOf = ({ path }) => (path.endsWith("one.js") ? "access denied" : undefined);
    await expect(publish(build("one"))).rejects.toThrow(/AccessDenied/);
    expect(held()).toBeUndefined();
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "is gone after %s, which ends the deploy",
    async (signal) => {
      const script = join(import.meta.dirname, "publish-until-signal.ts");
      const child = spawn(process.execPath, [script, aws.url, build("one"), bucketName], {
        stdio: "ignore",
      });
      aws.faultOf = ({ path }) => {
        if (path.endsWith("one.js")) child.kill(signal);
        return undefined;
      };
      expect(await once(child, "exit")).toEqual([null, signal]);
      expect(held()).toBeUndefined();
    },
  );

  it("is taken over from a deploy that has given no sign of life for long, and that one stops", async () => {
    await using dead = await take("dead@laptop", { renewEverySeconds: 3600 });
    dead.refuseWhenLost();
    aws.site.set(publishLockKey, { ...held()!, lastModified: new Date(Date.now() - 901_000) });
    await publish(build("one"));
    expect(aws.site.has("index.html")).toBe(true);
    expect(held()).toBeUndefined();
  });

  it("gives signs of life, and is known to be lost when it is another's", async () => {
    await using lock = await take("mia@laptop", { renewEverySeconds: 0.005 });
    const first = held()?.body;
    await vi.waitFor(() => expect(held()?.body).not.toEqual(first));
    lock.refuseWhenLost();
    const others: TestObject = { ...held()!, body: Buffer.from("{}") };
    aws.site.set(publishLockKey, others);
    await vi.waitFor(() =>
      expect(() => lock.refuseWhenLost()).toThrow(/is no longer locked by this deploy/),
    );
    await lock[Symbol.asyncDispose]();
    expect(held()).toBe(others);
  });

  it("is known to be lost when it gives no sign of life for long", async () => {
    await using lock = await take("mia@laptop", { renewEverySeconds: 3600, staleAfterSeconds: 0 });
    expect(() => lock.refuseWhenLost()).toThrow(
      expect.objectContaining({ code: "PUBLISHED_BY_OTHERS" }),
    );
  });

  it("is the deploy's own where the response of S3 was lost on the way", async () => {
    const clients = testDoubleClients(aws.url);
    let puts = 0;
    // The first request is carried out, and S3 hears of it again.
    clients.s3.middlewareStack.add(
      (next) => async (args) => {
        puts += 1;
        const result = await next(args);
        if (puts > 1) return result;
        throw Object.assign(new Error("conflict"), { name: "ConditionalRequestConflict" });
      },
      { step: "initialize" },
    );
    await using lock = await takePublishLock(
      { ...clients, bucketName },
      { publisher: { owner: "mia@laptop" } },
    );
    lock.refuseWhenLost();
  });
});

describe("who publishes", () => {
  it("is the user at the machine with the commit, or the run of GitHub Actions", () => {
    expect(thisPublisher({}).owner).toMatch(/^.+@.+$/);
    expect(
      thisPublisher({
        GITHUB_REPOSITORY: "someone/notes",
        GITHUB_RUN_ID: "17",
        GITHUB_SHA: "0123456789abcdef0123",
      }),
    ).toEqual({ owner: "someone/notes run 17", commit: "0123456789ab" });
  });
});

describe("a file of the site with the name of a deploy's own object", () => {
  it.each([publishLockKey, pendingInvalidationKey])("is refused: %s", (key) => {
    const site = build("one");
    writeFileSync(join(site, key), "{}");
    expect(() => siteFiles(site, {})).toThrow(
      `siteFolder ${site}: "${key}" has the name of an object that a deploy itself keeps in the bucket. Rename it, or name it in siteFiles.exclude.`,
    );
    expect(siteFiles(site, { exclude: [key] }).files).toHaveLength(4);
  });
});
