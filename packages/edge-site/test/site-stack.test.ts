import { dirname, resolve } from "node:path";
import { Match } from "aws-cdk-lib/assertions";
import { afterAll, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { configFile } from "./notes/config-file.ts";
import { synthesized } from "./synthesized.ts";

const site = synthesized();
const { template } = site;
afterAll(() => site[Symbol.dispose]());

function logicalId(type: string): string {
  const [id, ...others] = Object.keys(template.findResources(type));
  expect(others).toEqual([]);
  return id!;
}

const bucketId = logicalId("AWS::S3::Bucket");
const distributionId = logicalId("AWS::CloudFront::Distribution");
const bucketArn = { "Fn::GetAtt": [bucketId, "Arn"] };

describe("the stack", () => {
  it("LE-E-11: is in us-east-1, whichever account deploys it", () => {
    expect(site.environment).toBe("aws://unknown-account/us-east-1");
  });

  it("says how its site is reached, invalidated and filled", () => {
    template.hasOutput("DistributionUrl", {
      Value: { "Fn::Join": ["", ["https://", { "Fn::GetAtt": [distributionId, "DomainName"] }]] },
    });
    template.hasOutput("DistributionId", { Value: { Ref: distributionId } });
    template.hasOutput("BucketName", { Value: { Ref: bucketId } });
  });

  it("has nothing but the site: no custom resource, no log group, no metadata resource", () => {
    const types = Object.values(template.toJSON()["Resources"]).map(
      (resource) => (resource as { readonly Type: string }).Type,
    );
    expect([...new Set(types)].sort()).toEqual([
      "AWS::CloudFront::CachePolicy",
      "AWS::CloudFront::Distribution",
      "AWS::CloudFront::OriginAccessControl",
      "AWS::CloudFront::ResponseHeadersPolicy",
      "AWS::IAM::Role",
      "AWS::Lambda::Function",
      "AWS::Lambda::Version",
      "AWS::S3::Bucket",
      "AWS::S3::BucketPolicy",
    ]);
  });

  it("leaves the CDK and the function packages nothing to warn of, and tells its scorecard", () => {
    expect(site.messages).toEqual([expect.stringContaining("MDN Observatory 115")]);
  });
});

describe("the bucket", () => {
  it("is private, encrypted, and outlives the stack", () => {
    template.hasResource("AWS::S3::Bucket", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
          ],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  it("CF-H-01, CF-H-02: lets this distribution alone get objects and tell missing ones", () => {
    const arn = ["arn:", { Ref: "AWS::Partition" }, ":cloudfront::", { Ref: "AWS::AccountId" }];
    const sourceArn = { "Fn::Join": ["", [...arn, ":distribution/", { Ref: distributionId }]] };
    const policies = template.findResources("AWS::S3::BucketPolicy");
    const [{ Properties: policy }] = Object.values(policies) as [{ readonly Properties: object }];
    const [allowed, ...others] = statementsOf(policy).filter(
      (statement) => statement.Effect === "Allow",
    );
    expect(others).toEqual([]);
    expect(allowed).toEqual({
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: [bucketArn, { "Fn::Join": ["", [bucketArn, "/*"]] }],
      Condition: { StringEquals: { "AWS:SourceArn": sourceArn } },
    });
  });

  it.each([
    ["without TLS", { Bool: { "aws:SecureTransport": "false" } }],
    ["with a TLS older than 1.2", { NumericLessThan: { "s3:TlsVersion": 1.2 } }],
  ])("denies a request %s", (_name, condition) => {
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Action: "s3:*", Condition: condition }),
        ]),
      },
    });
  });

  it("lets CloudFront read no object that a deploy keeps for itself", () => {
    const keys = ["cf-edge-pending-invalidation.json", "cf-edge-publish-lock.json"];
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: "Deny",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: keys.map((key) => ({ "Fn::Join": ["", [bucketArn, `/${key}`]] })),
          },
        ]),
      },
    });
  });

  it("deletes a hashed asset 30 days after the site has dropped it", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 30,
            Status: "Enabled",
            TagFilters: [{ Key: "cf-edge:replaced", Value: "true" }],
          },
          // The parts that a killed deploy has left behind.
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: "Enabled" },
        ],
      },
    });
  });

  it("names the site's folder, from the assembly, and the headers of its objects", () => {
    const { Metadata } = template.findResources("AWS::S3::Bucket")[bucketId]!;
    const { path, objectHeaders } = Metadata["cf-edge:site"];
    expect(resolve(site.assemblyFolder, path)).toBe(
      resolve(dirname(configFile), edgeConfig.siteFolder),
    );
    expect(objectHeaders).toEqual([
      {
        pathPattern: "/assets/*",
        hashedNames: true,
        headers: { "Cache-Control": "public, max-age=31536000, immutable" },
      },
      { pathPattern: "*", headers: { "Cache-Control": "public, max-age=0, s-maxage=60" } },
    ]);
  });
});

describe("the distribution", () => {
  it("speaks HTTP/2 and HTTP/3 and serves the document at its root", () => {
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Enabled: true,
        HttpVersion: "http2and3",
        IPV6Enabled: true,
        DefaultRootObject: "index.html",
        Aliases: Match.absent(),
        ViewerCertificate: Match.absent(),
      },
    });
  });

  it("reaches the bucket by origin access control, signing always", () => {
    template.hasResourceProperties("AWS::CloudFront::OriginAccessControl", {
      OriginAccessControlConfig: {
        OriginAccessControlOriginType: "s3",
        SigningBehavior: "always",
        SigningProtocol: "sigv4",
      },
    });
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Origins: [
          Match.objectLike({
            DomainName: { "Fn::GetAtt": [bucketId, "RegionalDomainName"] },
            OriginAccessControlId: {
              "Fn::GetAtt": [logicalId("AWS::CloudFront::OriginAccessControl"), "Id"],
            },
            S3OriginConfig: { OriginAccessIdentity: "" },
          }),
        ],
      },
    });
  });

  it("sends viewers to HTTPS and compresses, on each cache behavior", () => {
    const each = Match.objectLike({ ViewerProtocolPolicy: "redirect-to-https", Compress: true });
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: { DefaultCacheBehavior: each, CacheBehaviors: [each] },
    });
  });

  it("CF-G-39: keeps hashed assets by the managed policy CachingOptimized", () => {
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: "/assets/*",
            CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
          }),
        ],
      },
    });
  });

  it("CF-G-11: lets the document's own Cache-Control decide, and caches it by its path alone", () => {
    template.hasResourceProperties("AWS::CloudFront::CachePolicy", {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 60,
        MaxTTL: 86_400,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: "none" },
          HeadersConfig: { HeaderBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "none" },
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
        },
      },
    });
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        DefaultCacheBehavior: Match.objectLike({
          CachePolicyId: { Ref: logicalId("AWS::CloudFront::CachePolicy") },
        }),
      },
    });
  });

  it("tells the local CloudFront what to try", () => {
    using withTryOut = synthesized({ tryOut: [{ uri: "/notes/1", shows: "a note" }] });
    withTryOut.template.hasResource("AWS::CloudFront::Distribution", {
      Metadata: { "cf-edge:try": [{ uri: "/notes/1", shows: "a note" }] },
    });
  });
});

function statementsOf(policy: object): readonly { readonly Effect: string }[] {
  const { PolicyDocument } = policy as {
    readonly PolicyDocument: { readonly Statement: ReturnType<typeof statementsOf> };
  };
  return PolicyDocument.Statement;
}
