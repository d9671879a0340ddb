import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, loadTemplate } from "../../test/samples/template.ts";
import type { S3Origin } from "../distribution/origins.ts";

type Json = Readonly<Record<string, unknown>>;

const arn = { "Fn::GetAtt": ["Bucket", "Arn"] };
const objects = { "Fn::Sub": "${Bucket.Arn}/*" };
const service = { Service: "cloudfront.amazonaws.com" };
const distributionArn = {
  "Fn::Sub": "arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}",
};
const getObject: Json = {
  Effect: "Allow",
  Principal: service,
  Action: "s3:GetObject",
  Resource: objects,
  Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
};
const listBucket: Json = { ...getObject, Action: "s3:ListBucket", Resource: arn };

const accessControl: Json = { OriginAccessControlId: { Ref: "Control" } };
const accessIdentity: Json = {
  S3OriginConfig: {
    OriginAccessIdentity: { "Fn::Sub": "origin-access-identity/cloudfront/${Identity}" },
  },
};

function load(statements: Json | readonly Json[] | undefined, origin: Json, signing = "always") {
  return loadTemplate(
    {
      origin: { DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] }, ...origin },
      resources: {
        Bucket: { Type: "AWS::S3::Bucket" },
        Control: {
          Type: "AWS::CloudFront::OriginAccessControl",
          Properties: { OriginAccessControlConfig: { SigningBehavior: signing } },
        },
        Identity: { Type: "AWS::CloudFront::CloudFrontOriginAccessIdentity" },
        ...(statements === undefined
          ? {}
          : {
              Policy: {
                Type: "AWS::S3::BucketPolicy",
                Properties: {
                  Bucket: { Ref: "Bucket" },
                  PolicyDocument: { Version: "2012-10-17", Statement: statements },
                },
              },
            }),
      },
    },
    {
      originOverrides: new Map([
        ["site", { kind: "folder", path: join(fixtures, "beside-template/site") }],
      ]),
    },
  );
}

/** What CloudFront may do: `get`, `list`, both or nothing. */
function permissions(
  statements: Json | readonly Json[] | undefined,
  origin: Json = accessControl,
  signing = "always",
): string {
  const { distribution } = load(statements, origin, signing);
  const { mayGetObject, mayListBucket } = distribution.origins.get("site") as S3Origin;
  return [...(mayGetObject ? ["get"] : []), ...(mayListBucket ? ["list"] : [])].join(" ");
}

const deny = (changes: Json): Json => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, objects],
  ...changes,
});

