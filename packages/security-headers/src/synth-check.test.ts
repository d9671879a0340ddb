import type { SynthesizedSite } from "cf-types";
import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";
import { checkSynthesizedSite } from "./synth-check.ts";

const compiled = compileSecurityHeaders();

/** What is found but the scorecard. */
const problems = (options: CompiledSecurityHeaders, site: Partial<SynthesizedSite>) =>
  checkSynthesizedSite(options, synthesizedSite(site)).filter(
    ({ severity }) => severity !== "info",
  );

it("finds nothing where a response headers policy covers the rest", () => {
  expect(problems(compiled, { eventType: "viewer-response" })).toEqual([]);
});

it("names the cache behavior whose errors go out bare", () => {
  const cacheBehaviors = [
    synthesizedCacheBehavior({ pathPattern: "/assets/*", hasResponseHeadersPolicy: false }),
  ];
  expect(problems(compiled, { cacheBehaviors })).toEqual([
    { severity: "warning", message: expect.stringContaining('"/assets/*"') as string },
  ]);
});

it("names what the response headers policy cannot say", () => {
  const tooLong = compileSecurityHeaders({ headers: { "X-Long": "x".repeat(2000) } });
  expect(problems(tooLong, { eventType: "viewer-response" })).toEqual([
    {
      severity: "warning",
      message:
        "X-Long is left out of the response headers policy: it has 2000 characters, and CloudFront takes 1783.",
    },
  ]);
});
