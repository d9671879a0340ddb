import { join } from "node:path";
import { CloudAssemblyError } from "cloud-assembly";
import { describe, expect, it } from "vitest";
import {
  cachingOptimized,
  fixtures,
  type Json,
  loadTemplate,
  type TemplateChanges,
} from "../../test/samples/template.ts";
import type { LoadDistributionOptions } from "./load-distribution.ts";

/** What a template differs in, and how it is loaded. */
interface Case extends TemplateChanges {
  readonly options?: LoadDistributionOptions;
}

const code = join(fixtures, "beside-template/function");
const role = {
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] },
          Action: "sts:AssumeRole",
        },
      ],
    },
  },
};
const rewrite = (properties: Json) => ({
  Role: role,
  Rewrite: {
    Type: "AWS::Lambda::Function",
    Properties: {
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: { "Fn::GetAtt": ["Role", "Arn"] },
      Code: { ZipFile: "exports.handler = async (e) => e.Records[0].cf.request;" },
      MemorySize: 128,
      Timeout: 5,
      ...properties,
    },
  },
  RewriteVersion: {
    Type: "AWS::Lambda::Version",
    Properties: { FunctionName: { Ref: "Rewrite" } },
  },
});
const version = { Ref: "RewriteVersion" };
const on = (EventType: string, changes: Json = {}) => ({
  EventType,
  LambdaFunctionARN: version,
  ...changes,
});
const run = (associations: readonly Json[], properties: Json = {}): Case => ({
  behavior: { LambdaFunctionAssociations: associations },
  resources: rewrite(properties),
});
const lambda = (properties: Json): Case => run([on("viewer-request")], properties);
const outside = "arn:aws:lambda:us-east-1:123456789012:function:elsewhere:1";
const custom = (settings: Json, changes: Json = {}): Case => ({
  origin: {
    DomainName: "app.example.com",
    S3OriginConfig: undefined,
    CustomOriginConfig: { OriginProtocolPolicy: "https-only", ...settings },
    ...changes,
  },
});
const errorPage = (response: Json): Case => ({ config: { CustomErrorResponses: [response] } });
const cached = (policy: Json, key: Json = {}): Case => ({
  behavior: { CachePolicyId: { Ref: "Policy" } },
  resources: {
    Policy: {
      Type: "AWS::CloudFront::CachePolicy",
      Properties: {
        CachePolicyConfig: {
          Name: "policy",
          MinTTL: 0,
          DefaultTTL: 60,
          MaxTTL: 3600,
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingGzip: false,
            CookiesConfig: { CookieBehavior: "none" },
            HeadersConfig: { HeaderBehavior: "none" },
            QueryStringsConfig: { QueryStringBehavior: "none" },
            ...key,
          },
          ...policy,
        },
      },
    },
  },
});
const pattern = (...patterns: readonly string[]): Case => ({
  config: {
    CacheBehaviors: patterns.map((PathPattern) => ({
      PathPattern,
      TargetOriginId: "site",
      ViewerProtocolPolicy: "allow-all",
      CachePolicyId: cachingOptimized,
    })),
  },
});
const stage = { Parameters: { Stage: { Type: "String", AllowedValues: ["test", "prod"] } } };
const stageComment = { sections: stage, config: { Comment: { Ref: "Stage" } } };
const withStage = (value: string): Case => ({
  ...stageComment,
  options: { parameters: { Stage: value } },
});

/** What is said, what it is said of, and what its remedies make of that. */
type Row = readonly [said: RegExp, wrong: Case, ...right: readonly Case[]];

