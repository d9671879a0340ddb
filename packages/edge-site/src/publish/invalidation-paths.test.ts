import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { fewPaths, invalidationPaths } from "./invalidation-paths.ts";

describe("the paths to invalidate", () => {
  it.each<[keys: readonly string[], paths: readonly string[]]>([
    [["index.html"], ["/", "/index.html"]],
    [["c++.html"], ["/c%2B%2B.html"]],
    [
      ["what?.html", "a#b.html"],
      ["/what%3F.html", "/a%23b.html"],
    ],
    [["100%.html"], ["/100%25.html"]],
    [["für dich.pdf"], ["/f%C3%BCr%20dich.pdf"]],
    [["a*b.html"], ["/a%2Ab.html"]],
    [["_next/chunks/0a~b.js"], ["/_next/chunks/0a*"]],
    [["(a)/[slug]/@x,y;z=1&2!.js"], ["/(a)/%5Bslug%5D/@x,y;z=1&2!.js"]],
  ])("of %j are %j", (keys, paths) => {
    expect(invalidationPaths(keys)).toEqual(paths);
  });

  it("are folders where there are many, and everything where these are many", () => {
    const inFolder = Array.from({ length: 100 }, (_, index) => `docs/page-${index}.html`);
    expect(invalidationPaths([...inFolder, "about.html"])).toEqual(["/docs/*", "/about.html"]);
    const atTop = Array.from({ length: 100 }, (_, index) => `page-${index}.html`);
    expect(invalidationPaths(atTop)).toEqual(["/*"]);
    const nested = Array.from({ length: 100 }, (_, index) => `blog/${index}/index.html`);
    expect(invalidationPaths([...nested, "about.html"])).toEqual(["/blog/*", "/about.html"]);
  });

  it("that an earlier version noted are made such that CloudFront takes them", () => {
    expect(fewPaths(["/a~1.js", "/a%7E2.js", "/ok.js", "/b/*.jpg"])).toEqual([
      "/a*",
      "/ok.js",
      "/b/*",
    ]);
  });

  it("are at most 15, valid, and cover every key", () => {
    const segment = fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" });
    const key = fc.array(
      segment.map((text) => text.replaceAll("/", "_")),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 60 }), (keys) => {
        const joined = keys.map((each) => each.join("/").toWellFormed());
        const paths = invalidationPaths(joined);
        expect(paths.length).toBeLessThanOrEqual(15);
        for (const path of paths)
          expect(path).toMatch(/^\/(?:[!$&'()+,\-./0-9:;=@A-Z_a-z]|%[\dA-F]{2})*\*?$/);
        for (const each of joined) {
          const viewers = `/${encodeURI(each).replaceAll("+", "%2B").replaceAll("?", "%3F").replaceAll("#", "%23").replaceAll("*", "%2A")}`;
          const isCovered = paths.some((path) =>
            path.endsWith("*") ? viewers.startsWith(path.slice(0, -1)) : viewers === path,
          );
          expect({ viewers, isCovered }).toEqual({ viewers, isCovered: true });
        }
      }),
      propertyRuns(2000),
    );
  });
});
