import { randomBytes } from "node:crypto";
import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../support/function-package.ts";
import { passRequest } from "../support/function-sources.ts";
import { startRefusal } from "../support/start-refusal.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

type Properties = Readonly<Record<string, unknown>>;

/** A distribution with one function that has these properties. */
function withFunction(
  properties: Properties,
  eventType: EventType = "viewer-request",
): TestCloudFrontOptions {
  return { functions: { [eventType]: { source: passRequest, properties } } };
}

async function refusals(settings: Readonly<Record<string, Properties>>): Promise<object> {
  const messages: Record<string, string> = {};
  for (const [name, properties] of Object.entries(settings)) {
    messages[name] = await startRefusal(withFunction(properties));
  }
  return messages;
}

async function warnings(options: TestCloudFrontOptions): Promise<readonly string[]> {
  const { cloudfront } = await startTestCloudFront(options);
  return cloudfront.warnings.map(({ subject, message }) => `${subject}: ${message}`);
}

describe("a function that CloudFront refuses is refused at start", () => {
  it("LE-E-08, LE-E-10, LE-E-22, LE-F-12, LE-F-15: for what Lambda@Edge lacks", async () => {
    const zipFile = { ZipFile: passRequest };
    expect(
      await refusals({
        "environment variables": { Environment: { Variables: { API_KEY: "secret" } } },
        arm64: { Architectures: ["arm64"] },
        layers: { Layers: ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"] },
        VPC: { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } },
        "dead-letter queue": { DeadLetterConfig: { TargetArn: "arn:aws:sqs:us-east-1:1:x" } },
        "X-Ray": { TracingConfig: { Mode: "Active" } },
        "a container image": { PackageType: "Image" },
        "a large /tmp": { EphemeralStorage: { Size: 1024 } },
        "a key of one's own": { Code: { ...zipFile, SourceKMSKeyArn: "arn:aws:kms:x" } },
        "a bucket of one's own": { Code: { ...zipFile, S3ObjectStorageMode: "REFERENCE" } },
        "another runtime management": { RuntimeManagementConfig: { UpdateRuntimeOn: "Manual" } },
      }),
    ).toMatchInlineSnapshot(`
      {
        "VPC": "DefaultViewerRequest.VpcConfig must be empty at the edge: got ["subnet-1","sg-1"]. Remove it. (LE-E-08)",
        "X-Ray": "DefaultViewerRequest.TracingConfig.Mode asks for X-Ray, which Lambda@Edge lacks: got "Active". Remove it. (LE-E-08)",
        "a bucket of one's own": "DefaultViewerRequest.Code.S3ObjectStorageMode asks for code that stays in a bucket of one's own, which Lambda@Edge lacks: got "REFERENCE". Remove it. (LE-E-10)",
        "a container image": "DefaultViewerRequest.PackageType asks for a container image, which Lambda@Edge lacks: got "Image". Package it as a zip. (LE-E-08)",
        "a key of one's own": "DefaultViewerRequest.Code.SourceKMSKeyArn asks for a customer-managed key, which Lambda@Edge lacks: got "arn:aws:kms:x". Remove it. (LE-E-08)",
        "a large /tmp": "DefaultViewerRequest.EphemeralStorage.Size is too large: got 1024, at most 512 is allowed. Leave it out. (LE-E-08)",
        "another runtime management": "DefaultViewerRequest.RuntimeManagementConfig.UpdateRuntimeOn must be Auto at the edge: got "Manual". Remove it. (LE-E-08)",
        "arm64": "DefaultViewerRequest.Architectures must be x86_64: got ["arm64"]. Leave it out or use x86_64. (LE-E-08)",
        "dead-letter queue": "DefaultViewerRequest.DeadLetterConfig.TargetArn asks for a dead-letter queue, which Lambda@Edge lacks: got "arn:aws:sqs:us-east-1:1:x". Remove it. (LE-E-08)",
        "environment variables": "DefaultViewerRequest.Environment.Variables must be empty at the edge: got ["API_KEY"]. Put the configuration into a file of the function's package. (LE-E-08)",
        "layers": "DefaultViewerRequest.Layers must be empty at the edge: got ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"]. Bundle what the function needs. (LE-E-08)",
      }
    `);
  });

  it("LE-E-08: for provisioned concurrency of its version", async () => {
    const options = withFunction({});
    const resources = {
      Version: {
        Type: "AWS::Lambda::Version",
        Properties: {
          FunctionName: { Ref: "DefaultViewerRequest" },
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
        },
      },
    };
    const properties = {
      LambdaFunctionAssociations: [
        { EventType: "viewer-request", LambdaFunctionARN: { Ref: "Version" } },
      ],
    };
    expect(await startRefusal({ ...options, resources, properties })).toMatchInlineSnapshot(
      `"DefaultViewerRequest.ProvisionedConcurrencyConfig asks for provisioned concurrency, which Lambda@Edge lacks: got 2. Remove it. (LE-E-08)"`,
    );
  });

  it.each(["provided.al2023", "java21", "ruby3.4"])(
    "LE-E-13: for another runtime than Node.js and Python: %s",
    async (Runtime) => {
      // Which runtimes are left to use changes with the day.
      expect(await startRefusal(withFunction({ Runtime }))).toMatch(
        /^DefaultViewerRequest\.Runtime is not one that runs at the edge: got ".+"\. Use .*\(LE-E-13\)$/,
      );
    },
  );

  it("LE-E-01, LE-E-04: for what is above the quotas of all events", async () => {
    expect(await refusals({ timeout: { Timeout: 31 }, memory: { MemorySize: 10_241 } }))
      .toMatchInlineSnapshot(`
      {
        "memory": "DefaultViewerRequest.MemorySize is too large: got 10241, at most 10240 is allowed. Lower it, in MB. (LE-E-01)",
        "timeout": "DefaultViewerRequest.Timeout is too large: got 31, at most 30 is allowed. Lower it, in seconds. (LE-E-04)",
      }
    `);
  });

  it("LE-E-11, LE-E-12, LE-F-10, LE-F-11: for an ARN that names no version in us-east-1", async () => {
    const withArn = (LambdaFunctionARN: unknown): Promise<string> =>
      startRefusal({
        ...withFunction({ FunctionName: "rewrite" }),
        properties: {
          LambdaFunctionAssociations: [{ EventType: "viewer-request", LambdaFunctionARN }],
        },
      });
    expect({
      unqualified: await withArn({ "Fn::GetAtt": ["DefaultViewerRequest", "Arn"] }),
      $LATEST: await withArn({ "Fn::Sub": "${DefaultViewerRequest.Arn}:$LATEST" }),
      alias: await withArn({ "Fn::Sub": "${DefaultViewerRequest.Arn}:live" }),
      "another Region": await withArn("arn:aws:lambda:eu-west-1:123456789012:function:rewrite:1"),
    }).toMatchInlineSnapshot(`
      {
        "$LATEST": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:123456789012:function:rewrite:$LATEST". Name a published version: the Ref of an AWS::Lambda::Version. (LE-E-12)",
        "alias": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:123456789012:function:rewrite:live". Name a published version: the Ref of an AWS::Lambda::Version. (LE-E-12)",
        "another Region": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must name a function in us-east-1: got "arn:aws:lambda:eu-west-1:123456789012:function:rewrite:1". Deploy the function's stack to us-east-1. (LE-E-11)",
        "unqualified": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:123456789012:function:rewrite". Name a published version: the Ref of an AWS::Lambda::Version. (LE-E-12)",
      }
    `);
  });

  it("LE-F-01, LE-F-09, LE-F-18: for a role that the services may not assume", async () => {
    const withTrust = (Service: readonly string[]): TestCloudFrontOptions => ({
      ...withFunction({ Role: { "Fn::GetAtt": ["Role", "Arn"] } }),
      resources: {
        Role: {
          Type: "AWS::IAM::Role",
          Properties: {
            AssumeRolePolicyDocument: {
              Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
            },
          },
        },
      },
    });
    const [lambda, edge] = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] as const;
    expect([await startRefusal(withTrust([lambda])), await startRefusal(withTrust([edge]))])
      .toMatchInlineSnapshot(`
      [
        "DefaultViewerRequest.Role cannot be assumed by edgelambda.amazonaws.com: it trusts ["lambda.amazonaws.com"]. Let lambda.amazonaws.com and edgelambda.amazonaws.com assume the role (sts:AssumeRole). (LE-F-09)",
        "DefaultViewerRequest.Role cannot be assumed by lambda.amazonaws.com: it trusts ["edgelambda.amazonaws.com"]. Let lambda.amazonaws.com and edgelambda.amazonaws.com assume the role (sts:AssumeRole). (LE-F-18)",
      ]
    `);
    const { get } = await startTestCloudFront(withTrust([lambda, edge]));
    expect((await get("/a.html")).status).toBe(200);
  });

  it("LE-E-07: as one of more than 100 in a distribution, unless the account may have more", async () => {
    const versions = (count: number): NonNullable<TestCloudFrontOptions["cacheBehaviors"]> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `${index}/*`,
          { functions: { "viewer-request": passRequest, "origin-request": passRequest } },
        ]),
      );
    expect(await startRefusal({ cacheBehaviors: versions(51) })).toMatchInlineSnapshot(
      `"Distribution.DistributionConfig associates more than 100 Lambda@Edge functions: got 102. Stay within it, or pass quotas with another functionsPerDistribution where AWS has raised the account's. (LE-E-07)"`,
    );
    const quotas = { functionsPerDistribution: 102 };
    const { get } = await startTestCloudFront({
      cacheBehaviors: versions(51),
      options: { quotas },
    });
    expect((await get("/a.html")).status).toBe(200);
  });
});

