import { expect, it } from "vitest";
import { Recent } from "./recent.ts";

it("the latest are kept, and make way for newer ones, the oldest first", () => {
  const recent = new Recent<number>(3);
  const seen = [1, 2, 3, 4, 5].map((item) => {
    recent.add(item);
    return [...recent.items].sort();
  });
  expect(seen).toEqual([[1], [1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]]);
});
