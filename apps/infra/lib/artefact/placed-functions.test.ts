import { describe, expect, it } from "vitest";
import { configFile } from "../app-paths.ts";
import type { EdgeFunctionConfig } from "../config/edge-config.ts";
import { placedFunctions } from "./placed-functions.ts";

const known = ["*", "/assets/*"];

function placesOf(...functions: readonly EdgeFunctionConfig[]) {
  return placedFunctions(functions, known, configFile).map(({ asset, pathPatterns }) => [
    asset.manifest.packageName,
    pathPatterns,
  ]);
}

describe("placedFunctions", () => {
  it("places a viewer-response function on every cache behavior, others on the default one", () => {
    expect(
      placesOf(
        { package: "spa-rewrite", config: {} },
        { package: "security-headers", config: {} },
        { package: "secret-redirect", config: {} },
      ),
    ).toEqual([
      ["spa-rewrite", ["*"]],
      ["security-headers", known],
      ["secret-redirect", ["*"]],
    ]);
  });

  it("places a function where the configuration says", () => {
    const pathPatterns = ["/assets/*"];
    expect(placesOf({ package: "secret-redirect", config: {}, pathPatterns })).toEqual([
      ["secret-redirect", pathPatterns],
    ]);
  });

  it("refuses a path pattern that the distribution does not have", () => {
    expect(() =>
      placesOf({ package: "spa-rewrite", config: {}, pathPatterns: ["*", "/api/*"] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InfraError: functions[0].pathPatterns[1] is no cache behavior of this distribution: got "/api/*". Allowed: "*", "/assets/*".]`,
    );
  });

  it("LE-A-27: refuses two functions on one event type of a cache behavior", () => {
    const rewrite = { package: "spa-rewrite", config: {} };
    expect(() => placesOf(rewrite, rewrite)).toThrowErrorMatchingInlineSnapshot(
      `[InfraError: functions has two for viewer-request of cache behavior "*": got ["spa-rewrite","spa-rewrite"]. CloudFront runs one: leave one out, or give them different pathPatterns.]`,
    );
  });
});