describe("a function that CloudFront may refuse is warned of", () => {
  it("LE-E-02, LE-E-03, LE-F-13: above what viewer events were seen to take", async () => {
    const large = { Timeout: 20, MemorySize: 512 };
    expect(await warnings(withFunction(large))).toMatchInlineSnapshot(`
      [
        "DefaultViewerRequest.Timeout: It is too large: got 20, at most 5 is allowed. Stay within it: deployments to viewer events were seen to be refused above. (LE-E-02)",
        "DefaultViewerRequest.MemorySize: It is too large: got 512, at most 128 is allowed. Stay within it: deployments to viewer events were seen to be refused above. (LE-E-02)",
      ]
    `);
    expect(await warnings(withFunction(large, "origin-request"))).toEqual([]);
  });

  it("LE-E-01, LE-E-02, LE-F-13: for the size of its package when zipped", async () => {
    // Nothing makes it smaller when zipped.
    const noise = randomBytes(1_100_000);
    const Code = packageFolder({ "index.js": passRequest, "data.bin": noise });
    const [warning] = await warnings(withFunction({ Code }));
    expect(warning).toMatch(
      /^DefaultViewerRequest\.Code: It is too large: got \d+, at most 1048576 is allowed\..*\(LE-E-02\)$/,
    );
    const quotas = { function: { timeoutSeconds: 30, memoryMb: 10_240, packageBytes: 1_000_000 } };
    expect(await startRefusal({ ...withFunction({ Code }), options: { quotas } })).toMatch(
      /^DefaultViewerRequest\.Code is too large: got \d+, at most 1000000 is allowed\..*\(LE-E-01\)$/,
    );
  });

  it("LE-E-09: for reserved concurrency", async () => {
    expect(await warnings(withFunction({ ReservedConcurrentExecutions: 5 })))
      .toMatchInlineSnapshot(`
      [
        "DefaultViewerRequest.ReservedConcurrentExecutions: It was listed as unsupported by Lambda@Edge and is no longer named: got 5. Remove it: what it does at the edge is not documented. (LE-E-09)",
      ]
    `);
  });

  it.each([
    ["nodejs20.x", / \(LE-E-1[56]\)$/],
    ["nodejs14.x", /^It can neither be created nor updated any more: .* \(LE-E-16\)$/],
    ["nodejs12.x", /^It can neither be created nor updated any more: .* \(LE-E-16\)$/],
  ])(
    "LE-E-15, LE-E-16, LE-E-17: for a runtime that AWS has given up, and runs: %s",
    async (Runtime, message) => {
      const { get, cloudfront } = await startTestCloudFront(withFunction({ Runtime }));
      expect((await get("/a.html")).status).toBe(200);
      expect(cloudfront.warnings).toEqual([
        { subject: "DefaultViewerRequest.Runtime", message: expect.stringMatching(message) },
      ]);
    },
  );

  it.each(["nodejs24.x", "nodejs22.x"])("LE-E-14: a current runtime runs: %s", async (Runtime) => {
    const { get } = await startTestCloudFront(withFunction({ Runtime }));
    expect((await get("/a.html")).status).toBe(200);
  });
});
