import { describe, expect, it } from "vitest";
import type { JsonObject } from "cloud-assembly";
import { describeFunctionChanges, functionChanges } from "./function-changes.ts";

const made = { packageName: "a", version: "1.0.0", codeSha256: "b1", configSha256: "c1" };

function template(
  versionId: string,
  changes: Partial<typeof made> = {},
  properties: object = {},
): JsonObject {
  const metadata = { ...made, ...changes };
  return {
    Resources: {
      Function: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Description: `a ${metadata.version}`,
          Runtime: "nodejs24.x",
          Code: { S3Key: versionId },
          ...properties,
        },
        Metadata: { "cf-edge:function": { members: [metadata] } },
      },
      [versionId]: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { Ref: "Function" } },
      },
    },
  };
}

function lines(deployed: JsonObject | undefined, next: JsonObject): readonly string[] {
  return describeFunctionChanges(functionChanges(deployed, next));
}

describe("what a deploy does to a function", () => {
  const before = template("V1");

  it.each<readonly [string, JsonObject | undefined, JsonObject, string]>([
    ["nothing", before, template("V1"), "a 1.0.0: unchanged"],
    ["its first version", undefined, before, "a 1.0.0: its first version"],
    [
      "a version of other options",
      before,
      template("V2", { configSha256: "c2" }),
      "a 1.0.0: a new version, options changed",
    ],
    [
      "a version of another package",
      before,
      template("V2", { version: "1.1.0", codeSha256: "b2" }),
      "a 1.1.0: a new version, package 1.0.0 -> 1.1.0, bytes changed",
    ],
    [
      "a version of another runtime",
      before,
      template("V2", {}, { Runtime: "nodejs22.x" }),
      "a 1.0.0: a new version, Runtime nodejs24.x -> nodejs22.x",
    ],
    [
      "its end",
      before,
      { Resources: {} },
      "a 1.0.0: removed; its versions stay until they are deleted by hand",
    ],
  ])("is %s", (_name, deployed, next, line) => {
    expect(lines(deployed, next)).toEqual([line]);
  });
});
