import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { normalizePath } from "./normalize-path.ts";

describe("a path is normalised", () => {
  it.each([
    ["nothing to do", "/a/b.html", "/a/b.html"],
    ["the root", "/", "/"],
    ["CF-J-07: repeated slashes", "//a///b//", "/a/b/"],
    ["CF-J-07: a dot", "/a/./b", "/a/b"],
    ["CF-J-07: a dot at the end", "/a/.", "/a/"],
    ["CF-J-07: two dots", "/a/b/../c", "/a/c"],
    ["CF-J-07: two dots at the end", "/a/b/..", "/a/"],
    ["CF-J-07: more dots than folders", "/../../a", "/a"],
    ["CF-J-07: dots up to the root", "/a/..", "/"],
    ["CF-J-07: slashes become one before dots are resolved", "/a//../b", "/b"],
    ["three dots are a name", "/a/.../b", "/a/.../b"],
    ["CF-J-08: an escaped dot", "/a/%2e%2E/b", "/b"],
    ["CF-J-08: an escaped letter", "/%61%7E", "/a~"],
    ["CF-J-08: a reserved character stays escaped, in upper case", "/a%3fb%2fc", "/a%3Fb%2Fc"],
    ["CF-J-08: an escaped slash is none", "/a%2F../b", "/a%2F../b"],
    ["CF-J-08: an escape is decoded once", "/%252e%252e/a", "/%252e%252e/a"],
    ["an escape that is none stays", "/%zz%2", "/%zz%2"],
  ])("%s: %s", (_name, path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it("once and for all, into a path without dot segments", () => {
    const part = fc.constantFrom("/", ".", "..", "a", "%2e", "%2F", "%41", "%");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const normalized = normalizePath(`/${parts.join("")}`);
        expect(normalized.startsWith("/")).toBe(true);
        expect(normalized).not.toContain("//");
        expect(normalized.split("/")).not.toContain("..");
        expect(normalized.split("/")).not.toContain(".");
      }),
      propertyRuns(400),
    );
  });
});
