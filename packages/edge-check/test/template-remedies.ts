import type { Part } from "./control-template.ts";
import type { Parts } from "./mistake.ts";

/** What a finding's remedy makes of the template; several where it offers a choice. */
export type Remedies = Readonly<Record<string, readonly ((parts: Parts) => void)[]>>;

const without =
  (...names: readonly string[]) =>
  ({ rewrite }: Parts): void => {
    for (const name of names) delete rewrite[name];
  };
const version = ({ associations }: Parts): void => {
  associations[0]!["LambdaFunctionARN"] = { Ref: "RewriteVersion" };
};
const runtime = (name: string) => (parts: Parts) => void (parts.rewrite["Runtime"] = name);
const currentRuntimes = ["nodejs24.x", "nodejs22.x"].map(runtime);
const trustBoth = (parts: Parts): void => {
  const [statement] = parts.properties("Role")["AssumeRolePolicyDocument"].Statement;
  statement.Principal.Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"];
};
const logsAnywhere = (parts: Parts): void => {
  const [statement] = parts.properties("Logs")["PolicyDocument"].Statement;
  statement.Resource = "arn:aws:logs:*:111122223333:log-group:/aws/lambda/us-east-1.rewrite:*";
};
const first = (list: Part, count: number): Part => list.splice(count);
const permission = (Action: string, Principal: string) => (parts: Parts) =>
  parts.add("Missing", "AWS::Lambda::Permission", {
    FunctionName: { Ref: "Api" },
    Action,
    Principal,
  });
const removeHeader = ({ rewrite, files }: Parts): void => {
  if (rewrite["Code"] === "rewrite") files["rewrite/config.json"] = "{}";
};
const withoutHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** The remedies of what is wrong with functions and roles, by the name of the mistake. */
export const functionRemedies: Remedies = {
  "an arm64 architecture": [
    without("Architectures"),
    ({ rewrite }) => void (rewrite["Architectures"] = ["x86_64"]),
  ],
  "environment variables": [without("Environment")],
  layers: [without("Layers")],
  "a VPC": [without("VpcConfig")],
  "a dead-letter queue": [without("DeadLetterConfig")],
  "X-Ray": [without("TracingConfig")],
  "ephemeral storage above 512 MB": [without("EphemeralStorage")],
  "a container image": [
    ({ rewrite }) => {
      delete rewrite["PackageType"];
      rewrite["Handler"] = "index.handler";
      rewrite["Runtime"] = "nodejs24.x";
      rewrite["Code"] = { ZipFile: "exports.handler = async (e) => e.Records[0].cf.request;" };
    },
  ],
  "a key of one's own for the code": [({ rewrite }) => delete rewrite["Code"].SourceKMSKeyArn],
  "runtime management other than Auto": [without("RuntimeManagementConfig")],
  "provisioned concurrency": [
    (parts) => delete parts.properties("RewriteVersion")["ProvisionedConcurrencyConfig"],
  ],
  "reserved concurrency": [without("ReservedConcurrentExecutions")],
  "code that stays in a bucket of one's own": [
    ({ rewrite }) => delete rewrite["Code"].S3ObjectStorageMode,
  ],
  "a timeout above 5 s on a viewer event": [({ rewrite }) => void (rewrite["Timeout"] = 5)],
  "memory above 128 MB on a viewer event": [({ rewrite }) => void (rewrite["MemorySize"] = 128)],
  "a zipped package above 1 MB on a viewer event": [
    ({ files }) => delete files["rewrite/data.bin"],
  ],
  "a timeout above 30 s on an origin event": [
    (parts) => void (parts.properties("Mark")["Timeout"] = 30),
  ],
  "memory that Lambda does not have": [
    (parts) => void (parts.properties("Mark")["MemorySize"] = 10_240),
  ],
  "a runtime that does not run at the edge": currentRuntimes,
  "a runtime that is deprecated on the day": currentRuntimes,
  "a runtime that can no longer be created": currentRuntimes,
  "a region other than us-east-1": [
    ({ associations }) =>
      void (associations[0]!["LambdaFunctionARN"] =
        "arn:aws:lambda:us-east-1:111122223333:function:rewrite:1"),
  ],
  $LATEST: [version],
  "a function without a version": [version],
  "an alias": [version],
  "a handler that is in no file": [({ rewrite }) => void (rewrite["Handler"] = "index.handler")],
  "a handler that its file does not export": [
    ({ rewrite }) => void (rewrite["Code"].ZipFile += "exports.main = exports.handler;"),
  ],
  "a callback handler on a runtime without callbacks": [
    (parts) => parts.viewerRequest("return request;"),
    runtime("nodejs22.x"),
  ],
  "a role that Lambda@Edge cannot assume": [trustBoth],
  "a role that Lambda cannot assume": [trustBoth],
  "an imported role whose trust cannot be seen": [
    ({ rewrite }) => void (rewrite["Role"] = { "Fn::GetAtt": ["Role", "Arn"] }),
  ],
  "replication rights without their asterisk": [
    (parts) =>
      void (parts.properties("Logs")["PolicyDocument"].Statement.at(-1).Action = [
        "lambda:GetFunction",
        "lambda:EnableReplication*",
      ]),
  ],
  "logs allowed in one region only": [logsAnywhere],
  "logs allowed in a group that no edge function writes to": [logsAnywhere],
};

