import type { EventType } from "cf-types";

/** A function of a test's template: its source alone, or with what else the template says of it. */
export type TestFunction =
  | string
  | {
      /** The source of `index.js`. */
      readonly source: string;
      readonly includeBody?: boolean;
      /** Properties of the `AWS::Lambda::Function`, over the usual ones. */
      readonly properties?: Readonly<Record<string, unknown>>;
      /** The metadata of the `AWS::Lambda::Function`. */
      readonly metadata?: Readonly<Record<string, unknown>>;
    };

/** The functions of one cache behavior; the same object on several events is one function. */
export type TestFunctions = { readonly [Type in EventType]?: TestFunction };

/** A cache behavior of a test's template. */
export interface TestCacheBehavior {
  readonly functions?: TestFunctions;
  /** Properties of the cache behavior, over the usual ones. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** What a test's distribution differs in from the usual one. */
export interface TestDistribution extends TestCacheBehavior {
  /** Further cache behaviors by path pattern, in order. */
  readonly cacheBehaviors?: Readonly<Record<string, TestCacheBehavior>>;
  /** The properties of a cache policy for the default cache behavior, over the usual ones. */
  readonly cachePolicy?: Readonly<Record<string, unknown>>;
  /** The properties of an origin request policy for the default cache behavior. */
  readonly originRequestPolicy?: Readonly<Record<string, unknown>>;
  /** The properties of a response headers policy for the default cache behavior. */
  readonly responseHeadersPolicy?: Readonly<Record<string, unknown>>;
  /** Properties of `Origin`, over those of the S3 or custom origin that the test's content makes. */
  readonly origin?: Readonly<Record<string, unknown>>;
  /** Properties of the `DistributionConfig`, over the usual ones. */
  readonly distributionConfig?: Readonly<Record<string, unknown>>;
  /** Whether the bucket policy lets CloudFront list the bucket. @default true */
  readonly listBucket?: boolean;
  /** Further resources of the template. */
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** The id of the only origin of a test's distribution. */
export const originId = "origin";

/** Returns a template with one distribution and everything that it needs. */
export function distributionTemplate(
  distribution: TestDistribution,
  originKind: "s3" | "custom",
): Record<string, unknown> {
  const resources: Record<string, unknown> = {
    Bucket: { Type: "AWS::S3::Bucket" },
    BucketPolicy: bucketPolicy(distribution.listBucket ?? true),
    OriginAccessControl: {
      Type: "AWS::CloudFront::OriginAccessControl",
      Properties: {
        OriginAccessControlConfig: {
          Name: "oac",
          OriginAccessControlOriginType: "s3",
          SigningBehavior: "always",
          SigningProtocol: "sigv4",
        },
      },
    },
    ...policies(distribution),
    ...distribution.resources,
  };
  const defaultCacheBehavior = cacheBehavior(distribution, "Default", resources, {
    CachePolicyId: { Ref: "CachePolicy" },
    ...(distribution.originRequestPolicy && {
      OriginRequestPolicyId: { Ref: "OriginRequestPolicy" },
    }),
    ...(distribution.responseHeadersPolicy && {
      ResponseHeadersPolicyId: { Ref: "ResponseHeadersPolicy" },
    }),
  });
  const cacheBehaviors = Object.entries(distribution.cacheBehaviors ?? {}).map(
    ([pathPattern, behavior], index) => ({
      PathPattern: pathPattern,
      ...cacheBehavior(behavior, `Behavior${index}`, resources, {
        CachePolicyId: { Ref: "CachePolicy" },
      }),
    }),
  );
  resources["Distribution"] = {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: originId, ...originOf(originKind), ...distribution.origin }],
        DefaultCacheBehavior: defaultCacheBehavior,
        ...(cacheBehaviors.length > 0 && { CacheBehaviors: cacheBehaviors }),
        ...distribution.distributionConfig,
      },
    },
  };
  return { Resources: resources };
}

function originOf(kind: "s3" | "custom"): Record<string, unknown> {
  return kind === "s3"
    ? {
        DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
        OriginAccessControlId: { "Fn::GetAtt": ["OriginAccessControl", "Id"] },
        S3OriginConfig: { OriginAccessIdentity: "" },
      }
    : {
        DomainName: "origin.example.com",
        CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
      };
}

