import { describe, expect, it } from "vitest";
import { loadTemplate, refusalsOf } from "../../test/samples/template.ts";

type Json = Readonly<Record<string, unknown>>;

function load(config: Json) {
  return loadTemplate({ config });
}

describe("a distribution", () => {
  it("has CloudFront's settings where the template has none", () => {
    const { distribution } = load({});
    expect(distribution).toMatchObject({
      logicalId: "Distribution",
      aliases: [],
      comment: "",
      defaultRootObject: undefined,
      http2: false,
      customErrorResponses: [],
      tryOut: [],
      geoRestriction: { kind: "none" },
    });
  });

  it.each([
    ["http1.1", false],
    ["http2", true],
    ["http3", false],
    ["http2and3", true],
  ])("of HTTP version %s speaks HTTP/2: %s", (HttpVersion, http2) => {
    expect(load({ HttpVersion }).distribution.http2).toBe(http2);
  });

  it("has the aliases and the geographic restriction of the template", () => {
    const { distribution } = load({
      Aliases: ["www.example.com"],
      Restrictions: { GeoRestriction: { RestrictionType: "whitelist", Locations: ["DE", "JP"] } },
    });
    expect(distribution.aliases).toEqual(["www.example.com"]);
    expect(distribution.geoRestriction).toEqual({ kind: "whitelist", countryCodes: ["DE", "JP"] });
  });

  it("has the custom error responses of the template", () => {
    const { distribution } = load({
      CustomErrorResponses: [
        { ErrorCode: 403, ResponseCode: 200, ResponsePagePath: "/index.html" },
        { ErrorCode: "404", ErrorCachingMinTTL: 0 },
      ],
    });
    expect(distribution.customErrorResponses).toEqual([
      {
        errorCode: 403,
        responseCode: 200,
        responsePagePath: "/index.html",
        errorCachingMinTtlSeconds: 10,
      },
      {
        errorCode: 404,
        responseCode: undefined,
        responsePagePath: undefined,
        errorCachingMinTtlSeconds: 0,
      },
    ]);
  });

  it("CF-H-16: is refused for custom error responses that CloudFront does not have", () => {
    expect(
      refusalsOf<Json>(
        {
          "a status without a page of its own": { ErrorCode: 412 },
          "an odd response": { ErrorCode: 404, ResponseCode: 302, ResponsePagePath: "/404.html" },
          "a response without a page": { ErrorCode: 404, ResponseCode: 200 },
          "a page without a response": { ErrorCode: 404, ResponsePagePath: "/404.html" },
          "a page without a slash": {
            ErrorCode: 404,
            ResponseCode: 404,
            ResponsePagePath: "404.html",
          },
        },
        (entry) => load({ CustomErrorResponses: [entry] }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a page without a response": "Distribution.DistributionConfig.CustomErrorResponses[0] has only one of ResponseCode and ResponsePagePath: got {"ErrorCode":404,"ResponsePagePath":"/404.html"}. Write both, or neither.",
        "a page without a slash": "Distribution.DistributionConfig.CustomErrorResponses[0].ResponsePagePath must start with a slash: got "404.html". Write "/404.html".",
        "a response without a page": "Distribution.DistributionConfig.CustomErrorResponses[0] has only one of ResponseCode and ResponsePagePath: got {"ErrorCode":404,"ResponseCode":200}. Write both, or neither.",
        "a status without a page of its own": "Distribution.DistributionConfig.CustomErrorResponses[0].ErrorCode is a status that custom error responses do not have: got 412. Allowed are 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504. [CF-H-16]",
        "an odd response": "Distribution.DistributionConfig.CustomErrorResponses[0].ResponseCode is a status that custom error responses do not have: got 302. Allowed are 200, 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504. [CF-H-16]",
      }
    `);
  });

  it("LE-A-40: is warned of for a default root object with a slash in front", () => {
    const { distribution, warnings } = load({ DefaultRootObject: "/index.html" });
    expect(distribution.defaultRootObject).toBe("/index.html");
    expect(warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "It must not start with a slash: CloudFront responds with 403 for the root. Write "index.html" (LE-A-40).",
          "subject": "Distribution.DistributionConfig.DefaultRootObject",
        },
      ]
    `);
  });

  it("LE-A-40: is told what a custom origin is asked for, which may have that", () => {
    const { warnings } = load({
      DefaultRootObject: "/index.html",
      Origins: [
        {
          Id: "site",
          DomainName: "www.example.com",
          CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
        },
      ],
    });
    expect(warnings.map(({ message }) => message)).toContain(
      'It must not start with a slash: the origin is asked for "//index.html". Write "index.html" (LE-A-40).',
    );
  });
});

describe("a multi-tenant distribution", () => {
  it("is served as to a tenant without customizations, with the default values of its parameters", () => {
    const origin = (Id: string, OriginPath: string): Json => ({
      Id,
      OriginPath,
      DomainName: "{{tenant}}.example.com",
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    });
    const parameter = (Name: string, StringSchema: Json): Json => ({
      Name,
      Definition: { StringSchema },
    });
    const { distribution, warnings } = load({
      ConnectionMode: "tenant-only",
      TenantConfig: {
        ParameterDefinitions: [
          parameter("tenant", { Required: false, DefaultValue: "acme" }),
          parameter("stage", { Required: true }),
        ],
      },
      Origins: [origin("site", "/{{tenant}}/www"), origin("api", "/{{stage}}")],
    });
    expect([...distribution.origins.values()]).toMatchObject([
      { domainName: "acme.example.com", path: "/acme/www" },
      { domainName: "acme.example.com", path: "/{{stage}}" },
    ]);
    expect(warnings.map(({ subject, message }) => `${subject}: ${message}`)).toMatchInlineSnapshot(`
      [
        "Distribution.DistributionConfig.ConnectionMode: It is served as to a tenant without customizations: parameters have their default values, and the certificate, web ACL and geographic restrictions of tenants are not known here.",
      ]
    `);
  });
});

describe("what would change security", () => {
  it("is refused: the start fails closed", () => {
    expect(
      refusalsOf<Json>(
        {
          "client certificates": { ViewerMtlsConfig: { Mode: "required" } },
          "connection function": { ConnectionFunctionAssociation: { Id: "x" } },
        },
        load,
      ),
    ).toMatchInlineSnapshot(`
      {
        "client certificates": "Distribution.DistributionConfig.ViewerMtlsConfig requires client certificates, which are not checked locally: got {"Mode":"required"}. Leave it out of the template that you run here, for example by a condition or a context value.",
        "connection function": "Distribution.DistributionConfig.ConnectionFunctionAssociation names a connection function, which is not run locally: got {"Id":"x"}. Leave it out of the template that you run here, for example by a condition or a context value.",
      }
    `);
    expect(
      refusalsOf<Json>(
        {
          "field-level encryption": { FieldLevelEncryptionId: "f" },
        },
        (behavior) => loadTemplate({ behavior }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "field-level encryption": "Distribution.DistributionConfig.DefaultCacheBehavior.FieldLevelEncryptionId requires field-level encryption, which is not done locally: got "f". Leave it out of the template that you run here, for example by a condition or a context value.",
      }
    `);
  });

  it("is let through in the form that asks for nothing", () => {
    const { warnings } = loadTemplate({
      config: { WebACLId: "" },
      behavior: { TrustedKeyGroups: [], TrustedSigners: [], FieldLevelEncryptionId: "" },
    });
    expect(warnings).toEqual([]);
  });
});

describe("a web ACL", () => {
  it("LE-A-16: is served, with a warning that AWS WAF is not known here", () => {
    const { warnings } = load({
      WebACLId: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y",
    });
    expect(warnings).toEqual([
      {
        subject: "Distribution.DistributionConfig.WebACLId",
        message:
          "AWS WAF is not known here: requests that its web ACL would block, count or challenge are served.",
      },
    ]);
  });
});

describe("what changes nothing that is served", () => {
  it("is warned of", () => {
    const { warnings } = load({
      Enabled: false,
      Logging: { Bucket: "logs.s3.amazonaws.com" },
      Staging: true,
      ContinuousDeploymentPolicyId: "x",
      Colour: "blue",
    });
    expect(warnings.map(({ subject, message }) => `${subject}: ${message}`)).toMatchInlineSnapshot(`
      [
        "Distribution.DistributionConfig.Logging: Access logs are not written to a bucket; --access-log FILE writes one here.",
        "Distribution.DistributionConfig.Staging: A staging distribution is served like any other.",
        "Distribution.DistributionConfig.ContinuousDeploymentPolicyId: Continuous deployment is not run locally.",
        "Distribution.DistributionConfig.Colour: It is not known here and has no effect.",
        "Distribution.DistributionConfig.Enabled: CloudFront serves nothing while it is false; the distribution is served here.",
      ]
    `);
  });
});
