import fc from "fast-check";
import { expect, it } from "vitest";
import { Latest } from "./latest.ts";

/** Numbers are pushed, "shift" takes one away; returns all that can be seen from outside. */
function seenOf(
  steps: readonly (number | "shift")[],
  { push, shift, size }: { push(item: number): void; shift(): unknown; size(): number },
): unknown[] {
  return steps.map((step) => {
    const shifted = step === "shift" ? shift() : push(step);
    return [shifted, size()];
  });
}

it("is a queue, whatever comes and goes in whichever order", () => {
  const steps = fc.array(fc.oneof(fc.constant("shift" as const), fc.integer()), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (taken) => {
      const latest = new Latest<number>();
      const queue: number[] = [];
      const seen = seenOf(taken, {
        push: (item) => latest.push(item),
        shift: () => latest.shift(),
        size: () => latest.size,
      });
      const expected = seenOf(taken, {
        push: (item) => void queue.push(item),
        shift: () => queue.shift(),
        size: () => queue.length,
      });
      expect(seen).toEqual(expected);
      expect(latest.items()).toEqual(queue);
    }),
  );
});

it("has nothing after it was cleared", () => {
  const latest = new Latest<string>();
  for (const item of ["a", "b", "c"]) latest.push(item);
  latest.clear();
  expect([latest.size, latest.shift(), latest.items()]).toEqual([0, undefined, []]);
});
