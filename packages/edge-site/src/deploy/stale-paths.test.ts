import type { JsonObject } from "cloud-assembly";
import { describe, expect, it } from "vitest";
import { stalePaths } from "./stale-paths.ts";

type Associations = Readonly<Record<string, string>>;

function template(all: Associations, assets: Associations = {}): JsonObject {
  const behavior = (associations: Associations) => ({
    LambdaFunctionAssociations: Object.entries(associations).map(([EventType, Ref]) => ({
      EventType,
      LambdaFunctionARN: { Ref },
    })),
  });
  return {
    Resources: {
      Site: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            DefaultCacheBehavior: behavior(all),
            CacheBehaviors: [{ PathPattern: "/assets/*", ...behavior(assets) }],
          },
        },
      },
    },
  };
}

describe("the paths whose cached responses another version has made", () => {
  const before = template(
    { "origin-request": "V1", "viewer-request": "A1" },
    { "viewer-response": "B1" },
  );

  it.each<[string, JsonObject | undefined, JsonObject, readonly string[]]>([
    ["of a first deploy", undefined, before, []],
    ["where nothing changes", before, before, []],
    [
      "where functions of viewer events change, whose work is not cached",
      before,
      template({ "origin-request": "V1", "viewer-request": "A2" }, { "viewer-response": "B2" }),
      [],
    ],
    [
      "of the default cache behavior",
      before,
      template({ "origin-request": "V2", "viewer-request": "A1" }, { "viewer-response": "B1" }),
      ["/*"],
    ],
    ["of a function that is taken away", before, template({ "viewer-request": "A1" }), ["/*"]],
    [
      "of another cache behavior, that gets one",
      before,
      template({ "origin-request": "V1" }, { "origin-response": "V1" }),
      ["/assets/*"],
    ],
  ])("%s", (_name, deployed, next, paths) => {
    expect(stalePaths(deployed, next)).toEqual(paths);
  });
});