describe("CF-H-01, CF-H-02: a bucket policy lets CloudFront", () => {
  it.each<[string, Json | readonly Json[] | undefined, string]>([
    ["do nothing where there is none", undefined, ""],
    ["get objects by the policy that AWS documents", getObject, "get"],
    ["list the bucket too", [getObject, listBucket], "get list"],
    [
      "do both in one statement",
      { ...getObject, Action: ["s3:GetObject", "s3:ListBucket"], Resource: [arn, objects] },
      "get list",
    ],
    ["do what a wildcard covers", { ...getObject, Action: "s3:Get*" }, "get"],
    [
      "do what any action covers",
      { ...getObject, Action: "S3:*", Resource: [arn, objects] },
      "get list",
    ],
    ["do nothing for a list permission on objects", { ...listBucket, Resource: objects }, ""],
    ["do nothing for another bucket", { ...getObject, Resource: "arn:aws:s3:::other/*" }, ""],
    [
      "do nothing for another service",
      { ...getObject, Principal: { Service: "s3.amazonaws.com" } },
      "",
    ],
    [
      "do nothing for another distribution",
      {
        ...getObject,
        Condition: {
          StringEquals: { "AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/EOTHER" },
        },
      },
      "",
    ],
    [
      "get objects for any distribution of the account",
      {
        ...getObject,
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*" },
        },
      },
      "get",
    ],
    [
      "get objects for the account",
      { ...getObject, Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } },
      "get",
    ],
    ["get objects without a condition", { ...getObject, Condition: undefined }, "get"],
    [
      "do nothing on a condition that is not known here",
      { ...getObject, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
      "",
    ],
    [
      "do nothing on keys that are not known here",
      { ...getObject, Condition: { StringEquals: { "aws:PrincipalTag/x": "y" } } },
      "",
    ],
    [
      "get objects of a public bucket",
      { ...getObject, Principal: "*", Condition: undefined },
      "get",
    ],
    [
      "get objects of a public bucket, written in the other form",
      { ...getObject, Principal: { AWS: "*" }, Condition: undefined },
      "get",
    ],
    [
      "do nothing for all actions but some",
      { ...getObject, Action: undefined, NotAction: "s3:PutObject" },
      "",
    ],
    [
      "get objects unless the request is plain HTTP, which it is not",
      [getObject, deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })],
      "get",
    ],
    [
      "get objects unless TLS is too old, which it is not",
      [getObject, deny({ Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } })],
      "get",
    ],
    ["do nothing where all is denied", [getObject, listBucket, deny({})], ""],
    [
      "list where only objects are denied",
      [getObject, listBucket, deny({ Resource: objects })],
      "list",
    ],
    [
      "do nothing where all other principals are denied",
      [
        getObject,
        deny({ Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }),
      ],
      "",
    ],
    [
      "do nothing where what is not known here denies",
      [getObject, deny({ Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } })],
      "",
    ],
  ])("%s", (_name, statements, expected) => {
    expect(permissions(statements)).toBe(expected);
  });

  it.each([
    ["get objects under the origin's path", "/site", "${Bucket.Arn}/site/*", "get"],
    ["do nothing beside the origin's path", "/site", "${Bucket.Arn}/other/*", ""],
    ["do nothing for single folders", "", "${Bucket.Arn}/site/*", ""],
  ])("%s", (_name, OriginPath, resource, expected) => {
    const statement = { ...getObject, Resource: { "Fn::Sub": resource } };
    expect(permissions(statement, { ...accessControl, OriginPath })).toBe(expected);
  });

  it("CF-H-03: do nothing where the origin access control never signs", () => {
    expect(permissions(getObject, accessControl, "never")).toBe("");
    expect(
      permissions({ ...getObject, Principal: "*", Condition: undefined }, accessControl, "never"),
    ).toBe("get");
    expect(permissions(getObject, accessControl, "no-override")).toBe("get");
  });

  it("do nothing where the origin is not signed at all", () => {
    expect(permissions(getObject, {})).toBe("");
    expect(permissions({ ...getObject, Principal: "*", Condition: undefined }, {})).toBe("get");
  });

  it.each([
    [
      "by its canonical user",
      { CanonicalUser: { "Fn::GetAtt": ["Identity", "S3CanonicalUserId"] } },
      "get",
    ],
    [
      "by its ARN",
      {
        AWS: {
          "Fn::Sub": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${Identity}",
        },
      },
      "get",
    ],
    ["but not by the service", service, ""],
  ])("get objects through an origin access identity %s", (_name, Principal, expected) => {
    const statement = { ...getObject, Principal, Condition: undefined };
    expect(permissions(statement, accessIdentity)).toBe(expected);
  });
});

describe("a bucket that CloudFront may not read", () => {
  it("is warned of: every request is answered 403", () => {
    expect(load(undefined, {}).warnings[0]?.message).toBe(
      "Every request to this origin gets a 403 response: its requests are not signed, and no AWS::S3::BucketPolicy lets everybody s3:GetObject from bucket Bucket.",
    );
    expect(load(undefined, accessControl).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Every request to this origin gets a 403 response: no AWS::S3::BucketPolicy lets CloudFront s3:GetObject from bucket Bucket.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
  });
});

describe("CF-H-02: a policy that lets every distribution read", () => {
  const { Condition: _condition, ...toAll } = getObject;

  it.each<[string, Json, boolean]>([
    ["with AWS:SourceArn", getObject, false],
    [
      "with AWS:SourceAccount",
      {
        ...toAll,
        Condition: { StringEquals: { "AWS:SourceAccount": { Ref: "AWS::AccountId" } } },
      },
      false,
    ],
    ["without a condition", toAll, true],
  ])("%s", (_name, statement, isWarned) => {
    const messages = load(statement, accessControl).warnings.map(({ message }) => message);
    expect(messages.some((message) => message.endsWith("(CF-H-02)."))).toBe(isWarned);
  });
});
