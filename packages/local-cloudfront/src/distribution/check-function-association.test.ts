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
  it("LE-E-04, LE-E-08, LE-F-12, LE-F-15: are refused here too", () => {
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
          "own key": { KmsKeyArn: "arn:aws:kms:x" },
          "runtime management": { RuntimeManagementConfig: { UpdateRuntimeOn: "Manual" } },
          timeout: { Timeout: 31 },
        },
        (properties) => load({ properties }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "VPC": "Rewrite.VpcConfig puts the function into a VPC, which CloudFront does not do: got {"SubnetIds":["subnet-1"],"SecurityGroupIds":[]}. Remove it. [LE-E-08]",
        "X-Ray": "Rewrite.TracingConfig.Mode turns on X-Ray, which a function at the edge cannot have: got "Active". Remove it. [LE-E-08]",
        "arm64": "Rewrite.Architectures asks for arm64, which CloudFront does not run: got ["arm64"]. Use x86_64. [LE-F-15]",
        "container image": "Rewrite.PackageType packages the function as a container image, which CloudFront does not run: got "Image". Package it as a zip. [LE-E-08]",
        "dead-letter queue": "Rewrite.DeadLetterConfig sets a dead-letter queue, which a function at the edge cannot have: got {"TargetArn":"arn:aws:sqs:x"}. Remove it. [LE-E-08]",
        "environment variables": "Rewrite.Environment.Variables gives environment variables, which a function at the edge cannot have: got ["STAGE"]. Ship the configuration in a file beside the code. [LE-F-12]",
        "ephemeral storage": "Rewrite.EphemeralStorage.Size is above the 512 MB that a function at the edge can have: got 1024. Remove it. [LE-E-08]",
        "layers": "Rewrite.Layers adds layers, which a function at the edge cannot have: got ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"]. Bundle what the function needs. [LE-E-08]",
        "own key": "Rewrite.KmsKeyArn names a key of one's own, which a function at the edge cannot have: got "arn:aws:kms:x". Remove it. [LE-E-08]",
        "runtime management": "Rewrite.RuntimeManagementConfig.UpdateRuntimeOn must be Auto for a function at the edge: got "Manual". Remove it. [LE-E-08]",
        "timeout": "Rewrite.Timeout is above the 30 seconds that CloudFront waits: got 31. Lower it. [LE-E-04]",
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
          "message": "10 s may be refused on viewer-request: deployments were seen to fail above 5 s (LE-E-02).",
          "subject": "Rewrite.Timeout",
        },
        {
          "message": "512 MB may be refused on viewer-request: deployments were seen to fail above 128 MB (LE-E-02).",
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
        "edgelambda": "Role.AssumeRolePolicyDocument.Statement must let lambda.amazonaws.com assume the role: got [{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"edgelambda.amazonaws.com"}}]. A function at the edge needs a role that both lambda.amazonaws.com and edgelambda.amazonaws.com can assume. [LE-F-18]",
        "lambda": "Role.AssumeRolePolicyDocument.Statement must let edgelambda.amazonaws.com assume the role: got [{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}]. A function at the edge needs a role that both lambda.amazonaws.com and edgelambda.amazonaws.com can assume. [LE-F-09]",
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
        "Smooth Streaming": "Distribution.DistributionConfig.DefaultCacheBehavior.SmoothStreaming turns on Smooth Streaming, which CloudFront does not combine with Lambda@Edge: got true. Remove one of the two. [LE-A-31]",
        "gRPC": "Distribution.DistributionConfig.DefaultCacheBehavior.GrpcConfig.Enabled turns on gRPC, which CloudFront does not combine with Lambda@Edge: got true. Remove one of the two. [LE-A-27]",
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
