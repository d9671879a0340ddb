import fc from "fast-check";
import { expect, it } from "vitest";
import { TextRing } from "./text-ring.ts";

it("keeps the latest texts, as many as fit, whatever they hold", () => {
  const texts = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 60 }), (added, after) => {
      const ring = new TextRing(7, 64);
      for (const text of added.filter((one) => Buffer.byteLength(one) <= 64)) ring.add(text);
      const all = added.filter((one) => Buffer.byteLength(one) <= 64);
      const kept = ring.after(0);
      expect(ring.latest).toBe(all.length);
      expect(kept).toEqual(all.slice(ring.oldest - 1));
      expect(kept.length).toBeLessThanOrEqual(7);
      expect(kept.at(-1)).toBe(all.at(-1));
      expect(ring.after(after)).toEqual(all.slice(Math.max(after, ring.oldest - 1)));
    }),
  );
});

it("keeps as many as it may where they are short", () => {
  const ring = new TextRing(3, 64);
  for (const text of ["a", "b", "c", "d"]) ring.add(text);
  expect(ring.after(0)).toEqual(["b", "c", "d"]);
});

it("drops all that a long text lies over", () => {
  const ring = new TextRing(10, 10);
  for (const text of ["aaaa", "bb", "cc", "dddddddd"]) ring.add(text);
  expect(ring.after(0)).toEqual(["dddddddd"]);
});

it("goes on counting after it was cleared", () => {
  const ring = new TextRing(10, 10);
  ring.add("a");
  ring.clear();
  expect([ring.after(0), ring.oldest, ring.latest]).toEqual([[], 2, 1]);
  ring.add("b");
  expect([ring.after(0), ring.oldest, ring.latest]).toEqual([["b"], 2, 2]);
});

it("refuses what is longer than its memory", () => {
  expect(() => new TextRing(1, 3).add("aaaa")).toThrow(RangeError);
});
