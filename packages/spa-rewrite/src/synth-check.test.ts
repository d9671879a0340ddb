import { synthesizedSite } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
import { checkSynthesizedSite, rewriteUri } from "./synth-check.ts";

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

it("tells where a path leads", () => {
  const routes = compileSpaRewrite({ routes: ["/notes/:id"] });
  expect(rewriteUri(routes, "/notes/1")).toBe("/index.html");
  expect(rewriteUri(routes, "/gone")).toBe("/gone");
});
