import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { encodeLogValue } from "./access-log-line.ts";

it("what is not there is -", () => {
  expect([encodeLogValue(undefined), encodeLogValue("")]).toEqual(["-", "-"]);
});

it("the characters of AWS's table, spaces, and all beyond ASCII are URL-encoded, no others", () => {
  expect(encodeLogValue("<>\"#%{}|\\^~[]`' ")).toBe(
    "%3C%3E%22%23%25%7B%7D%7C%5C%5E%7E%5B%5D%60%27%20",
  );
  const kept = "abcXYZ019!$&()*+,-./:;=?@_";
  expect(encodeLogValue(kept)).toBe(kept);
  expect(encodeLogValue("\t\n\u007f")).toBe("%09%0A%7F");
});

it("a byte of the network is one byte in the log, any other character is UTF-8", () => {
  expect(encodeLogValue("caf\u00e9")).toBe("caf%E9");
  expect(encodeLogValue("\u6771\u{1f600}")).toBe("%E6%9D%B1%F0%9F%98%80");
});

it("no value can end its field or its line, or hide in another", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (value) => {
      expect(encodeLogValue(value)).toMatch(/^[\u0021-\u007e]+$/);
    }),
    propertyRuns(400),
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", minLength: 1 }), (value) => {
      expect(decodeURIComponent(encodeLogValue(value))).toBe(value);
    }),
    propertyRuns(400),
  );
});
