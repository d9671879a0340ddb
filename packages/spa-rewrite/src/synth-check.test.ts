import { synthesizedSite } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileSpaRewrite } from "./compile-spa-rewrite.ts";
import { checkSynthesizedSite } from "./synth-check.ts";

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
