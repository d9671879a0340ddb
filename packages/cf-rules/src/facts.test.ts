import { expect, it } from "vitest";
import { cloudFrontFacts, fidelityExceptions, findFact } from "./facts.ts";

it("each fact has one id, and is found by it", () => {
  const ids = cloudFrontFacts.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(findFact("LE-A-02")?.fact).toContain("fresh cache hit");
  expect(findFact("LE-Z-99")).toBeUndefined();
});

it("each exception is of a fact", () => {
  const unknown = Object.keys(fidelityExceptions).filter((id) => findFact(id) === undefined);
  expect(unknown).toEqual([]);
});
