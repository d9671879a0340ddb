import { describe, expect, it } from "vitest";
import { siteTemplate, stackOf } from "../../test/samples/template.ts";
import { AssemblyResources } from "./assembly-resources.ts";

type Json = Readonly<Record<string, unknown>>;

/** Evaluates an expression in a stack that has a resource of each type. */
function evaluate(
  expression: unknown,
  stackName = "site",
  resources: Json = {},
  region = "us-east-1",
): unknown {
  const stack = stackOf(
    siteTemplate({
      resources: {
        Bucket: { Type: "AWS::S3::Bucket" },
        Named: { Type: "AWS::S3::Bucket", Properties: { BucketName: "named-bucket" } },
        Rewrite: { Type: "AWS::Lambda::Function" },
        Version: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Rewrite" } } },
        Alias: {
          Type: "AWS::Lambda::Alias",
          Properties: { FunctionName: { "Fn::GetAtt": "Rewrite.Arn" }, Name: "live" },
        },
        Role: { Type: "AWS::IAM::Role", Properties: { Path: "/edge/" } },
        Policy: { Type: "AWS::CloudFront::CachePolicy" },
        Control: { Type: "AWS::CloudFront::OriginAccessControl" },
        Identity: { Type: "AWS::CloudFront::CloudFrontOriginAccessIdentity" },
        Small: { Type: "AWS::CloudFront::Function", Properties: { Name: "small" } },
        ...resources,
        Probe: { Type: "Test::Probe", Properties: { Value: expression } },
      },
    }),
    { name: stackName, account: "111122223333", region },
  );
  const assembly = new AssemblyResources([stack]);
  return assembly.stackOf(stack).resource("Probe")?.properties.property("Value").value();
}

describe("the physical ids of resources", () => {
  it.each([
    ["${Bucket}", "site-bucket"],
    ["${Bucket.Arn}", "arn:aws:s3:::site-bucket"],
    ["${Bucket.DomainName}", "site-bucket.s3.amazonaws.com"],
    ["${Bucket.RegionalDomainName}", "site-bucket.s3.us-east-1.amazonaws.com"],
    ["${Bucket.DualStackDomainName}", "site-bucket.s3.dualstack.us-east-1.amazonaws.com"],
    ["${Bucket.WebsiteURL}", "http://site-bucket.s3-website-us-east-1.amazonaws.com"],
    ["${Named}", "named-bucket"],
    ["${Rewrite}", "site-Rewrite"],
    ["${Rewrite.Arn}", "arn:aws:lambda:us-east-1:111122223333:function:site-Rewrite"],
    ["${Version}", "arn:aws:lambda:us-east-1:111122223333:function:site-Rewrite:1"],
    ["${Version.Version}", "1"],
    ["${Alias}", "arn:aws:lambda:us-east-1:111122223333:function:site-Rewrite:live"],
    ["${Role.Arn}", "arn:aws:iam::111122223333:role/edge/site-Role"],
    ["${Policy}", "site.Policy"],
    ["${Control.Id}", "site.Control"],
    ["${Small.FunctionARN}", "arn:aws:cloudfront::111122223333:function/small"],
    ["${Distribution.Unknown}", "<Distribution.Unknown>"],
  ])("%s is %s", (text, expected) => {
    expect(evaluate({ "Fn::Sub": text })).toBe(expected);
  });

  it.each([
    ["${Bucket.Arn}", "arn:aws-cn:s3:::site-bucket"],
    ["${Bucket.RegionalDomainName}", "site-bucket.s3.cn-north-1.amazonaws.com.cn"],
    ["${Rewrite.Arn}", "arn:aws-cn:lambda:cn-north-1:111122223333:function:site-Rewrite"],
    ["${Role.Arn}", "arn:aws-cn:iam::111122223333:role/edge/site-Role"],
  ])("have the partition of their Region: %s is %s", (text, expected) => {
    expect(evaluate({ "Fn::Sub": text }, "site", {}, "cn-north-1")).toBe(expected);
  });

  it("of distributions and identities have the shape of AWS's", () => {
    expect(evaluate({ Ref: "Distribution" })).toMatch(/^E[0-9A-Z]{13}$/);
    expect(evaluate({ "Fn::GetAtt": "Distribution.DomainName" })).toMatch(
      /^d[0-9a-z]{13}\.cloudfront\.net$/,
    );
    expect(evaluate({ Ref: "Identity" })).toMatch(/^E[0-9A-Z]{13}$/);
  });

  it("are cut where AWS would cut them, and still differ", () => {
    const stackName = "a".repeat(70);
    const resources = { Rewrite2: { Type: "AWS::Lambda::Function" } };
    const first = evaluate({ Ref: "Rewrite" }, stackName, resources);
    const second = evaluate({ Ref: "Rewrite2" }, stackName, resources);
    expect(String(first)).toHaveLength(64);
    expect(first).not.toBe(second);
    expect(String(evaluate({ Ref: "Bucket" }, stackName))).toHaveLength(63);
  });
});