function policies(distribution: TestDistribution): Record<string, unknown> {
  const { cachePolicy, originRequestPolicy, responseHeadersPolicy } = distribution;
  return {
    CachePolicy: {
      Type: "AWS::CloudFront::CachePolicy",
      Properties: {
        CachePolicyConfig: {
          Name: "test",
          MinTTL: 0,
          DefaultTTL: 86_400,
          MaxTTL: 31_536_000,
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingGzip: false,
            EnableAcceptEncodingBrotli: false,
            HeadersConfig: { HeaderBehavior: "none" },
            CookiesConfig: { CookieBehavior: "none" },
            QueryStringsConfig: { QueryStringBehavior: "none" },
            ...(cachePolicy?.["ParametersInCacheKeyAndForwardedToOrigin"] as object | undefined),
          },
          ...withoutParameters(cachePolicy),
        },
      },
    },
    ...(originRequestPolicy && {
      OriginRequestPolicy: {
        Type: "AWS::CloudFront::OriginRequestPolicy",
        Properties: {
          OriginRequestPolicyConfig: {
            Name: "test",
            HeadersConfig: { HeaderBehavior: "none" },
            CookiesConfig: { CookieBehavior: "none" },
            QueryStringsConfig: { QueryStringBehavior: "none" },
            ...originRequestPolicy,
          },
        },
      },
    }),
    ...(responseHeadersPolicy && {
      ResponseHeadersPolicy: {
        Type: "AWS::CloudFront::ResponseHeadersPolicy",
        Properties: { ResponseHeadersPolicyConfig: { Name: "test", ...responseHeadersPolicy } },
      },
    }),
  };
}

function withoutParameters(
  cachePolicy: TestDistribution["cachePolicy"] = {},
): Record<string, unknown> {
  const { ParametersInCacheKeyAndForwardedToOrigin: _parameters, ...rest } = cachePolicy;
  return rest;
}

function cacheBehavior(
  behavior: TestCacheBehavior,
  prefix: string,
  resources: Record<string, unknown>,
  usual: Record<string, unknown>,
): Record<string, unknown> {
  const shared = new Map<TestFunction, string>();
  const associations = Object.entries(behavior.functions ?? {}).map(([eventType, testFunction]) => {
    const ownId = `${prefix}${eventType.replaceAll(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())}`;
    const logicalId = shared.get(testFunction) ?? ownId;
    if (typeof testFunction === "object") shared.set(testFunction, logicalId);
    const { source, includeBody, properties, metadata } =
      typeof testFunction === "string" ? { source: testFunction } : testFunction;
    resources[logicalId] = {
      Type: "AWS::Lambda::Function",
      ...(metadata && { Metadata: metadata }),
      Properties: {
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: { ZipFile: source },
        Role: "arn:aws:iam::123456789012:role/edge",
        Timeout: 5,
        MemorySize: 128,
        ...properties,
      },
    };
    resources[`${logicalId}Version`] = {
      Type: "AWS::Lambda::Version",
      Properties: { FunctionName: { Ref: logicalId } },
    };
    return {
      EventType: eventType,
      LambdaFunctionARN: { Ref: `${logicalId}Version` },
      ...(includeBody === undefined ? {} : { IncludeBody: includeBody }),
    };
  });
  return {
    TargetOriginId: originId,
    ViewerProtocolPolicy: "allow-all",
    AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    ...usual,
    ...(associations.length > 0 && { LambdaFunctionAssociations: associations }),
    ...behavior.properties,
  };
}

function bucketPolicy(listBucket: boolean): Record<string, unknown> {
  return {
    Type: "AWS::S3::BucketPolicy",
    Properties: {
      Bucket: { Ref: "Bucket" },
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: listBucket ? ["s3:GetObject", "s3:ListBucket"] : "s3:GetObject",
            Resource: [{ "Fn::GetAtt": ["Bucket", "Arn"] }, { "Fn::Sub": "${Bucket.Arn}/*" }],
            Condition: {
              StringEquals: {
                "AWS:SourceArn": {
                  "Fn::Sub": "arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}",
                },
              },
            },
          },
        ],
      },
    },
  };
}
