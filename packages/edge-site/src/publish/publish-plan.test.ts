import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishPlan, siteObject } from "./publish-plan.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "publish-plan-"));
  const files = [
    "index.html",
    "about/index.html",
    "robots.txt",
    "assets/logo.svg",
    "assets/b-Dk2_x0Qw.css",
    "assets/a-Bq4kZ1_x.js",
  ];
  for (const file of [...files, "assets/fonts/f-C6-jkQzv.woff2", "blob", "für dich.pdf"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("publishPlan", () => {
  it("stores hashed assets first and documents last", () => {
    const { groups } = publishPlan(folder, "/assets/*");
    expect(groups.map((group) => group.map(({ key }) => key))).toEqual([
      ["assets/a-Bq4kZ1_x.js", "assets/b-Dk2_x0Qw.css", "assets/fonts/f-C6-jkQzv.woff2"],
      ["assets/logo.svg", "blob", "für dich.pdf", "robots.txt"],
      ["about/index.html", "index.html"],
    ]);
  });

  it("lets hashed assets be kept for a year, and everything else be asked for again", () => {
    const { groups } = publishPlan(folder, "/assets/*");
    const [hashed, files, documents] = groups.map(
      (group) => new Set(group.map(({ cacheControl }) => cacheControl)),
    );
    expect(hashed).toEqual(new Set(["public, max-age=31536000, immutable"]));
    expect(files).toEqual(new Set(["public, max-age=0, s-maxage=60"]));
    expect(documents).toEqual(files);
  });

  it("knows the content types, and calls what it does not know as S3 does", () => {
    const objects = publishPlan(folder, "/assets/*").groups.flat();
    expect(Object.fromEntries(objects.map(({ key, contentType }) => [key, contentType]))).toEqual({
      "assets/a-Bq4kZ1_x.js": "text/javascript; charset=utf-8",
      "assets/b-Dk2_x0Qw.css": "text/css; charset=utf-8",
      "assets/fonts/f-C6-jkQzv.woff2": "font/woff2",
      "assets/logo.svg": "image/svg+xml; charset=utf-8",
      "about/index.html": "text/html; charset=utf-8",
      "index.html": "text/html; charset=utf-8",
      "robots.txt": "text/plain; charset=utf-8",
      "für dich.pdf": "application/pdf",
      blob: "binary/octet-stream",
    });
  });

  it("ends with a sentence at a file that is gone since it was listed", () => {
    const gone = { key: "gone.html", file: join(folder, "gone.html"), bytes: 1 };
    expect(() => siteObject(gone, [])).toThrow(
      expect.objectContaining({
        code: "SITE_CHANGED",
        message: expect.stringMatching(/^"gone\.html" has vanished while the site was published/),
      }),
    );
  });
});
