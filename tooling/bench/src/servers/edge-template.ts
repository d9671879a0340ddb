import { edgeFunctionResources } from "./edge-function-resources.ts";
import { cloudFrontFunctionSources, functionSources } from "./page.ts";
import { queryStringCachePolicy } from "./query-string-cache-policy.ts";

/** An event type that a server of the bench has a function for. */
export type EventType = keyof typeof functionSources;

const ttls = { MinTTL: 1, DefaultTTL: 86_400, MaxTTL: 31_536_000 };

const readStatement = {
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: { "Fn::Sub": "${Bucket.Arn}/*" },
};

/** The functions of a template: on each event type one of Lambda@Edge, or two CloudFront Functions. */
export type TemplateFunctions = readonly EventType[] | "cloudfront-functions";

const cloudFrontEventTypes = ["viewer-request", "viewer-response"] as const;

/**
 * A CloudFormation template: a bucket behind a distribution whose functions run on every request.
 *
 * @param aliases Names by which viewers ask for it, beside those of this machine.
 */
export function edgeTemplate(
  functions: TemplateFunctions,
  aliases: readonly string[] = [],
): object {
  const eventTypes = functions === "cloudfront-functions" ? [] : functions;
  const cloudFront = functions === "cloudfront-functions" ? cloudFrontEventTypes : [];
  const behavior = {
    TargetOriginId: "site",
    ViewerProtocolPolicy: "allow-all",
    CachePolicyId: { Ref: "CachePolicy" },
    LambdaFunctionAssociations: eventTypes.map((eventType) => ({
      EventType: eventType,
      LambdaFunctionARN: { Ref: `${logicalId(eventType)}Version` },
    })),
    FunctionAssociations: cloudFront.map((eventType) => ({
      EventType: eventType,
      FunctionARN: { "Fn::GetAtt": [logicalId(eventType), "FunctionARN"] },
    })),
  };
  const config = {
    Enabled: true,
    Aliases: aliases,
    DefaultRootObject: "index.html",
    Origins: [
      {
        Id: "site",
        DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
        S3OriginConfig: { OriginAccessIdentity: "" },
        OriginAccessControlId: { Ref: "AccessControl" },
      },
    ],
    DefaultCacheBehavior: behavior,
  };
  return {
    Resources: {
      Bucket: { Type: "AWS::S3::Bucket" },
      BucketPolicy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: { Statement: [readStatement] } },
      },
      AccessControl: {
        Type: "AWS::CloudFront::OriginAccessControl",
        Properties: {
          OriginAccessControlConfig: {
            Name: "site",
            OriginAccessControlOriginType: "s3",
            SigningBehavior: "always",
            SigningProtocol: "sigv4",
          },
        },
      },
      CachePolicy: queryStringCachePolicy("by-query-string", ttls),
      ...Object.assign(
        {},
        ...eventTypes.map((eventType) =>
          edgeFunctionResources(logicalId(eventType), functionSources[eventType]),
        ),
      ),
      ...Object.fromEntries(
        cloudFront.map((eventType) => [
          logicalId(eventType),
          {
            Type: "AWS::CloudFront::Function",
            Properties: {
              Name: eventType,
              AutoPublish: true,
              FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
              FunctionCode: cloudFrontFunctionSources[eventType],
            },
          },
        ]),
      ),
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: { DistributionConfig: config },
      },
    },
  };
}

/** As in `ViewerRequest`. */
function logicalId(eventType: EventType): string {
  return eventType.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
