import { describe, expect, it } from "vitest";
import { sampleS3Origin } from "../../test/samples/origin.ts";
import { loadTemplate, refusalsOf, type Json } from "../../test/samples/template.ts";
import { loadWithOrigin, originOf, custom } from "../../test/samples/load-with-origin.ts";

describe("an S3 origin", () => {
  it("outside the assembly is taken to let CloudFront get objects and not list them", () => {
    const { distribution, warnings } = loadWithOrigin({});
    expect(distribution.origins.get("site")).toEqual(
      sampleS3Origin({
        domainName: "elsewhere.s3.us-east-1.amazonaws.com",
        access: { kind: "public" },
        region: "us-east-1",
        bucketLogicalId: undefined,
        mayGetObject: true,
        mayListBucket: false,
      }),
    );
    expect(warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Bucket has no content on this machine. Pass --origin site=DIR, or name the folder in the bucket's metadata.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
  });

  it("has the settings of the template", () => {
    expect(
      originOf({
        DomainName: "elsewhere.s3.eu-central-1.amazonaws.com",
        OriginPath: "/site",
        OriginCustomHeaders: [{ HeaderName: "X-Origin-Key", HeaderValue: "abc" }],
        ConnectionAttempts: 1,
        ConnectionTimeout: "5",
        ResponseCompletionTimeout: 90,
        OriginShield: { Enabled: true, OriginShieldRegion: "eu-central-1" },
        S3OriginConfig: { OriginAccessIdentity: "", OriginReadTimeout: 20 },
      }),
    ).toMatchObject({
      region: "eu-central-1",
      path: "/site",
      customHeaders: [{ name: "X-Origin-Key", value: "abc" }],
      connectionAttempts: 1,
      connectionTimeoutSeconds: 5,
      readTimeoutSeconds: 20,
      responseCompletionTimeoutSeconds: 90,
      originShieldEnabled: true,
    });
  });

  it.each(["always", "never", "no-override"])(
    "CF-H-03: is signed %s, as its origin access control says",
    (SigningBehavior) => {
      const origin = originOf(
        { OriginAccessControlId: { "Fn::GetAtt": ["Control", "Id"] } },
        {
          Control: {
            Type: "AWS::CloudFront::OriginAccessControl",
            Properties: { OriginAccessControlConfig: { SigningBehavior } },
          },
        },
      );
      expect(origin).toMatchObject({
        access: { kind: "origin-access-control", signingBehavior: SigningBehavior },
      });
    },
  );

  it("is signed always by an origin access control outside the assembly", () => {
    expect(originOf({ OriginAccessControlId: "E2QWRUHAPOMQZL" })).toMatchObject({
      access: { kind: "origin-access-control", signingBehavior: "always" },
    });
  });

  it("is read by an origin access identity", () => {
    const S3OriginConfig = {
      OriginAccessIdentity: "origin-access-identity/cloudfront/E127EXAMPLE51Z",
    };
    expect(originOf({ S3OriginConfig })).toMatchObject({
      access: { kind: "origin-access-identity" },
    });
  });
});

describe("origins", () => {
  it("are refused where CloudFront refuses them", () => {
    const CustomOriginConfig = { OriginProtocolPolicy: "http-only" };
    expect(
      refusalsOf<Json>(
        {
          "both kinds at once": { CustomOriginConfig },
          "of no kind": { S3OriginConfig: undefined },
          "a bucket that is none": { DomainName: "www.example.com" },
          "a website endpoint as a bucket": {
            DomainName: "elsewhere.s3-website-us-east-1.amazonaws.com",
          },
          "a path without a slash": { OriginPath: "site" },
          "a path that ends with a slash": { OriginPath: "/site/" },
          "an identity beside an access control": {
            OriginAccessControlId: "E2QWRUHAPOMQZL",
            S3OriginConfig: {
              OriginAccessIdentity: "origin-access-identity/cloudfront/E127EXAMPLE51Z",
            },
          },
          "an odd identity": { S3OriginConfig: { OriginAccessIdentity: "E127EXAMPLE51Z" } },
          "no protocol policy": { ...custom, CustomOriginConfig: { HTTPPort: 80 } },
          "no id": { Id: undefined },
          "no domain name": { DomainName: undefined },
        },
        (origin) => loadWithOrigin(origin),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a bucket that is none": "Distribution.DistributionConfig.Origins[0].DomainName is not a bucket's domain name, as S3OriginConfig needs one: got "www.example.com". Use the bucket's RegionalDomainName, or CustomOriginConfig for a server.",
        "a path that ends with a slash": "Distribution.DistributionConfig.Origins[0].OriginPath must start with a slash and not end with one: got "/site/". Write "/site".",
        "a path without a slash": "Distribution.DistributionConfig.Origins[0].OriginPath must start with a slash and not end with one: got "site". Write "/site".",
        "a website endpoint as a bucket": "Distribution.DistributionConfig.Origins[0].DomainName is a website endpoint, which is a custom origin: got "elsewhere.s3-website-us-east-1.amazonaws.com". Use CustomOriginConfig, or the bucket's RegionalDomainName. [CF-H-15]",
        "an identity beside an access control": "Distribution.DistributionConfig.Origins[0].S3OriginConfig.OriginAccessIdentity cannot be combined with an OriginAccessControlId: got "origin-access-identity/cloudfront/E127EXAMPLE51Z". Leave it empty ("") where an origin access control is used.",
        "an odd identity": "Distribution.DistributionConfig.Origins[0].S3OriginConfig.OriginAccessIdentity must name an origin access identity: got "E127EXAMPLE51Z". Write "origin-access-identity/cloudfront/ID".",
        "both kinds at once": "Distribution.DistributionConfig.Origins[0].Id is that of an origin that must have exactly one of S3OriginConfig, CustomOriginConfig, VpcOriginConfig: got "site". Keep S3OriginConfig for a bucket, CustomOriginConfig for a server.",
        "no domain name": "Distribution.DistributionConfig.Origins[0].DomainName must be a string: got nothing.",
        "no id": "Distribution.DistributionConfig.Origins[0].Id must be a string: got nothing.",
        "no protocol policy": "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginProtocolPolicy must be one of "http-only", "https-only", "match-viewer": got nothing.",
        "of no kind": "Distribution.DistributionConfig.Origins[0].Id is that of an origin that must have exactly one of S3OriginConfig, CustomOriginConfig, VpcOriginConfig: got "site". Add S3OriginConfig for a bucket, CustomOriginConfig for a server.",
      }
    `);
  });

  it("must be there, each once", () => {
    const origin = {
      Id: "site",
      DomainName: "elsewhere.s3.amazonaws.com",
      S3OriginConfig: { OriginAccessIdentity: "" },
    };
    expect(
      refusalsOf<readonly Json[]>({ none: [], "the same twice": [origin, origin] }, (Origins) =>
        loadTemplate({ config: { Origins } }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "none": "Distribution.DistributionConfig.Origins must hold at least one origin: got []. Add an origin.",
        "the same twice": "Distribution.DistributionConfig.Origins[1].Id is the id of two origins: got "site". Give each origin an id of its own.",
      }
    `);
  });
});
