import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { asBytes, bytesOfText, percentEncodeBytes, textOfBytes } from "./byte-string.ts";

describe("byte strings", () => {
  it.each([
    ["plain", "plain"],
    ["caf\xe9", "café"],
    ["caf\xc3\xa9", "café"],
    ["\xe2\x82\xac", "€"],
    ["\xe2\x82", "\xe2\x82"],
    ["\xef\xbb\xbfa", "\ufeffa"],
    ["\x80", "\x80"],
    ["\u20ac", "\u20ac"],
  ])("LE-B-18: %j means %j", (bytes, text) => {
    expect(textOfBytes(bytes)).toBe(text);
  });

  it("LE-B-19: a text goes to bytes and back unchanged, and is one byte a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const bytes = bytesOfText(text);
        expect(textOfBytes(bytes)).toBe(text);
        expect(Buffer.from(bytes, "latin1").toString()).toBe(text);
        expect(asBytes(bytes)).toBe(bytes);
      }),
      propertyRuns(400),
    );
  });

  it("half a character becomes the replacement character", () => {
    expect(textOfBytes(bytesOfText("\ud800"))).toBe("\ufffd");
    expect(asBytes("\ud800")).toBe("\xef\xbf\xbd");
  });

  it.each([
    ["/a%20b?c=%zz", "/a%20b?c=%zz"],
    ["/caf\xe9", "/caf%E9"],
    ["/ \n", "/%20%0A"],
    ["/\u20ac", "/%E2%82%AC"],
  ])("%j is percent-encoded as %j", (bytes, encoded) => {
    expect(percentEncodeBytes(bytes)).toBe(encoded);
  });
});
