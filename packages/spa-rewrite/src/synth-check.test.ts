import { synthesizedSite } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
import { checkSynthesizedSite, navigationOf } from "./synth-check.ts";

const compiled = compileSpaRewrite({ routes: ["/notes/:id"] });

it("finds nothing on a site that fits", () => {
  expect(checkSynthesizedSite(compiled, synthesizedSite())).toEqual([]);
});

it("refuses another event type", () => {
  const findings = checkSynthesizedSite(compiled, synthesizedSite({ eventType: "origin-request" }));
  expect(findings).toEqual([
    { severity: "error", message: expect.stringContaining("wrong event") as string },
  ]);
});

it("tells where navigations lead, and by which option", () => {
  const { decide, exampleUris } = navigationOf(
    compileSpaRewrite({
      routes: ["/notes/:id(\\d+)"],
      pages: { "/about": "/about.html" },
      trailingSlash: "remove",
    }),
  );
  expect(decide("/notes/1")).toEqual({ rule: "routes[0]", uri: "/index.html" });
  expect(decide("/notes/1/")).toEqual({ rule: "trailingSlash", location: "/notes/1" });
  expect(decide("/about")).toEqual({ rule: "siteFiles", uri: "/about.html" });
  expect(decide("/gone")).toBeUndefined();
  expect(exampleUris.every((uri) => decide(uri) !== undefined)).toBe(true);
  expect(exampleUris).toHaveLength(2);
});
