import { expect, it } from "vitest";
import { withEdgeFunction } from "../../test/samples/edge-function.ts";
import {
  loadTemplate,
  refusalsOf,
  type Json,
  type TemplateChanges,
} from "../../test/samples/template.ts";

const custom = (config: Json, origin: Json = {}): TemplateChanges => ({
  origin: {
    DomainName: "origin.example.com",
    S3OriginConfig: undefined,
    CustomOriginConfig: { OriginProtocolPolicy: "https-only", ...config },
    ...origin,
  },
});

const cachePolicy = (ttls: Json, parameters: Json = {}): TemplateChanges => ({
  resources: {
    Policy: {
      Type: "AWS::CloudFront::CachePolicy",
      Properties: {
        CachePolicyConfig: {
          Name: "p",
          ...ttls,
          ParametersInCacheKeyAndForwardedToOrigin: parameters,
        },
      },
    },
  },
  behavior: { CachePolicyId: { Ref: "Policy" } },
});

const originRequestPolicy = (behavior: string): TemplateChanges => ({
  resources: {
    Policy: {
      Type: "AWS::CloudFront::OriginRequestPolicy",
      Properties: {
        OriginRequestPolicyConfig: {
          Name: "p",
          HeadersConfig: { HeaderBehavior: behavior, Headers: ["Authorization"] },
        },
      },
    },
  },
  behavior: { OriginRequestPolicyId: { Ref: "Policy" } },
});

const behavior = {
  PathPattern: "/a/*",
  TargetOriginId: "site",
  ViewerProtocolPolicy: "allow-all",
  CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
};
const noCaching = { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 };

it("LE-B-33, LE-B-36, LE-B-37, LE-B-38, CF-G-14, CF-G-48: values that CloudFront refuses are refused", () => {
  expect(
    refusalsOf<TemplateChanges>(
      {
        "no read timeout": custom({ OriginReadTimeout: 0 }),
        "a long read timeout": custom({ OriginReadTimeout: 181 }),
        "no keep-alive": custom({ OriginKeepaliveTimeout: 0 }),
        "an odd port": custom({ HTTPPort: 81 }),
        "no attempts": custom({}, { ConnectionAttempts: 0 }),
        "many attempts": custom({}, { ConnectionAttempts: 4 }),
        "a long connection timeout": custom({}, { ConnectionTimeout: 11 }),
        "a completion before the read timeout": custom({}, { ResponseCompletionTimeout: 29 }),
        "an address": custom({}, { DomainName: "192.0.2.1" }),
        "an address of version 6": custom({}, { DomainName: "2001:db8::1" }),
        "a URL": custom({}, { DomainName: "https://api.example.com/v1" }),
        "a variable": custom({}, { DomainName: "${self:custom.domain}" }),
        "a path pattern twice": { config: { CacheBehaviors: [behavior, behavior] } },
        "an error code twice": {
          config: { CustomErrorResponses: [{ ErrorCode: 404 }, { ErrorCode: "404" }] },
        },
        "a negative TTL": cachePolicy({ MinTTL: -1 }),
        "keys without caching": cachePolicy(noCaching, {
          QueryStringsConfig: { QueryStringBehavior: "all" },
        }),
        "compression without caching": cachePolicy(noCaching, {
          EnableAcceptEncodingGzip: true,
        }),
        "Authorization in a whitelist": originRequestPolicy("whitelist"),
        "little memory": withEdgeFunction({ properties: { MemorySize: 127 } }),
        "no timeout": withEdgeFunction({ properties: { Timeout: 0 } }),
      },
      loadTemplate,
    ),
  ).toMatchInlineSnapshot(`
    {
      "Authorization in a whitelist": "Policy.OriginRequestPolicyConfig.HeadersConfig.Headers[0] is a header that an origin request policy does not name: got "Authorization". Name it in the cache policy, or use an origin request policy for all viewer headers. [CF-G-48]",
      "a URL": "Distribution.DistributionConfig.Origins[0].DomainName is not a host name: got "https://api.example.com/v1". Write the name alone, without https:// and without a path, as in www.example.com.",
      "a completion before the read timeout": "Distribution.DistributionConfig.Origins[0].ResponseCompletionTimeout must not be below the origin's read timeout: got 29. Leave it out, or use 30 seconds or more. [LE-B-37]",
      "a long connection timeout": "Distribution.DistributionConfig.Origins[0].ConnectionTimeout must be a whole number from 1 to 10: got 11. Correct it.",
      "a long read timeout": "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginReadTimeout must be a whole number from 1 to 180: got 181. Correct it. [LE-B-36]",
      "a negative TTL": "Policy.CachePolicyConfig.MinTTL must not be negative: got -1. Use 0 seconds or more.",
      "a path pattern twice": "Distribution.DistributionConfig.CacheBehaviors[1].PathPattern is the path pattern of two cache behaviors: got "/a/*". Keep one of them.",
      "a variable": "Distribution.DistributionConfig.Origins[0].DomainName is not a host name: got "\${self:custom.domain}". It is a file of the Serverless Framework: package the service (\`serverless package\`), and name the folder that this writes (.serverless).",
      "an address": "Distribution.DistributionConfig.Origins[0].DomainName is an IP address: got "192.0.2.1". Use a DNS name that leads to it. [LE-B-33]",
      "an address of version 6": "Distribution.DistributionConfig.Origins[0].DomainName is an IP address: got "2001:db8::1". Use a DNS name that leads to it. [LE-B-33]",
      "an error code twice": "Distribution.DistributionConfig.CustomErrorResponses[1].ErrorCode is the status of two custom error responses: got "404". Keep one of them.",
      "an odd port": "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.HTTPPort is a port that CloudFront does not connect to: got 81. Use 80, 443 or 1024 to 65535. [LE-B-38]",
      "compression without caching": "Policy.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.EnableAcceptEncodingGzip is not allowed in a policy that caches nothing (MaxTTL 0): got true. Forward it by an origin request policy, or raise MaxTTL. [CF-G-14]",
      "keys without caching": "Policy.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig.QueryStringBehavior is not allowed in a policy that caches nothing (MaxTTL 0): got "all". Forward it by an origin request policy, or raise MaxTTL. [CF-G-14]",
      "little memory": "Rewrite.MemorySize is too small: got 127, at least 128 is needed. Raise it. [LE-E-01]",
      "many attempts": "Distribution.DistributionConfig.Origins[0].ConnectionAttempts must be a whole number from 1 to 3: got 4. Correct it.",
      "no attempts": "Distribution.DistributionConfig.Origins[0].ConnectionAttempts must be a whole number from 1 to 3: got 0. Correct it.",
      "no keep-alive": "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginKeepaliveTimeout must be a whole number from 1 to 180: got 0. Correct it. [LE-B-36]",
      "no read timeout": "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginReadTimeout must be a whole number from 1 to 180: got 0. Correct it. [LE-B-36]",
      "no timeout": "Rewrite.Timeout is too small: got 0, at least 1 is needed. Raise it. [LE-E-04]",
    }
  `);
});

it("the bounds themselves are served", () => {
  const origin = { ConnectionAttempts: 1, ConnectionTimeout: 1, ResponseCompletionTimeout: 180 };
  const config = { OriginReadTimeout: 180, OriginKeepaliveTimeout: 1, HTTPPort: 1024 };
  const served: readonly TemplateChanges[] = [
    custom(config, origin),
    cachePolicy(noCaching),
    originRequestPolicy("allExcept"),
    withEdgeFunction({ properties: { MemorySize: 128, Timeout: 1 } }),
  ];
  for (const changes of served) expect(() => loadTemplate(changes)).not.toThrow();
});
