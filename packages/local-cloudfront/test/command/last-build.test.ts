import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { distributionTemplate, originId } from "../support/distribution-template.ts";
import { runCommand } from "../support/run-command.ts";

/** Serves the folder of a bundler with `--watch`. */
async function watchedBuild() {
  const folder = mkdtempSync(join(tmpdir(), "last-build-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const template = join(folder, "template.json");
  writeFileSync(template, JSON.stringify(distributionTemplate({}, "s3")));
  const dist = join(folder, "dist");
  const build = (files: Readonly<Record<string, string>>): void => {
    mkdirSync(join(dist, "assets"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
  };
  const empty = (): void => {
    for (const name of ["index.html", "about.html", "assets"]) {
      rmSync(join(dist, name), { recursive: true, force: true });
    }
  };
  build({ "index.html": "first", "about.html": "about", "assets/1.js": "one" });
  const origin = `${originId}=${dist}`;
  const command = await runCommand([template, "--watch", "--log", "json", "--origin", origin]);
  const saves = () => command.lines.filter((line) => line.includes('"origins-changed"'));
  return {
    dist,
    build,
    empty,
    saves,
    saved: async (count: number) => {
      await command.line(() => saves().length >= count);
    },
    get: async (path: string) => {
      const response = await fetch(`${command.url}${path}`);
      return response.status === 200 ? response.text() : response.status;
    },
  };
}

describe("while a build is under way", () => {
  it("the last good build is served, and what is new of the next one", async () => {
    const { build, empty, saved, get } = await watchedBuild();
    empty();
    await saved(1);
    expect(await get("/index.html")).toBe("first");
    expect(await get("/assets/1.js")).toBe("one");
    build({ "index.html": "second" });
    await saved(2);
    expect(await get("/index.html")).toBe("second");
    expect(await get("/assets/1.js")).toBe("one");
    expect(await get("/nowhere.html")).toBe(404);
  });

  it("a folder that is gone is no 404 either", async () => {
    const { dist, build, saved, get } = await watchedBuild();
    rmSync(dist, { recursive: true });
    await saved(1);
    expect(await get("/about.html")).toBe("about");
    build({ "index.html": "second" });
    await saved(2);
    expect(await get("/index.html")).toBe("second");
  });

  it("what the next build does not have is gone when it is over", async () => {
    const { build, empty, get } = await watchedBuild();
    expect(await get("/about.html")).toBe("about");
    empty();
    build({ "index.html": "second", "assets/2.js": "two" });
    await expect.poll(() => get("/about.html"), { timeout: 20_000 }).toBe(404);
    expect(await get("/assets/2.js")).toBe("two");
    // A second build finds the first one as the last good one.
    empty();
    expect(await get("/assets/2.js")).toBe("two");
  });

  it("each file of a save is told, once in a line", async () => {
    const { build, empty, saves } = await watchedBuild();
    const told = () => saves().map((line): readonly string[] => JSON.parse(line).files);
    empty();
    build({ "index.html": "second", "assets/2.js": "two", "assets/3.js": "three" });
    await expect
      .poll(() => [...new Set(told().flat())].toSorted())
      .toEqual(["about.html", "assets/1.js", "assets/2.js", "assets/3.js", "index.html"]);
    for (const files of told()) expect(files).toEqual([...new Set(files)].toSorted());
  });
});
