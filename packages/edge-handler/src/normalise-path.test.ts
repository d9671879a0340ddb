import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { normalisePath } from "./normalise-path.ts";

it.each([
  ["/", "/"],
  ["", "/"],
  ["index.html", "/index.html"],
  ["/a/b.html", "/a/b.html"],
  ["/a/b/", "/a/b/"],
  ["/.well-known/x", "/.well-known/x"],
  ["/..a/.b/c..", "/..a/.b/c.."],
  ["//a///b//", "/a/b/"],
  ["/a/./b/.", "/a/b/"],
  ["/a/../../b/..", "/"],
  ["/%41%7e%21", "/A~!"],
  ["/%c3%a9/\u00E9", "/%C3%A9/%C3%A9"],
  ["/%e9", "/%E9"],
  ["/a%2fb", "/a%2Fb"],
  ["/%2541", "/%2541"],
  ["/100%", "/100%25"],
  ["/%zz", "/%25zz"],
  ['/a b\\c|d"e', "/a%20b%5Cc%7Cd%22e"],
  ["/a\r\nb", "/a%0D%0Ab"],
  ["/\uD800", "/%EF%BF%BD"],
  ["/\u212A\u017F", "/%E2%84%AA%C5%BF"],
  ["/?#", "/%3F%23"],
])("%j is spelt %j", (uri, spelt) => {
  expect(normalisePath(uri)).toBe(spelt);
});

describe("for any path", () => {
  const path = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "/",
          "//",
          ".",
          "..",
          "%2e",
          "%2F",
          "%",
          "%25",
          "\\",
          "\r\n",
          "?",
          "#",
          "a",
          "\u00E9",
          "%c3%a9",
          "\uD83D\uDE00",
          "\uDC00",
        ),
        fc.string({ unit: "binary", maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => `/${pieces.join("")}`);

  it("the spelling is that of a path on the same host: ASCII, no empty and no dot segment", () => {
    fc.assert(
      fc.property(path, (uri) => {
        expect(normalisePath(uri)).toMatch(/^\/(?!\/)(?:[\w\-.~!$&'()*+,;=:@/]|%[\dA-F]{2})*$/);
        expect(normalisePath(uri)).not.toMatch(/\/\/|\/\.{1,2}(?:\/|$)/);
      }),
      propertyRuns(12000),
    );
  });

  it("spelling it again changes nothing", () => {
    fc.assert(
      fc.property(path, (uri) => {
        expect(normalisePath(normalisePath(uri))).toBe(normalisePath(uri));
      }),
      propertyRuns(12000),
    );
  });

  it("percent-encoding any of its characters once makes no difference, except for the separator", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(?:\/[\w.!-]{1,5}){1,4}$/),
        fc.infiniteStream(fc.boolean()),
        (uri, isEncoded) => {
          const disguised = [...uri]
            .map((character) =>
              character !== "/" && isEncoded.next().value
                ? `%${character.charCodeAt(0).toString(16)}`
                : character,
            )
            .join("");
          expect(normalisePath(disguised)).toBe(normalisePath(uri));
        },
      ),
      propertyRuns(400),
    );
  });
});