/** The remedies of what is wrong with a distribution and its policies. */
export const distributionRemedies: Remedies = {
  "a function URL that demands signatures, and no origin access control": [
    ({ config }) =>
      void (config["Origins"][1].OriginAccessControlId = { "Fn::GetAtt": ["ApiAccess", "Id"] }),
  ],
  "a function URL that CloudFront may not invoke": [
    permission("lambda:InvokeFunction", "cloudfront.amazonaws.com"),
  ],
  "a public function URL with one of its permissions": [
    permission("lambda:InvokeFunctionUrl", "*"),
  ],
  "two functions on one event type": [
    ({ associations }) => first(associations, 2),
    ({ associations }) => associations.shift(),
  ],
  "a CloudFront Function beside Lambda@Edge on viewer events": [
    ({ associations }) => associations.shift(),
    ({ behavior }) => delete behavior["FunctionAssociations"],
  ],
  "a CloudFront Function on an origin event": [
    ({ behavior, associations }) => {
      delete behavior["FunctionAssociations"];
      associations[0]!["EventType"] = "origin-request";
    },
  ],
  "gRPC with Lambda@Edge functions": [
    ({ behavior }) => void (behavior["GrpcConfig"] = { Enabled: false }),
    (parts) => {
      parts.associations.splice(0);
      parts.associateCloudFrontFunction("viewer-request");
    },
  ],
  "IncludeBody on a response event": [({ associations }) => delete associations[1]!["IncludeBody"]],
  "a default root object with a slash": [
    ({ config }) => void (config["DefaultRootObject"] = "index.html"),
  ],
  "a path pattern with a character that is not allowed": [
    ({ config }) => void (config["CacheBehaviors"][0].PathPattern = "/a_b/*"),
  ],
  "a path pattern above 255 characters": [
    ({ config }) => void (config["CacheBehaviors"][0].PathPattern = `/${"a".repeat(254)}`),
  ],
  "the AllViewer policy on an S3 origin": [
    ({ behavior }) => void (behavior["OriginRequestPolicyId"] = withoutHost),
    ({ behavior }) => delete behavior["OriginRequestPolicyId"],
  ],
  "a policy of one's own that sends Host to an S3 origin": [
    ({ behavior }) => void (behavior["OriginRequestPolicyId"] = withoutHost),
    ({ behavior }) => delete behavior["OriginRequestPolicyId"],
  ],
  "a custom header of an origin that CloudFront does not take": [
    ({ config }) => void (config["Origins"][0].OriginCustomHeaders = []),
  ],
  "a bucket that hides missing files from the error response for 404": [
    (parts) =>
      parts.properties("BucketPolicy")["PolicyDocument"].Statement.push({
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:ListBucket",
        Resource: { "Fn::GetAtt": ["Bucket", "Arn"] },
      }),
  ],
  "a minimum TTL above 0 on what differs by cookies": [
    (parts) => void (parts.properties("Cache")["CachePolicyConfig"].MinTTL = 0),
  ],
  "security headers left to a viewer-response function": [
    ({ behavior }) => void (behavior["ResponseHeadersPolicyId"] = { Ref: "Headers" }),
  ],
  "a response headers policy that adds a disallowed header": [withoutCustomHeaders],
  "a response headers policy that adds a read-only header": [withoutCustomHeaders],
  "a response headers policy that removes a header that stays": [
    (parts) =>
      void (parts.properties("Headers")["ResponseHeadersPolicyConfig"].RemoveHeadersConfig.Items =
        []),
  ],
  "a config.json that sets a read-only header": [removeHeader],
  "more than 75 cache behaviors": [({ config }) => first(config["CacheBehaviors"], 74)],
  "more than 100 functions": [({ config }) => first(config["CacheBehaviors"], 49)],
  "more than 100 origins": [({ config }) => first(config["Origins"], 100)],
};

function withoutCustomHeaders(parts: Parts): void {
  parts.properties("Headers")["ResponseHeadersPolicyConfig"].CustomHeadersConfig.Items = [];
}
