import { describe, expect, it } from "vitest";
import { type EdgeFunctionChanges, withEdgeFunction } from "../../test/samples/edge-function.ts";
import { loadTemplate, refusalOf, refusalsOf } from "../../test/samples/template.ts";

function load(changes: EdgeFunctionChanges) {
  return loadTemplate(withEdgeFunction(changes));
}

function roleThatTrusts(...services: readonly string[]): EdgeFunctionChanges {
  return {
    properties: { Role: { "Fn::GetAtt": ["Role", "Arn"] } },
    resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: services.map((Service) => ({
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Principal: { Service },
            })),
          },
        },
      },
    },
  };
}

describe("features that CloudFront refuses", () => {
  it("LE-E-04, LE-E-08, LE-E-10, LE-F-12, LE-F-15: are refused here too", () => {
    expect(
      refusalsOf<Readonly<Record<string, unknown>>>(
        {
          "environment variables": { Environment: { Variables: { STAGE: "prod" } } },
          arm64: { Architectures: ["arm64"] },
          layers: { Layers: ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"] },
          VPC: { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: [] } },
          "dead-letter queue": { DeadLetterConfig: { TargetArn: "arn:aws:sqs:x" } },
          "X-Ray": { TracingConfig: { Mode: "Active" } },
          "container image": { PackageType: "Image" },
          "ephemeral storage": { EphemeralStorage: { Size: 1024 } },
          "own key": { Code: { ZipFile: "", SourceKMSKeyArn: "arn:aws:kms:x" } },
          "own storage": { Code: { ZipFile: "", S3ObjectStorageMode: "REFERENCE" } },
          "runtime management": { RuntimeManagementConfig: { UpdateRuntimeOn: "Manual" } },
          timeout: { Timeout: 31 },
        },
        (properties) => load({ properties }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "VPC": "Rewrite.VpcConfig must be empty at the edge: got ["subnet-1"]. Remove it. [LE-E-08]",
        "X-Ray": "Rewrite.TracingConfig.Mode asks for X-Ray, which Lambda@Edge lacks: got "Active". Remove it. [LE-E-08]",
        "arm64": "Rewrite.Architectures must be x86_64: got ["arm64"]. Leave it out or use x86_64. [LE-E-08]",
        "container image": "Rewrite.PackageType asks for a container image, which Lambda@Edge lacks: got "Image". Package it as a zip. [LE-E-08]",
        "dead-letter queue": "Rewrite.DeadLetterConfig.TargetArn asks for a dead-letter queue, which Lambda@Edge lacks: got "arn:aws:sqs:x". Remove it. [LE-E-08]",
        "environment variables": "Rewrite.Environment.Variables must be empty at the edge: got ["STAGE"]. Put the configuration into a file of the function's package. [LE-E-08]",
        "ephemeral storage": "Rewrite.EphemeralStorage.Size is too large: got 1024, at most 512 is allowed. Leave it out. [LE-E-08]",
        "layers": "Rewrite.Layers must be empty at the edge: got ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"]. Bundle what the function needs. [LE-E-08]",
        "own key": "Rewrite.Code.SourceKMSKeyArn asks for a customer-managed key, which Lambda@Edge lacks: got "arn:aws:kms:x". Remove it. [LE-E-08]",
        "own storage": "Rewrite.Code.S3ObjectStorageMode asks for code that stays in a bucket of one's own, which Lambda@Edge lacks: got "REFERENCE". Remove it. [LE-E-10]",
        "runtime management": "Rewrite.RuntimeManagementConfig.UpdateRuntimeOn must be Auto at the edge: got "Manual". Remove it. [LE-E-08]",
        "timeout": "Rewrite.Timeout is too large: got 31, at most 30 is allowed. Lower it, in seconds. [LE-E-04]",
      }
    `);
  });

  it("are let through in the form that asks for nothing", () => {
    const { warnings } = load({
      properties: {
        Environment: { Variables: {} },
        Architectures: ["x86_64"],
        Layers: [],
        VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
        TracingConfig: { Mode: "PassThrough" },
        PackageType: "Zip",
        EphemeralStorage: { Size: 512 },
        Timeout: 5,
        MemorySize: 128,
      },
    });
    expect(warnings).toEqual([]);
  });
});

describe("limits of viewer events", () => {
  it("LE-E-02: are warned of", () => {
    expect(load({ properties: { Timeout: 10, MemorySize: 512 } }).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "It is too large: got 10, at most 5 is allowed. Stay within it: deployments to viewer events were seen to be refused above. (LE-E-02)",
          "subject": "Rewrite.Timeout",
        },
        {
          "message": "It is too large: got 512, at most 128 is allowed. Stay within it: deployments to viewer events were seen to be refused above. (LE-E-02)",
          "subject": "Rewrite.MemorySize",
        },
      ]
    `);
  });

  it("LE-E-02: are not those of origin events", () => {
    const { warnings } = load({
      properties: { Timeout: 30, MemorySize: 512 },
      association: { EventType: "origin-request" },
    });
    expect(warnings).toEqual([]);
  });
});

