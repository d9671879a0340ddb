import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileSecretRedirect } from "./compile-secret-redirect.ts";
import { checkSynthesizedSite } from "./synth-check.ts";

const compiled = compileSecretRedirect({
  location: "https://example.com/",
  rules: [
    { from: "/fr", to: "/bienvenue", conditions: { header: { "x-fr": "1" } }, query: "drop" },
  ],
});

it("refuses a condition on what does not reach the function", () => {
  expect(checkSynthesizedSite(compiled, synthesizedSite({ eventType: "origin-request" }))).toEqual([
    { severity: "error", message: expect.stringContaining("does not reach") as string },
  ]);
});

it("finds nothing where the cache policy has it in the cache key", () => {
  const cachePolicy = {
    minTtlSeconds: 0,
    headers: ["x-fr"],
    cookies: "none",
    queryStrings: "all",
  } as const;
  const cacheBehaviors = [synthesizedCacheBehavior({ cachePolicy })];
  expect(checkSynthesizedSite(compiled, synthesizedSite({ cacheBehaviors }))).toEqual([]);
});
