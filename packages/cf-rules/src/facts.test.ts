import { expect, it } from "vitest";
import { cloudFrontFacts, fidelityExceptions, findFact, withEventNames } from "./facts.ts";

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

it("the sources of facts are addresses, and what AWS documents has AWS's page", () => {
  const sources = cloudFrontFacts.flatMap((fact) => fact.sources);
  expect(sources.filter((source) => !URL.canParse(source))).toEqual([]);
  expect(findFact("LE-C-04")?.sources).toEqual([
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html",
  ]);
});

it("abbreviations of a fact are written out", () => {
  expect(withEventNames(findFact("LE-A-11")?.fact ?? "")).toBe(
    "viewer-response does not run when viewer-request generated the response.",
  );
  expect(withEventNames("LE-A-11 holds for CFF")).toBe("LE-A-11 holds for CloudFront Functions");
});
