import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  distributionTemplate,
  originId,
  type TestDistribution,
} from "../support/distribution-template.ts";
import { runCommand } from "../support/run-command.ts";

const says = (word: string) =>
  `exports.handler = async ({ Records: [{ cf }] }) => {
    cf.response.headers["x-says"] = [{ key: "X-Says", value: ${JSON.stringify(word)} }];
    return cf.response;
  };`;
const continues = (comment: string) =>
  `exports.handler = async ({ Records: [{ cf }] }) => cf.request; // ${comment}`;

/** The code of a function in a folder of its own, which can go and come back. */
function functionFolder() {
  const parent = mkdtempSync(join(tmpdir(), "watch-code-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const path = join(parent, "says");
  return {
    distribution: {
      functions: { "viewer-response": { source: "", properties: { Code: path } } },
    } satisfies TestDistribution,
    build(word: string): void {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, "index.js"), says(word));
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** Serves a folder that the test writes to, with `--watch`. */
async function watched(distribution: TestDistribution) {
  const folder = mkdtempSync(join(tmpdir(), "watch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const site = mkdtempSync(join(tmpdir(), "watch-site-"));
  onTestFinished(() => rmSync(site, { recursive: true, force: true }));
  const template = join(folder, "template.json");
  const synthesize = (changed: TestDistribution): void =>
    writeFileSync(template, JSON.stringify(distributionTemplate(changed, "s3")));
  const publish = (text: string): void => writeFileSync(join(site, "a.html"), text);
  synthesize(distribution);
  publish("first");
  const origin = `${originId}=${site}`;
  const command = await runCommand([template, "--watch", "--log", "json", "--origin", origin]);
  return {
    folder,
    template,
    synthesize,
    publish,
    /** The next line of an event, as it is told. */
    told: async (event: string) => {
      const line = await command.line((text) => text.startsWith(`{"event":"${event}"`));
      return JSON.parse(line) as unknown;
    },
    /** Resolves when it has been told so often that the assembly was read again. */
    reloads: async (count: number) => {
      const told = () => command.lines.filter((text) => text.startsWith('{"event":"reloaded"'));
      await command.line(() => told().length >= count);
    },
    get: async () => {
      const response = await fetch(`${command.url}/a.html`);
      const { headers } = response;
      return `${await response.text()}, ${headers.get("x-says")}, ${headers.get("x-cache")}`;
    },
  };
}

describe("--watch", () => {
  it("replaces a function on a viewer event and keeps the cache", async () => {
    const { synthesize, told, get } = await watched({
      functions: { "viewer-response": says("a") },
    });
    expect(await get()).toBe("first, a, Miss from cloudfront");
    synthesize({ functions: { "viewer-response": says("b") } });
    expect(await told("reloaded")).toEqual({
      event: "reloaded",
      functions: [{ name: expect.any(String), eventTypes: ["viewer-response"] }],
      cache: "kept",
      reason: "viewer events change no cached object",
    });
    expect(await get()).toBe("first, b, Hit from cloudfront");
  });

  it("replaces a function on an origin event and drops the cache", async () => {
    const { synthesize, told, get } = await watched({
      functions: { "origin-request": continues("a"), "viewer-response": says("a") },
    });
    await get();
    synthesize({
      functions: { "origin-request": continues("b"), "viewer-response": says("a") },
    });
    expect(await told("reloaded")).toMatchObject({
      functions: [{ eventTypes: ["origin-request"] }],
      cache: "dropped",
      reason: "origin-request may change what is cached",
    });
    expect(await get()).toBe("first, a, Miss from cloudfront");
  });

  it("drops the cache when the distribution itself has changed", async () => {
    const { synthesize, told, get } = await watched({});
    await get();
    synthesize({ cachePolicy: { DefaultTTL: 5 } });
    expect(await told("reloaded")).toMatchObject({
      functions: [],
      cache: "dropped",
      reason: "the distribution itself has changed",
    });
    expect(await get()).toBe("first, null, Miss from cloudfront");
  });

  it("drops the cache when a file of an origin has changed", async () => {
    const { publish, told, get } = await watched({});
    await get();
    publish("second");
    expect(await told("origins-changed")).toEqual({
      event: "origins-changed",
      files: ["a.html"],
      objects: 1,
    });
    expect(await get()).toBe("second, null, Miss from cloudfront");
  });

  it("takes a template that was deleted and is written again", async () => {
    const { template, synthesize, told, get } = await watched({
      functions: { "viewer-response": says("a") },
    });
    rmSync(template);
    expect(await told("reload-failed")).toMatchObject({
      message: expect.stringMatching(/^Cloud assembly does not exist/),
    });
    expect(await get()).toBe("first, a, Miss from cloudfront");
    synthesize({ functions: { "viewer-response": says("b") } });
    await told("reloaded");
    expect(await get()).toBe("first, b, Hit from cloudfront");
  });

  it("takes a template whose folder was deleted and is made again", async () => {
    const { folder, synthesize, told, get } = await watched({
      functions: { "viewer-response": says("a") },
    });
    rmSync(folder, { recursive: true });
    await told("reload-failed");
    mkdirSync(folder);
    synthesize({ functions: { "viewer-response": says("b") } });
    await told("reloaded");
    expect(await get()).toBe("first, b, Miss from cloudfront");
  });

  it("takes the code of a function whose folder was deleted and is made again", async () => {
    const { distribution, build, remove } = functionFolder();
    build("a");
    const { told, get } = await watched(distribution);
    expect(await get()).toBe("first, a, Miss from cloudfront");
    remove();
    expect(await told("reload-failed")).toMatchObject({
      message: expect.stringMatching(/says", which does not exist/),
    });
    expect(await get()).toBe("first, a, Hit from cloudfront");
    build("b");
    await told("reloaded");
    expect(await get()).toBe("first, b, Hit from cloudfront");
  });

  it("follows a function whose code is in another folder from now on", async () => {
    const before = functionFolder();
    before.build("a");
    const { synthesize, reloads, get } = await watched(before.distribution);
    expect(await get()).toBe("first, a, Miss from cloudfront");
    const after = functionFolder();
    after.build("b");
    synthesize(after.distribution);
    // The second one is for what has changed before the new folder was watched.
    await reloads(2);
    expect(await get()).toBe("first, b, Hit from cloudfront");
    after.build("c");
    await reloads(3);
    expect(await get()).toBe("first, c, Hit from cloudfront");
  });

  it("goes on with what it served while the assembly cannot be read, and recovers", async () => {
    const { template, synthesize, told, get } = await watched({
      functions: { "viewer-response": says("a") },
    });
    writeFileSync(template, "{ broken");
    expect(await told("reload-failed")).toMatchObject({ message: expect.stringMatching(/JSON/) });
    expect(await get()).toBe("first, a, Miss from cloudfront");
    synthesize({ functions: { "viewer-response": says("b") } });
    await told("reloaded");
    expect(await get()).toBe("first, b, Hit from cloudfront");
  });
});
