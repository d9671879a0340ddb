/** A part of a template that a test changes, typed as loosely as what is parsed. */
export type Part = ReturnType<typeof JSON.parse>;

/** A template that tests put a mistake into. */
export interface ControlTemplate {
  readonly Resources: Record<string, { Type: string; Properties: Part; Metadata?: Part }>;
}

const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ],
};

function lambda(role: string, code: string): { Type: string; Properties: Part } {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: { "Fn::GetAtt": [role, "Arn"] },
      MemorySize: 128,
      Timeout: 5,
      Code: { ZipFile: code },
    },
  };
}

const association = (eventType: string, versionId: string) => ({
  EventType: eventType,
  LambdaFunctionARN: { Ref: versionId },
});

/**
 * Returns a template with which CloudFront has nothing to refuse: a function on viewer-request and one
 * on origin-response, a bucket, all policies. Each mistake of the tests is one change to it.
 */
export function controlTemplate(): ControlTemplate {
  return {
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: { AssumeRolePolicyDocument: structuredClone(trust) },
      },
      MarkRole: {
        Type: "AWS::IAM::Role",
        Properties: { AssumeRolePolicyDocument: structuredClone(trust) },
      },
      Logs: {
        Type: "AWS::IAM::Policy",
        Properties: {
          Roles: [{ Ref: "Role" }],
          PolicyName: "logs",
          PolicyDocument: {
            Statement: [
              {
                Effect: "Allow",
                Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: {
                  "Fn::Sub":
                    "arn:${AWS::Partition}:logs:*:${AWS::AccountId}:log-group:/aws/lambda/us-east-1.*",
                },
              },
            ],
          },
        },
      },
      Rewrite: lambda("Role", "exports.handler = async (event) => event.Records[0].cf.request;"),
      RewriteVersion: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { Ref: "Rewrite" } },
      },
      Mark: lambda(
        "MarkRole",
        'exports.handler = async (event) => {\n  const { response } = event.Records[0].cf;\n  response.headers["x-mark"] = [{ value: "1" }];\n  return response;\n};',
      ),
      MarkVersion: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { "Fn::GetAtt": ["Mark", "Arn"] } },
      },
      Bucket: { Type: "AWS::S3::Bucket", Properties: {} },
      BucketPolicy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: {
          Bucket: { Ref: "Bucket" },
          PolicyDocument: {
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "cloudfront.amazonaws.com" },
                Action: ["s3:GetObject", "s3:ListBucket"],
                Resource: [{ "Fn::GetAtt": ["Bucket", "Arn"] }, { "Fn::Sub": "${Bucket.Arn}/*" }],
              },
            ],
          },
        },
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
      Headers: {
        Type: "AWS::CloudFront::ResponseHeadersPolicy",
        Properties: {
          ResponseHeadersPolicyConfig: {
            Name: "headers",
            CustomHeadersConfig: { Items: [{ Header: "X-A", Value: "1", Override: true }] },
            RemoveHeadersConfig: { Items: [{ Header: "Server" }] },
          },
        },
      },
      Cache: {
        Type: "AWS::CloudFront::CachePolicy",
        Properties: {
          CachePolicyConfig: {
            Name: "cache",
            MinTTL: 0,
            DefaultTTL: 60,
            MaxTTL: 86_400,
            ParametersInCacheKeyAndForwardedToOrigin: {
              EnableAcceptEncodingGzip: true,
              CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["session"] },
              HeadersConfig: { HeaderBehavior: "none" },
              QueryStringsConfig: { QueryStringBehavior: "none" },
            },
          },
        },
      },
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            Enabled: true,
            DefaultRootObject: "index.html",
            CustomErrorResponses: [
              { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/index.html" },
            ],
            Origins: [
              {
                Id: "site",
                DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
                OriginAccessControlId: { "Fn::GetAtt": ["AccessControl", "Id"] },
                S3OriginConfig: { OriginAccessIdentity: "" },
              },
            ],
            DefaultCacheBehavior: {
              TargetOriginId: "site",
              ViewerProtocolPolicy: "redirect-to-https",
              CachePolicyId: { Ref: "Cache" },
              ResponseHeadersPolicyId: { Ref: "Headers" },
              LambdaFunctionAssociations: [
                association("viewer-request", "RewriteVersion"),
                association("origin-response", "MarkVersion"),
              ],
            },
            CacheBehaviors: [
              {
                PathPattern: "/assets/*",
                TargetOriginId: "site",
                ViewerProtocolPolicy: "redirect-to-https",
                CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
              },
            ],
          },
        },
      },
    },
  };
}
