import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { matchingRules } from "../edge/matching-rules.ts";
import { normalisePath } from "edge-handler";
import { compileSecretRedirect } from "./compile-secret-redirect.ts";
import type { RedirectRule } from "./redirect-rule.ts";

const segment = fc.constantFrom("a", "b", "a.b", "(c|d)", "%61", "é", "..", ".", "", "x$");
const paths = fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => `/${all.join("/")}`);

const candidatesOf = (...rules: RedirectRule[]) =>
  new RegExp(compileSecretRedirect({ rules }).candidates);

it("each path that a rule matches is a candidate, however it is spelt", () => {
  const from = fc.constantFrom("/a", "/a.b/:x", "/(c|d)/*", "/é", "/x$", "/:any", "/b*", "/", "/*");
  fc.assert(
    fc.property(fc.uniqueArray(from, { minLength: 1, maxLength: 3 }), paths, (patterns, uri) => {
      const rules = patterns.map((pattern) => ({ from: pattern, to: "/to" }));
      const { tree, candidates } = compileSecretRedirect({ rules });
      const isMatched = matchingRules(tree, normalisePath(uri)).length > 0;
      expect(isMatched && !new RegExp(candidates).test(uri)).toBe(false);
    }),
    propertyRuns(12000),
  );
});

it.each(["/", "/secrets", "/a/secret", "/a.b", "/assets/index-4f.js"])(
  "%s is no candidate of a rule for /secret",
  (uri) => {
    expect(candidatesOf({ from: "/secret", to: "/to" }).test(uri)).toBe(false);
  },
);

it("each path is one where the rules begin in more than a hundred ways", () => {
  const rules = Array.from({ length: 101 }, (_, index) => ({ from: `/${index}`, to: "/to" }));
  expect(candidatesOf(...rules.slice(1)).test("/a")).toBe(false);
  expect(candidatesOf(...rules).test("/a")).toBe(true);
});
