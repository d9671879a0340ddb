import { describe, expect, it } from "vitest";
import { readObjectKey } from "./object-key.ts";

describe("the key of an object", () => {
  it.each([
    ["/index.html", "index.html"],
    ["/", ""],
    ["/dir/", "dir/"],
    ["//a//b", "/a//b"],
    ["/a/../b", "a/../b"],
    ["/a%2F..%2Fb", "a/../b"],
    ["/a%2fb", "a/b"],
    ["/caf%C3%A9", "café"],
    ["/caf\xc3\xa9", "café"],
    ["/a+b.jpg", "a b.jpg"],
    ["/a%2Bb.jpg", "a+b.jpg"],
    ["/50%25off", "50%off"],
    ["/50%2525off", "50%25off"],
  ])("CF-H-08, CF-H-09, CF-H-10: of %s is %j", (rawPath, key) => {
    expect(readObjectKey(rawPath)).toEqual({ kind: "key", key });
  });

  it.each(["/%", "/%zz", "/%E0%A4%A", "/%FF", "/%C0%AE"])("%s is no path of S3", (rawPath) => {
    expect(readObjectKey(rawPath)).toEqual({ kind: "invalid" });
  });

  it("has at most 1,024 bytes", () => {
    expect(readObjectKey(`/${"%C3%A9".repeat(512)}`).kind).toBe("key");
    expect(readObjectKey(`/${"%C3%A9".repeat(512)}a`).kind).toBe("too-long");
  });
});
