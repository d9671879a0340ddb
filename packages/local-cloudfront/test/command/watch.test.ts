import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
    template,
    synthesize,
    publish,
    /** The next line of an event, as it is told. */
    told: async (event: string) => {
      const line = await command.line((text) => text.startsWith(`{"event":"${event}"`));
      return JSON.parse(line) as unknown;
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
