import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, loadTemplate, refusalsOf } from "../../test/samples/template.ts";
import type { OriginContent } from "./origins.ts";

type Json = Readonly<Record<string, unknown>>;

const site = { kind: "folder", path: join(fixtures, "beside-template/site") } as const;

function load(
  origin: Json,
  resources: Json = {},
  overrides: Iterable<[string, OriginContent]> = [],
) {
  return loadTemplate({ origin, resources }, { originOverrides: new Map(overrides) });
}

function originOf(origin: Json, resources: Json = {}) {
  return load(origin, resources).distribution.origins.get("site");
}

const custom = { S3OriginConfig: undefined, DomainName: "www.example.com" };

describe("an S3 origin", () => {
  it("outside the assembly is taken to let CloudFront get objects and not list them", () => {
    const { distribution, warnings } = load({});
    expect(distribution.origins.get("site")).toEqual({
      kind: "s3",
      id: "site",
      domainName: "elsewhere.s3.us-east-1.amazonaws.com",
      path: "",
      customHeaders: [],
      connectionAttempts: 3,
      connectionTimeoutSeconds: 10,
      readTimeoutSeconds: 30,
      responseCompletionTimeoutSeconds: 0,
      originShieldEnabled: false,
      content: { kind: "none" },
      access: { kind: "public" },
      region: "us-east-1",
      bucketLogicalId: undefined,
      mayGetObject: true,
      mayListBucket: false,
    });
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

describe("a custom origin", () => {
  it("has CloudFront's settings where the template has none", () => {
    const { distribution, warnings } = load({
      ...custom,
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    });
    expect(distribution.origins.get("site")).toMatchObject({
      kind: "custom",
      domainName: "www.example.com",
      content: { kind: "none" },
      protocolPolicy: "https-only",
      httpPort: 80,
      httpsPort: 443,
      keepaliveTimeoutSeconds: 5,
      readTimeoutSeconds: 30,
    });
    expect(warnings).toEqual([]);
  });

  it("has the settings of the template", () => {
    const CustomOriginConfig = {
      OriginProtocolPolicy: "match-viewer",
      HTTPPort: 8080,
      HTTPSPort: 8443,
      OriginSSLProtocols: ["TLSv1.2"],
      OriginKeepaliveTimeout: 60,
      OriginReadTimeout: 45,
    };
    expect(originOf({ ...custom, CustomOriginConfig })).toMatchObject({
      protocolPolicy: "match-viewer",
      httpPort: 8080,
      httpsPort: 8443,
      sslProtocols: ["TLSv1.2"],
      keepaliveTimeoutSeconds: 60,
      readTimeoutSeconds: 45,
    });
  });

  it("CF-H-15: is what the website endpoint of a bucket is", () => {
    const { distribution, warnings } = load(
      {
        S3OriginConfig: undefined,
        CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
        DomainName: {
          "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Bucket", "WebsiteURL"] }] }],
        },
      },
      { Bucket: { Type: "AWS::S3::Bucket", Metadata: { "cf-edge:site": { path: "site" } } } },
    );
    expect(distribution.origins.get("site")).toMatchObject({ kind: "custom", content: site });
    expect(warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Website hosting is not run locally: the bucket's files are served without index documents and redirects.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
  });

  it.each([
    [
      "a function URL",
      { Type: "AWS::Lambda::Url" },
      { "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Api", "FunctionUrl"] }] }] },
      /^[0-9a-z]{13}\.lambda-url\.us-east-1\.on\.aws$/,
    ],
    [
      "an HTTP API",
      { Type: "AWS::ApiGatewayV2::Api" },
      { "Fn::Sub": "${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}" },
      /^[0-9a-z]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
    ],
  ])("may be %s", (_name, Api, DomainName, expected) => {
    const CustomOriginConfig = { OriginProtocolPolicy: "https-only" };
    const origin = originOf({ ...custom, CustomOriginConfig, DomainName }, { Api });
    expect(origin?.domainName).toMatch(expected);
  });

  it("whose name only a deployment knows is warned of, unless something stands in", () => {
    const origin = {
      S3OriginConfig: undefined,
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
      DomainName: { "Fn::GetAtt": ["Balancer", "DNSName"] },
    };
    const resources = { Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" } };
    expect(load(origin, resources).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Origin cannot be reached from this machine (<Balancer.DNSName>). Pass --origin site=URL.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
    const url = { kind: "url", url: "http://127.0.0.1:3000" } as const;
    expect(load(origin, resources, [["site", url]]).warnings).toEqual([]);
  });

  it("is not signed, and shows no certificate", () => {
    const { warnings } = load({
      ...custom,
      OriginAccessControlId: "E2QWRUHAPOMQZL",
      CustomOriginConfig: {
        OriginProtocolPolicy: "https-only",
        OriginMtlsConfig: { ClientCertificateArn: "arn" },
      },
      OriginCustomHeaders: [{ HeaderName: "X-Key", HeaderValue: "{{resolve:secretsmanager:key}}" }],
    });
    expect(warnings.map(({ subject, message }) => `${subject}: ${message}`)).toMatchInlineSnapshot(`
      [
        "Distribution.DistributionConfig.Origins[0].OriginAccessControlId: Requests to custom origins are not signed.",
        "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginMtlsConfig: No client certificate is sent to the origin.",
        "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue: Dynamic references are not resolved: the header is sent as it is written.",
      ]
    `);
  });

  it("in a VPC cannot be reached from this machine", () => {
    const origin = { ...custom, VpcOriginConfig: { VpcOriginId: "vo_x" } };
    expect(load(origin).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Origin cannot be reached from this machine (www.example.com). Pass --origin site=URL.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
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
        (origin) => load(origin),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a bucket that is none": "Distribution.DistributionConfig.Origins[0].DomainName is no bucket's domain name, as S3OriginConfig needs one: got "www.example.com". Use the bucket's RegionalDomainName, or CustomOriginConfig for a server.",
        "a path that ends with a slash": "Distribution.DistributionConfig.Origins[0].OriginPath must start with a slash and not end with one: got "/site/". Write "/site".",
        "a path without a slash": "Distribution.DistributionConfig.Origins[0].OriginPath must start with a slash and not end with one: got "site". Write "/site".",
        "a website endpoint as a bucket": "Distribution.DistributionConfig.Origins[0].DomainName is a website endpoint, which is a custom origin: got "elsewhere.s3-website-us-east-1.amazonaws.com". Use CustomOriginConfig, or the bucket's RegionalDomainName. [CF-H-15]",
        "an identity beside an access control": "Distribution.DistributionConfig.Origins[0].S3OriginConfig.OriginAccessIdentity stands beside an OriginAccessControlId: got "origin-access-identity/cloudfront/E127EXAMPLE51Z". Leave it empty ("") where an origin access control is used.",
        "an odd identity": "Distribution.DistributionConfig.Origins[0].S3OriginConfig.OriginAccessIdentity must name an origin access identity: got "E127EXAMPLE51Z". Write "origin-access-identity/cloudfront/ID".",
        "both kinds at once": "Distribution.DistributionConfig.Origins[0].Id is that of an origin that must have exactly one of S3OriginConfig, CustomOriginConfig, VpcOriginConfig: got "site". Add S3OriginConfig for a bucket, CustomOriginConfig for a server.",
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

describe("origin groups", () => {
  const group = (changes: Json = {}): Json => ({
    Quantity: 1,
    Items: [
      {
        Id: "group",
        FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [500, 503] } },
        Members: { Quantity: 2, Items: [{ OriginId: "site" }, { OriginId: "site" }] },
        ...changes,
      },
    ],
  });

  it("may be the target of a cache behavior", () => {
    const { distribution } = loadTemplate({
      config: { OriginGroups: group() },
      behavior: { TargetOriginId: "group" },
    });
    expect([...distribution.originGroups.values()]).toEqual([
      {
        id: "group",
        primaryOriginId: "site",
        secondaryOriginId: "site",
        failoverStatuses: [500, 503],
      },
    ]);
    expect(distribution.cacheBehaviors[0]?.targetOriginId).toBe("group");
  });

  it("are refused where their members are not two origins", () => {
    const members = (...ids: readonly string[]): Json => ({
      Members: { Quantity: ids.length, Items: ids.map((OriginId) => ({ OriginId })) },
    });
    expect(
      refusalsOf<Json>(
        {
          "one member": members("site"),
          "three members": members("site", "site", "site"),
          "an unknown member": members("site", "other"),
          "the id of an origin": { Id: "site" },
        },
        (changes) => loadTemplate({ config: { OriginGroups: group(changes) } }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "an unknown member": "Distribution.DistributionConfig.OriginGroups.Items[0].Members.Items[1].OriginId is the id of no origin: got "other". Known are "site".",
        "one member": "Distribution.DistributionConfig.OriginGroups.Items[0].Members.Items must be two origins: got [{"OriginId":"site"}]. Name a primary and a secondary origin.",
        "the id of an origin": "Distribution.DistributionConfig.OriginGroups.Items[0].Id is also the id of an origin: got "site". Give the group an id of its own.",
        "three members": "Distribution.DistributionConfig.OriginGroups.Items[0].Members.Items must be two origins: got [{"OriginId":"site"},{"OriginId":"site"},{"OriginId":"site"}]. Name a primary and a secondary origin.",
      }
    `);
  });
});
