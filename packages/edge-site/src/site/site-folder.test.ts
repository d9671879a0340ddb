import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtSiteFolder } from "./site-folder.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "site-folder-"));
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "built"));
  writeFileSync(join(folder, "built/index.html"), "<!doctype html>");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("builtSiteFolder", () => {
  it("returns the absolute path of a built site", () => {
    expect(builtSiteFolder("./built", folder)).toBe(join(folder, "built"));
  });

  it.each(["absent", "empty", "built/index.html"])("says how to build the site at %s", (name) => {
    expect(() => builtSiteFolder(name, folder)).toThrow(
      expect.objectContaining({
        code: "SITE_NOT_BUILT",
        message: expect.stringMatching(
          /^siteFolder "[^"]+" (?:is no folder|has no index\.html): looked (?:at|in) .+ Build the site first, as with: npm run build$/,
        ),
      }),
    );
  });
});
