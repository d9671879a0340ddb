import type { PolicySelections } from "cf-types";
import { expect, it } from "vitest";
import { policyHas } from "./policy-has.ts";

const nothing: PolicySelections = { headers: "none", cookies: "none", queryStrings: "none" };

it.each<[Partial<PolicySelections>, "header" | "cookie" | "query", string, boolean]>([
  [{}, "header", "x-a", false],
  [{ headers: ["X-A"] }, "header", "x-a", true],
  [{ headers: { allExcept: ["X-A"] } }, "header", "x-a", false],
  [{ headers: "all" }, "header", "x-a", true],
  [{ headers: "all" }, "header", "cloudfront-viewer-country", false],
  [{ headers: { allViewerAnd: ["CloudFront-Viewer-Country"] } }, "header", "x-a", true],
  [
    { headers: { allViewerAnd: ["CloudFront-Viewer-Country"] } },
    "header",
    "cloudfront-viewer-country",
    true,
  ],
  [{ cookies: ["a"] }, "cookie", "a", true],
  [{ cookies: ["a"] }, "cookie", "A", false],
  [{ cookies: { allExcept: ["a"] } }, "cookie", "a", false],
  [{ queryStrings: "all" }, "query", "a", true],
])("CF-G-02, CF-G-04: %j has the %s %s: %s", (changes, part, name, expected) => {
  expect(policyHas({ ...nothing, ...changes }, part, name)).toBe(expected);
});
