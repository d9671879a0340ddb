import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import { checkEdgeFunction } from "./check-edge-function.ts";
import type { EdgeFunctionConfiguration } from "./edge-function-configuration.ts";
import { lambdaEdgeQuotas } from "./quotas.ts";

const today = "2026-11-23";

const good: EdgeFunctionConfiguration = {
  name: "Rewrite",
  region: "us-east-1",
  version: "3",
  runtime: "nodejs24.x",
  timeoutSeconds: 5,
  memoryMb: 128,
  packageBytes: 1000,
  ephemeralStorageMb: 512,
  packageType: "Zip",
  architectures: ["x86_64"],
  environmentVariableNames: [],
  layers: [],
  vpcIds: [],
  trustedServices: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"],
};

function check(
  change: Partial<EdgeFunctionConfiguration>,
  eventType: EventType = "viewer-request",
) {
  return checkEdgeFunction({ ...good, ...change }, eventType, { today });
}

function summaryOf(change: Partial<EdgeFunctionConfiguration>, eventType?: EventType): string[] {
  return check(change, eventType).map(
    ({ severity, factId, subject }) => `${severity} ${factId} ${subject}`,
  );
}

describe("checkEdgeFunction", () => {
  it("a function within all rules has no findings", () => {
    expect(check({})).toEqual([]);
  });

  it("LE-E-08: the forms that ask for nothing are let through", () => {
    expect(check({ tracingMode: "PassThrough", updateRuntimeOn: "Auto" })).toEqual([]);
    expect(check({ codeStorageMode: "COPY" })).toEqual([]);
  });

  it("a function of which nothing is known has no findings", () => {
    expect(checkEdgeFunction({ name: "Rewrite" }, "viewer-request", { today })).toEqual([]);
  });

  it.each<[string, Partial<EdgeFunctionConfiguration>]>([
    ["error LE-E-11 Rewrite.Region", { region: "eu-west-1" }],
    ["error LE-E-12 Rewrite.Version", { version: "$LATEST" }],
    ["error LE-E-12 Rewrite.Version", { version: "live" }],
    ["error LE-E-08 Rewrite.Environment.Variables", { environmentVariableNames: ["A"] }],
    ["error LE-E-08 Rewrite.Architectures", { architectures: ["arm64"] }],
    ["error LE-E-08 Rewrite.PackageType", { packageType: "Image" }],
    [
      "error LE-E-08 Rewrite.Layers",
      { layers: ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"] },
    ],
    ["error LE-E-08 Rewrite.VpcConfig", { vpcIds: ["subnet-1"] }],
    ["error LE-E-08 Rewrite.DeadLetterConfig.TargetArn", { deadLetterTargetArn: "arn:aws:sqs:x" }],
    ["error LE-E-08 Rewrite.TracingConfig.Mode", { tracingMode: "Active" }],
    ["error LE-E-08 Rewrite.ProvisionedConcurrencyConfig", { provisionedConcurrency: 1 }],
    ["error LE-E-08 Rewrite.Code.SourceKMSKeyArn", { codeKmsKeyArn: "arn:aws:kms:x" }],
    [
      "error LE-E-08 Rewrite.RuntimeManagementConfig.UpdateRuntimeOn",
      { updateRuntimeOn: "Manual" },
    ],
    ["error LE-E-08 Rewrite.EphemeralStorage.Size", { ephemeralStorageMb: 1024 }],
    ["error LE-E-10 Rewrite.Code.S3ObjectStorageMode", { codeStorageMode: "REFERENCE" }],
    ["warning LE-E-09 Rewrite.ReservedConcurrentExecutions", { reservedConcurrency: 5 }],
    ["error LE-E-13 Rewrite.Runtime", { runtime: "provided.al2023" }],
    ["error LE-E-13 Rewrite.Runtime", { runtime: "java21" }],
    ["warning LE-E-13 Rewrite.Runtime", { runtime: "nodejs99.x" }],
    ["warning LE-E-15 Rewrite.Runtime", { runtime: "nodejs20.x" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "nodejs14.x" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "nodejs12.x" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "nodejs8.10" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "nodejs4.3-edge" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "nodejs" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "python3.6" }],
    ["error LE-E-16 Rewrite.Runtime", { runtime: "python2.7" }],
    ["error LE-F-09 Rewrite.Role", { trustedServices: ["lambda.amazonaws.com"] }],
    ["error LE-F-18 Rewrite.Role", { trustedServices: ["edgelambda.amazonaws.com"] }],
  ])("%s", (expected, change) => {
    expect(summaryOf(change)).toEqual([expected]);
  });

  it.each<[EventType, Partial<EdgeFunctionConfiguration>, string[]]>([
    ["viewer-request", { timeoutSeconds: 6 }, ["warning LE-E-02 Rewrite.Timeout"]],
    ["origin-request", { timeoutSeconds: 6 }, []],
    ["origin-request", { timeoutSeconds: 30 }, []],
    ["origin-request", { timeoutSeconds: 31 }, ["error LE-E-04 Rewrite.Timeout"]],
    ["viewer-response", { memoryMb: 256 }, ["warning LE-E-02 Rewrite.MemorySize"]],
    ["origin-response", { memoryMb: 256 }, []],
    ["origin-response", { memoryMb: 10_241 }, ["error LE-E-01 Rewrite.MemorySize"]],
    ["viewer-request", { packageBytes: 1_048_577 }, ["warning LE-E-02 Rewrite.Code"]],
    ["origin-request", { packageBytes: 52_428_801 }, ["error LE-E-01 Rewrite.Code"]],
  ])("at %s %o gives %o", (eventType, change, expected) => {
    expect(summaryOf(change, eventType)).toEqual(expected);
  });

  it("LE-E-03: 512 MB at a viewer event give a warning", () => {
    expect(summaryOf({ memoryMb: 512 })).toEqual(["warning LE-E-02 Rewrite.MemorySize"]);
  });

  it("LE-E-14, LE-E-16: runtimes age with the day", () => {
    const configuration = { ...good, runtime: "nodejs22.x" };
    const severities = ["2027-04-29", "2027-04-30", "2027-07-01"].map((day) =>
      checkEdgeFunction(configuration, "viewer-request", { today: day }).map((one) => one.severity),
    );
    expect(severities).toEqual([[], ["warning"], ["error"]]);
  });

  it("quotas are a parameter", () => {
    const quotas = {
      ...lambdaEdgeQuotas,
      observedViewerFunction: { ...lambdaEdgeQuotas.observedViewerFunction, timeoutSeconds: 30 },
    };
    const configuration = { ...good, timeoutSeconds: 20 };
    expect(checkEdgeFunction(configuration, "viewer-request", { today, quotas })).toEqual([]);
  });

  it("messages name subject, value and remedy", () => {
    const findings = [
      ...check({ environmentVariableNames: ["API_URL"], architectures: ["arm64"], memoryMb: 512 }),
      ...check({
        runtime: "nodejs20.x",
        trustedServices: ["lambda.amazonaws.com"],
        vpcIds: ["subnet-1"],
      }),
    ];
    expect(findings.map(({ message, remedy }) => `${message} ${remedy}`)).toMatchInlineSnapshot(`
      [
        "Rewrite.Environment.Variables must be empty at the edge: got ["API_URL"]. Put the configuration into a file of the function's package.",
        "Rewrite.Architectures must be x86_64: got ["arm64"]. Leave it out or use x86_64.",
        "Rewrite.MemorySize is too large: got 512, at most 128 is allowed. Stay within it: deployments to viewer events were seen to be refused above.",
        "Rewrite.VpcConfig must be empty at the edge: got ["subnet-1"]. Remove it.",
        "Rewrite.Role cannot be assumed by edgelambda.amazonaws.com: it trusts ["lambda.amazonaws.com"]. Let lambda.amazonaws.com and edgelambda.amazonaws.com assume the role (sts:AssumeRole).",
        "Rewrite.Runtime is deprecated since 2026-04-30: got "nodejs20.x". Use nodejs24.x, nodejs22.x, python3.14, python3.13, python3.12, python3.11.",
      ]
    `);
  });
});
