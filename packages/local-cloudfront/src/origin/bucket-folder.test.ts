import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { everyFile } from "cf-site-files";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { bodyText } from "../../test/samples/http-message.ts";
import { openBucketFolder, type BucketFolder } from "./bucket-folder.ts";

let home: string;
let bucket: BucketFolder;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "bucket-folder-"));
  const site = join(home, "site");
  mkdirSync(join(site, "assets", "deep"), { recursive: true });
  mkdirSync(join(home, "site-secret"));
  writeFileSync(join(home, "secret.txt"), "secret");
  writeFileSync(join(home, "site-secret", "secret.txt"), "secret");
  writeFileSync(join(site, "index.html"), "<h1>home</h1>");
  writeFileSync(join(site, "assets", "app.js"), "app");
  writeFileSync(join(site, "assets", "deep", "a b+c%.txt"), "odd");
  writeFileSync(join(site, "empty"), "");
  symlinkSync(join(home, "secret.txt"), join(site, "leak.txt"));
  symlinkSync(home, join(site, "up"));
  symlinkSync("../site-secret", join(site, "neighbour"));
  symlinkSync("assets/app.js", join(site, "alias.js"));
  symlinkSync("assets", join(site, "alias"));
  symlinkSync("loop", join(site, "loop"));
  bucket = openBucketFolder(site, everyFile);
});

afterAll(() => rmSync(home, { recursive: true }));

async function read(key: string): Promise<string | undefined> {
  const object = await bucket.readObject(key);
  return object && bodyText(object);
}

describe("a folder as a bucket", () => {
  it.each([
    ["index.html", "<h1>home</h1>"],
    ["assets/app.js", "app"],
    ["assets/deep/a b+c%.txt", "odd"],
    ["empty", ""],
    ["alias.js", "app"],
    ["alias/app.js", "app"],
  ])("has the object %j", async (key, content) => {
    expect(await read(key)).toBe(content);
  });

  it.each([
    "",
    "/",
    "missing",
    "assets",
    "assets/",
    "assets/missing.js",
    "index.html/",
    "index.html/x",
    "/index.html",
    "//index.html",
    "assets//app.js",
    "./index.html",
    "assets/./app.js",
    "assets/../index.html",
    "../secret.txt",
    "../site/index.html",
    "..",
    ".",
    String.raw`..\secret.txt`,
    String.raw`assets\app.js`,
    "index.html\0",
    "index.html\0.png",
    "INDEX.html",
    "Assets/app.js",
    "leak.txt",
    "up/secret.txt",
    "neighbour/secret.txt",
    "loop",
    "a".repeat(300),
    "/etc/passwd",
  ])("CF-H-07, CF-H-08, CF-H-23: has no object %j", async (key) => {
    expect(await read(key)).toBeUndefined();
  });

  it("does not wait for a pipe", async () => {
    execFileSync("mkfifo", [join(home, "site", "pipe")]);
    expect(await read("pipe")).toBeUndefined();
  });

  it("CF-H-12: the ETag is the MD5 of the content, and follows it", async () => {
    const path = join(home, "site", "changing.txt");
    const date = new Date("2026-10-05T10:00:00Z");
    writeFileSync(path, "one");
    utimesSync(path, date, date);
    const one = await bucket.readObject("changing.txt");
    expect(one?.etag).toBe('"f97c5d29941bfb1b2fdab0874906ab82"');
    expect(one?.lastModifiedMs).toBe(date.getTime());
    expect((await bucket.readObject("changing.txt"))?.etag).toBe(one?.etag);
    // As long and as old as before: only the content differs.
    writeFileSync(path, "two");
    utimesSync(path, date, date);
    expect((await bucket.readObject("changing.txt"))?.etag).toBe(
      '"b8a9f715dbb64fd5c56e7783c6820a61"',
    );
  });

  it("reads a file once, and again where it has changed, is another, or is gone", async () => {
    const path = join(home, "site", "kept.txt");
    writeFileSync(path, "one");
    const { mtime } = statSync(path);
    const bodyOf = async (): Promise<unknown> => (await bucket.readObject("kept.txt"))?.body;
    // A file that was just written could be written again within the same time of change.
    await vi.waitFor(async () => expect(await bodyOf()).toBe(await bodyOf()));
    writeFileSync(path, "two");
    utimesSync(path, mtime, mtime);
    expect(await read("kept.txt")).toBe("two");
    await vi.waitFor(async () => expect(await bodyOf()).toBe(await bodyOf()));
    renameSync(path, join(home, "site", "renamed.txt"));
    expect(await read("kept.txt")).toBeUndefined();
    expect(await read("renamed.txt")).toBe("two");
  });

  it("hands out no file from outside, whatever the key", async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "",
        "up",
        "site",
        "secret.txt",
        "neighbour",
        "leak.txt",
        "alias",
        "~",
        "%2e%2e",
        "..\\",
        "\0",
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 6 }), async (segments) => {
        expect(await read(segments.join("/"))).not.toBe("secret");
      }),
      propertyRuns(2000),
    );
  });
});