const rows: readonly Row[] = [
  [
    /Architectures must be x86_64: .* Leave it out or use x86_64/,
    lambda({ Architectures: ["arm64"] }),
    lambda({}),
    lambda({ Architectures: ["x86_64"] }),
  ],
  [
    /Environment\.Variables must be empty/,
    lambda({ Environment: { Variables: { A: "1" } } }),
    lambda({ Code: code }),
  ],
  [
    /Timeout is too large: got 31.* Lower it, in seconds/,
    lambda({ Timeout: 31 }),
    lambda({ Timeout: 5 }),
  ],
  [/Timeout is too small: got 0.* Raise it/, lambda({ Timeout: 0 }), lambda({ Timeout: 1 })],
  [
    /MemorySize is too small: got 127.* Raise it/,
    lambda({ MemorySize: 127 }),
    lambda({ MemorySize: 128 }),
  ],
  [
    /Runtime is not one that runs at the edge: .* Use nodejs24\.x/,
    lambda({ Runtime: "java21" }),
    lambda({ Runtime: "nodejs24.x" }),
  ],
  [
    /has several functions on viewer-request: .* Keep one/,
    run([on("viewer-request"), on("viewer-request")]),
    lambda({}),
  ],
  [
    /IncludeBody has no meaning on viewer-response: .* remove it/,
    run([on("viewer-response", { IncludeBody: true })]),
    run([on("viewer-response")]),
  ],
  [
    /must reference a specific function version.* the Ref of an AWS::Lambda::Version/,
    run([on("viewer-request", { LambdaFunctionARN: { "Fn::GetAtt": ["Rewrite", "Arn"] } })]),
    lambda({}),
  ],
  [
    /names a function that is not in the assembly: .* Pass --function/,
    run([on("viewer-request", { LambdaFunctionARN: outside })]),
    {
      ...run([on("viewer-request", { LambdaFunctionARN: outside })]),
      options: { functionCodes: new Map([[outside.replace(/:1$/, ""), code]]) },
    },
    lambda({}),
  ],
  [
    /has gRPC and Lambda@Edge functions: .* turn gRPC off/,
    {
      behavior: {
        GrpcConfig: { Enabled: true },
        LambdaFunctionAssociations: [on("viewer-request")],
      },
      resources: rewrite({}),
    },
    lambda({}),
  ],
  [
    /has only one of ResponseCode and ResponsePagePath: .* Write both, or neither/,
    errorPage({ ErrorCode: 404, ResponseCode: 200 }),
    errorPage({ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/404.html" }),
    errorPage({ ErrorCode: 404 }),
  ],
  [
    /ResponsePagePath must start with a slash: .* Write "\/404\.html"/,
    errorPage({ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "404.html" }),
    errorPage({ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/404.html" }),
  ],
  [
    /is a status that custom error responses do not have: got 412\. Allowed are 400, 403/,
    errorPage({ ErrorCode: 412 }),
    errorPage({ ErrorCode: 403 }),
  ],
  [
    /is the status of two custom error responses: .* Keep one of them/,
    { config: { CustomErrorResponses: [{ ErrorCode: 404 }, { ErrorCode: 404 }] } },
    errorPage({ ErrorCode: 404 }),
  ],
  [
    /TargetOriginId is the id of no origin and no origin group: .* Known are "site"/,
    { behavior: { TargetOriginId: "other" } },
    { behavior: { TargetOriginId: "site" } },
  ],
  [
    /CachePolicyId is missing.* as in 658327ea/,
    { behavior: { CachePolicyId: undefined } },
    { behavior: { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" } },
  ],
  [
    /CachePolicyId is the id of no managed policy.* or put the AWS::CloudFront::CachePolicy into the same template/,
    { behavior: { CachePolicyId: "other" } },
    { behavior: { CachePolicyId: cachingOptimized } },
    cached({}),
  ],
  [
    /AllowedMethods is not a set of methods that CloudFront has: .* Allowed are GET,HEAD or/,
    { behavior: { AllowedMethods: ["GET", "POST"] } },
    { behavior: { AllowedMethods: ["GET", "HEAD"] } },
  ],
  [
    /PathPattern holds a character that path patterns may not have/,
    pattern("/a b"),
    pattern("/a*b"),
  ],
  [
    /PathPattern is the path pattern of two cache behaviors: .* Keep one of them/,
    pattern("/a", "/a"),
    pattern("/a"),
  ],
  [
    /MinTTL must not be negative: .* Use 0 seconds or more/,
    cached({ MinTTL: -1 }),
    cached({ MinTTL: 0 }),
  ],
  [
    /is not allowed in a policy that caches nothing \(MaxTTL 0\): .* or raise MaxTTL/,
    cached({ DefaultTTL: 0, MaxTTL: 0 }, { QueryStringsConfig: { QueryStringBehavior: "all" } }),
    cached({ DefaultTTL: 0, MaxTTL: 1 }, { QueryStringsConfig: { QueryStringBehavior: "all" } }),
    cached({ DefaultTTL: 0, MaxTTL: 0 }),
  ],
  [
    /ConnectionAttempts must be a whole number from 1 to 3: got 4/,
    custom({}, { ConnectionAttempts: 4 }),
    custom({}, { ConnectionAttempts: 3 }),
  ],
  [
    /OriginReadTimeout must be a whole number from 1 to 180: got 181/,
    custom({ OriginReadTimeout: 181 }),
    custom({ OriginReadTimeout: 180 }),
  ],
  [
    /ResponseCompletionTimeout must not be below the origin's read timeout: .* Leave it out, or use 30/,
    custom({}, { ResponseCompletionTimeout: 29 }),
    custom({}),
    custom({}, { ResponseCompletionTimeout: 30 }),
  ],
  [
    /HTTPPort is a port that CloudFront does not connect to: .* Use 80, 443 or 1024 to 65535/,
    custom({ HTTPPort: 81 }),
    custom({ HTTPPort: 80 }),
    custom({ HTTPPort: 1024 }),
  ],
  [
    /DomainName is an IP address: .* Use a DNS name/,
    custom({}, { DomainName: "192.0.2.1" }),
    custom({}, { DomainName: "app.example.com" }),
  ],
  [
    /OriginCustomHeaders holds more than 30: .* or pass quotas with another customHeaders\.perOrigin/,
    custom({}, { OriginCustomHeaders: headers(31) }),
    custom({}, { OriginCustomHeaders: headers(30) }),
  ],
  [
    /FieldLevelEncryptionId requires field-level encryption.* Leave it out of the template/,
    { behavior: { FieldLevelEncryptionId: "f" } },
    {},
  ],
  [
    /Parameters\.Stage must have a value: .* Give the parameter a "Default", or pass/,
    stageComment,
    withStage("test"),
    {
      ...stageComment,
      sections: { Parameters: { Stage: { ...stage.Parameters.Stage, Default: "prod" } } },
    },
  ],
  [/Parameters\.Stage must be one of "test", "prod"/, withStage("production"), withStage("prod")],
];

function headers(count: number): readonly Json[] {
  return Array.from({ length: count }, (_, index) => ({
    HeaderName: `x-${index}`,
    HeaderValue: "1",
  }));
}

describe("a remedy is followed, and the distribution is loaded", () => {
  it.each(rows)("%s", (...row) => {
    const [said, wrong, ...right] = row as unknown as Row;
    const load = ({ options, ...changes }: Case) => loadTemplate(changes, options);
    expect(() => load(wrong)).toThrow(CloudAssemblyError);
    expect(() => load(wrong)).toThrow(said);
    expect(right.length).toBeGreaterThan(0);
    for (const each of right) expect(() => load(each)).not.toThrow();
  });
});