describe("the role of a function", () => {
  it("LE-F-01: is taken where both services may assume it", () => {
    const role = roleThatTrusts("lambda.amazonaws.com", "edgelambda.amazonaws.com");
    expect(load(role).warnings).toEqual([]);
  });

  it("LE-F-01: may name both services in one statement", () => {
    const role = {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] },
          },
        },
      },
    };
    expect(load({ ...roleThatTrusts(), resources: { Role: role } }).warnings).toEqual([]);
  });

  it("LE-F-09, LE-F-18: is refused where one of them may not", () => {
    expect(
      refusalsOf(
        { lambda: "lambda.amazonaws.com", edgelambda: "edgelambda.amazonaws.com" },
        (service) => load(roleThatTrusts(service)),
      ),
    ).toMatchInlineSnapshot(`
      {
        "edgelambda": "Rewrite.Role cannot be assumed by lambda.amazonaws.com: it trusts ["edgelambda.amazonaws.com"]. Let lambda.amazonaws.com and edgelambda.amazonaws.com assume the role (sts:AssumeRole). [LE-F-18]",
        "lambda": "Rewrite.Role cannot be assumed by edgelambda.amazonaws.com: it trusts ["lambda.amazonaws.com"]. Let lambda.amazonaws.com and edgelambda.amazonaws.com assume the role (sts:AssumeRole). [LE-F-09]",
      }
    `);
  });

  it("cannot be looked at outside the assembly", () => {
    expect(load({ properties: { Role: "arn:aws:iam::123456789012:role/x" } }).warnings).toEqual([]);
  });
});

describe("Lambda@Edge with other features of a cache behavior", () => {
  it("LE-A-27, LE-A-31: is refused beside gRPC and Smooth Streaming", () => {
    const { resources, behavior } = withEdgeFunction();
    const beside = (more: object) => () =>
      loadTemplate({ resources: resources ?? {}, behavior: { ...behavior, ...more } });
    expect({
      gRPC: refusalOf(beside({ GrpcConfig: { Enabled: true } })),
      "Smooth Streaming": refusalOf(beside({ SmoothStreaming: true })),
    }).toMatchInlineSnapshot(`
      {
        "Smooth Streaming": "Distribution.DistributionConfig.DefaultCacheBehavior.SmoothStreaming turns on Smooth Streaming, which CloudFront does not combine with edge functions: got true. Remove one of the two. [LE-A-31]",
        "gRPC": "Distribution.DistributionConfig.DefaultCacheBehavior has gRPC and Lambda@Edge functions: got "Rewrite". Use CloudFront Functions or turn gRPC off. [LE-A-27]",
      }
    `);
  });

  it("is not asked for by gRPC alone, which is only warned of", () => {
    const { warnings } = loadTemplate({ behavior: { GrpcConfig: { Enabled: true } } });
    expect(warnings).toEqual([
      {
        subject: "Distribution.DistributionConfig.DefaultCacheBehavior.GrpcConfig.Enabled",
        message: "gRPC is not run locally.",
      },
    ]);
  });
});
