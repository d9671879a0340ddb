import type { Part } from "./control-template.ts";
import type { Mistake, Parts } from "./mistake.ts";

/** The origin `api` at a function URL, with its cache behavior. */
function functionUrl(
  parts: Parts,
  authType: string,
  { actions = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"], isSigned = true } = {},
): Part {
  parts.add("Api", "AWS::Lambda::Function", {
    Handler: "index.handler",
    Runtime: "nodejs24.x",
    Role: "arn:aws:iam::123456789012:role/api",
    Code: { ZipFile: "exports.handler = async () => 'api';" },
  });
  parts.add("ApiUrl", "AWS::Lambda::Url", {
    AuthType: authType,
    TargetFunctionArn: { "Fn::GetAtt": ["Api", "Arn"] },
  });
  for (const [index, Action] of actions.entries()) {
    parts.add(`MayInvoke${index}`, "AWS::Lambda::Permission", {
      FunctionName: index === 0 ? { "Fn::GetAtt": ["ApiUrl", "FunctionArn"] } : { Ref: "Api" },
      Action,
      Principal: authType === "NONE" ? "*" : "cloudfront.amazonaws.com",
    });
  }
  parts.add("ApiAccess", "AWS::CloudFront::OriginAccessControl", {
    OriginAccessControlConfig: {
      Name: "api",
      OriginAccessControlOriginType: "lambda",
      SigningBehavior: "always",
      SigningProtocol: "sigv4",
    },
  });
  parts.config["Origins"].push({
    Id: "api",
    DomainName: {
      "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["ApiUrl", "FunctionUrl"] }] }],
    },
    CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    ...(isSigned && { OriginAccessControlId: { "Fn::GetAtt": ["ApiAccess", "Id"] } }),
  });
  const cacheBehavior: Part = {
    PathPattern: "/api/*",
    TargetOriginId: "api",
    ViewerProtocolPolicy: "redirect-to-https",
    CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  };
  parts.config["CacheBehaviors"].push(cacheBehavior);
  return cacheBehavior;
}

const config = "Distribution Properties.DistributionConfig";
const behavior = `${config}.DefaultCacheBehavior`;

/** Mistakes in a distribution and its policies, by the name of the test. */
export const distributionMistakes: Readonly<Record<string, Mistake>> = {
  "a function URL that demands signatures, and no origin access control": {
    ruleId: "CF-P-02",
    at: `${config}.Origins.1`,
    make: (parts) => functionUrl(parts, "AWS_IAM", { isSigned: false }),
  },
  "a function URL that CloudFront may not invoke": {
    ruleId: "CF-P-02",
    at: `${config}.Origins.1`,
    make: (parts) => functionUrl(parts, "AWS_IAM", { actions: ["lambda:InvokeFunctionUrl"] }),
  },
  "a public function URL with one of its permissions": {
    ruleId: "CF-P-02",
    at: `${config}.Origins.1`,
    make: (parts) => functionUrl(parts, "NONE", { actions: ["lambda:InvokeFunction"] }),
  },
  "bodies that viewers have to hash for a function URL": {
    ruleId: "CF-P-02",
    severity: "info",
    at: `${config}.CacheBehaviors.1.AllowedMethods`,
    make: (parts) => {
      functionUrl(parts, "AWS_IAM")["AllowedMethods"] = [
        "GET",
        "HEAD",
        "OPTIONS",
        "PUT",
        "POST",
        "PATCH",
        "DELETE",
      ];
    },
  },
  "two functions on one event type": {
    ruleId: "LE-A-29",
    at: behavior,
    make: ({ associations }) =>
      associations.push({
        EventType: "viewer-request",
        LambdaFunctionARN: { Ref: "MarkVersion" },
      }),
  },
  "a CloudFront Function beside Lambda@Edge on viewer events": {
    ruleId: "LE-A-30",
    at: behavior,
    make: (parts) => parts.associateCloudFrontFunction("viewer-response"),
  },
  "a CloudFront Function on an origin event": {
    ruleId: "LE-A-30",
    at: behavior,
    make: (parts) => parts.associateCloudFrontFunction("origin-request"),
  },
  "gRPC with Lambda@Edge functions": {
    ruleId: "LE-A-27",
    at: behavior,
    make: (parts) => (parts.behavior["GrpcConfig"] = { Enabled: true }),
  },
  "IncludeBody on a response event": {
    ruleId: "LE-B-20",
    at: `${behavior}.LambdaFunctionAssociations.1.IncludeBody`,
    make: ({ associations }) => (associations[1]!["IncludeBody"] = true),
  },
  "a default root object with a slash": {
    ruleId: "LE-A-40",
    at: `${config}.DefaultRootObject`,
    make: (parts) => (parts.config["DefaultRootObject"] = "/index.html"),
  },
  "a path pattern with a character that is not allowed": {
    ruleId: "CF-J-06",
    at: `${config}.CacheBehaviors.0.PathPattern`,
    make: (parts) => (parts.config["CacheBehaviors"][0].PathPattern = "/a b/*"),
  },
  "a path pattern above 255 characters": {
    ruleId: "CF-J-06",
    at: `${config}.CacheBehaviors.0.PathPattern`,
    make: (parts) => (parts.config["CacheBehaviors"][0].PathPattern = `/${"a".repeat(255)}`),
  },
  "the AllViewer policy on an S3 origin": {
    ruleId: "CF-H-14",
    at: `${behavior}.OriginRequestPolicyId`,
    make: (parts) =>
      (parts.behavior["OriginRequestPolicyId"] = "216adef6-5c7f-47e4-b989-5492eafa07d3"),
  },
  "a policy of one's own that sends Host to an S3 origin": {
    ruleId: "CF-H-14",
    at: `${behavior}.OriginRequestPolicyId`,
    make(parts) {
      parts.add("ToOrigin", "AWS::CloudFront::OriginRequestPolicy", {
        OriginRequestPolicyConfig: {
          Name: "to-origin",
          HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Host"] },
          CookiesConfig: { CookieBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "none" },
        },
      });
      parts.behavior["OriginRequestPolicyId"] = { Ref: "ToOrigin" };
    },
  },
  "a custom header of an origin that CloudFront does not take": {
    ruleId: "LE-B-43",
    at: `${config}.Origins.0.OriginCustomHeaders`,
    make: (parts) =>
      (parts.config["Origins"][0].OriginCustomHeaders = [{ HeaderName: "Host", HeaderValue: "a" }]),
  },
  "a bucket that hides missing files from the error response for 404": {
    ruleId: "CF-H-01",
    severity: "info",
    at: "Bucket Properties",
    make: (parts) =>
      (parts.properties("BucketPolicy")["PolicyDocument"].Statement[0].Action = "s3:GetObject"),
  },
  "a minimum TTL above 0 on what differs by cookies": {
    ruleId: "CF-G-11",
    severity: "warning",
    at: "Cache Properties.CachePolicyConfig.MinTTL",
    make: (parts) => (parts.properties("Cache")["CachePolicyConfig"].MinTTL = 1),
  },
  "security headers left to a viewer-response function": {
    ruleId: "LE-A-08",
    severity: "warning",
    at: behavior,
    make(parts) {
      delete parts.behavior["ResponseHeadersPolicyId"];
      parts.moved(
        "viewer-response",
        'response.headers["x-frame-options"] = [{ value: "DENY" }];',
        "return response;",
      );
    },
  },
  "a response headers policy that adds a disallowed header": {
    ruleId: "LE-C-01",
    at: "Headers Properties.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items.0",
    make: (parts) => customHeader(parts.properties("Headers"), "Keep-Alive"),
  },
  "a response headers policy that adds a read-only header": {
    ruleId: "LE-C-07",
    at: "Headers Properties.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items.0",
    make: (parts) => customHeader(parts.properties("Headers"), "Content-Length"),
  },
  "a response headers policy that removes a header that stays": {
    ruleId: "LE-C-07",
    at: "Headers Properties.ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items.0",
    make: (parts) =>
      (parts.properties("Headers")["ResponseHeadersPolicyConfig"].RemoveHeadersConfig.Items = [
        { Header: "Via" },
      ]),
  },
  "a config.json that sets a read-only header": {
    ruleId: "LE-C-04",
    at: "Rewrite Properties.Code",
    make({ rewrite, files }) {
      rewrite["Code"] = "rewrite";
      files["rewrite/index.js"] = "exports.handler = async (e) => e.Records[0].cf.request;";
      files["rewrite/config.json"] = JSON.stringify({ set: { host: [{ value: "a" }] } });
    },
  },
  "more than 75 cache behaviors": {
    ruleId: "CF-J-13",
    at: `${config}.CacheBehaviors`,
    make(parts) {
      const [first] = parts.config["CacheBehaviors"];
      parts.config["CacheBehaviors"] = Array.from({ length: 76 }, (_, index) => ({
        ...first,
        PathPattern: `/${index}/*`,
      }));
    },
  },
  "more than 100 functions": {
    ruleId: "LE-E-07",
    at: `${config}.CacheBehaviors`,
    make(parts) {
      const [first] = parts.config["CacheBehaviors"];
      const arn = "arn:aws:lambda:us-east-1:111122223333:function:f";
      parts.config["CacheBehaviors"] = Array.from({ length: 50 }, (_, index) => ({
        ...first,
        PathPattern: `/${index}/*`,
        LambdaFunctionAssociations: [
          { EventType: "viewer-request", LambdaFunctionARN: `${arn}:${index + 1}` },
          { EventType: "viewer-response", LambdaFunctionARN: `${arn}-response:${index + 1}` },
        ],
      }));
    },
  },
  "more than 100 origins": {
    ruleId: "LE-E-19",
    at: `${config}.Origins`,
    make(parts) {
      const [first] = parts.config["Origins"];
      const more = Array.from({ length: 100 }, (_, index) => ({ ...first, Id: `site-${index}` }));
      parts.config["Origins"].push(...more);
    },
  },
};

function customHeader(policy: Part, name: string): void {
  policy["ResponseHeadersPolicyConfig"].CustomHeadersConfig.Items[0].Header = name;
}
