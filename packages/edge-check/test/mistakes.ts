import type { Part } from "./control-template.ts";
import type { Mistake } from "./mistake.ts";

const association = "Distribution Properties.DistributionConfig.DefaultCacheBehavior";
const firstArn = `${association}.LambdaFunctionAssociations.0.LambdaFunctionARN`;
const megabytes = (count: number) => {
  // Random enough not to be compressed.
  let seed = 1;
  return Uint8Array.from({ length: count * 1_048_576 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed & 255;
  });
};

/** Mistakes in a function's own settings, by the name of the test. */
export const functionMistakes: Readonly<Record<string, Mistake>> = {
  "an arm64 architecture": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.Architectures",
    make: ({ rewrite }) => (rewrite["Architectures"] = ["arm64"]),
  },
  "environment variables": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.Environment.Variables",
    make: ({ rewrite }) => (rewrite["Environment"] = { Variables: { STAGE: "prod" } }),
  },
  layers: {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.Layers",
    make: ({ rewrite }) => (rewrite["Layers"] = ["arn:aws:lambda:us-east-1:1:layer:a:1"]),
  },
  "a VPC": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.VpcConfig",
    make: ({ rewrite }) => (rewrite["VpcConfig"] = { SubnetIds: ["subnet-1"] }),
  },
  "a dead-letter queue": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.DeadLetterConfig.TargetArn",
    make: ({ rewrite }) =>
      (rewrite["DeadLetterConfig"] = { TargetArn: "arn:aws:sqs:us-east-1:111122223333:dead" }),
  },
  "X-Ray": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.TracingConfig.Mode",
    make: ({ rewrite }) => (rewrite["TracingConfig"] = { Mode: "Active" }),
  },
  "ephemeral storage above 512 MB": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.EphemeralStorage.Size",
    make: ({ rewrite }) => (rewrite["EphemeralStorage"] = { Size: 1024 }),
  },
  "a container image": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.PackageType",
    make({ rewrite }) {
      rewrite["PackageType"] = "Image";
      rewrite["Code"] = { ImageUri: "111122223333.dkr.ecr.us-east-1.amazonaws.com/a:1" };
    },
  },
  "a key of one's own for the code": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.Code.SourceKMSKeyArn",
    make: ({ rewrite }) =>
      (rewrite["Code"]["SourceKMSKeyArn"] = "arn:aws:kms:us-east-1:111122223333:key/1"),
  },
  "runtime management other than Auto": {
    ruleId: "LE-E-08",
    at: "Rewrite Properties.RuntimeManagementConfig.UpdateRuntimeOn",
    make: ({ rewrite }) =>
      (rewrite["RuntimeManagementConfig"] = { UpdateRuntimeOn: "FunctionUpdate" }),
  },
  "provisioned concurrency": {
    ruleId: "LE-E-08",
    at: "RewriteVersion Properties.ProvisionedConcurrencyConfig",
    make: (parts) =>
      (parts.properties("RewriteVersion")["ProvisionedConcurrencyConfig"] = {
        ProvisionedConcurrentExecutions: 1,
      }),
  },
  "reserved concurrency": {
    ruleId: "LE-E-09",
    severity: "warning",
    at: "Rewrite Properties.ReservedConcurrentExecutions",
    make: ({ rewrite }) => (rewrite["ReservedConcurrentExecutions"] = 10),
  },
  "code that stays in a bucket of one's own": {
    ruleId: "LE-E-10",
    at: "Rewrite Properties.Code.S3ObjectStorageMode",
    make: ({ rewrite }) => (rewrite["Code"]["S3ObjectStorageMode"] = "REFERENCE"),
  },
  "a timeout above 5 s on a viewer event": {
    ruleId: "LE-E-02",
    severity: "warning",
    at: "Rewrite Properties.Timeout",
    make: ({ rewrite }) => (rewrite["Timeout"] = 6),
  },
  "memory above 128 MB on a viewer event": {
    ruleId: "LE-E-02",
    severity: "warning",
    at: "Rewrite Properties.MemorySize",
    make: ({ rewrite }) => (rewrite["MemorySize"] = 256),
  },
  "a zipped package above 1 MB on a viewer event": {
    ruleId: "LE-E-02",
    severity: "warning",
    at: "Rewrite Properties.Code",
    make({ rewrite, files }) {
      rewrite["Code"] = "rewrite";
      files["rewrite/index.js"] = "exports.handler = async (e) => e.Records[0].cf.request;";
      files["rewrite/data.bin"] = megabytes(1.1);
    },
  },
  "a timeout above 30 s on an origin event": {
    ruleId: "LE-E-04",
    at: "Mark Properties.Timeout",
    make: (parts) => (parts.properties("Mark")["Timeout"] = 31),
  },
  "memory that Lambda does not have": {
    ruleId: "LE-E-01",
    at: "Mark Properties.MemorySize",
    make: (parts) => (parts.properties("Mark")["MemorySize"] = 10_241),
  },
  "a runtime that does not run at the edge": {
    ruleId: "LE-E-13",
    at: "Rewrite Properties.Runtime",
    make: ({ rewrite }) => (rewrite["Runtime"] = "provided.al2023"),
  },
  "a runtime that is deprecated on the day": {
    ruleId: "LE-E-15",
    severity: "warning",
    at: "Rewrite Properties.Runtime",
    make: ({ rewrite }) => (rewrite["Runtime"] = "nodejs20.x"),
  },
  "a runtime that can no longer be created": {
    ruleId: "LE-E-16",
    at: "Rewrite Properties.Runtime",
    make: ({ rewrite }) => (rewrite["Runtime"] = "nodejs14.x"),
  },
  "a region other than us-east-1": {
    ruleId: "LE-E-11",
    at: firstArn,
    make: ({ associations }) =>
      (associations[0]!["LambdaFunctionARN"] =
        "arn:aws:lambda:eu-west-1:111122223333:function:rewrite:1"),
  },
  $LATEST: {
    ruleId: "LE-E-12",
    at: firstArn,
    make: ({ associations }) =>
      (associations[0]!["LambdaFunctionARN"] = { "Fn::Sub": "${Rewrite.Arn}:$LATEST" }),
  },
  "a function without a version": {
    ruleId: "LE-E-12",
    at: firstArn,
    make: ({ associations }) =>
      (associations[0]!["LambdaFunctionARN"] = { "Fn::GetAtt": ["Rewrite", "Arn"] }),
  },
  "an alias": {
    ruleId: "LE-E-12",
    at: firstArn,
    make(parts) {
      parts.add("Live", "AWS::Lambda::Alias", {
        FunctionName: { Ref: "Rewrite" },
        FunctionVersion: { "Fn::GetAtt": ["RewriteVersion", "Version"] },
        Name: "live",
      });
      parts.associations[0]!["LambdaFunctionARN"] = { Ref: "Live" };
    },
  },
  "a handler that is in no file": {
    ruleId: "LE-C-19",
    at: "Rewrite Properties.Handler",
    make: ({ rewrite }) => (rewrite["Handler"] = "main.handler"),
  },
  "a handler that its file does not export": {
    ruleId: "LE-C-19",
    at: "Rewrite Properties.Handler",
    make: ({ rewrite }) => (rewrite["Handler"] = "index.main"),
  },
  "a callback handler on a runtime without callbacks": {
    ruleId: "LE-C-19",
    at: "Rewrite Properties.Handler",
    make: ({ rewrite }) =>
      (rewrite["Code"]["ZipFile"] =
        "exports.handler = (event, context, callback) => callback(null, event.Records[0].cf.request);"),
  },
};

/** Mistakes in roles and rights, by the name of the test. */
export const roleMistakes: Readonly<Record<string, Mistake>> = {
  "a role that Lambda@Edge cannot assume": {
    ruleId: "LE-F-09",
    at: "Rewrite Properties.Role",
    make: (parts) => trusted(parts.properties("Role"), "lambda.amazonaws.com"),
  },
  "a role that Lambda cannot assume": {
    ruleId: "LE-F-18",
    at: "Rewrite Properties.Role",
    make: (parts) => trusted(parts.properties("Role"), "edgelambda.amazonaws.com"),
  },
  "an imported role whose trust cannot be seen": {
    ruleId: "LE-F-01",
    severity: "warning",
    at: "Rewrite Properties.Role",
    make: ({ rewrite }) => (rewrite["Role"] = "arn:aws:iam::111122223333:role/edge"),
  },
  "replication rights without their asterisk": {
    ruleId: "LE-F-02",
    severity: "warning",
    at: "Logs Properties.PolicyDocument",
    make: (parts) => statements(parts.properties("Logs")).push(structuredClone(replication)),
  },
  "logs allowed in one region only": {
    ruleId: "LE-F-08",
    severity: "warning",
    at: "Role Properties",
    make: (parts) => logsTo(parts.properties("Logs"), "us-east-1", "us-east-1.*"),
  },
  "logs allowed in a group that no edge function writes to": {
    ruleId: "LE-F-05",
    severity: "warning",
    at: "Role Properties",
    make: (parts) => logsTo(parts.properties("Logs"), "*", "rewrite:*"),
  },
};

const replication = {
  Effect: "Allow",
  Action: ["lambda:GetFunction", "lambda:EnableReplication"],
  Resource: "*",
};

function trusted(role: Part, service: string): void {
  role["AssumeRolePolicyDocument"].Statement[0].Principal.Service = service;
}

function statements(policy: Part): object[] {
  return policy["PolicyDocument"].Statement;
}

function logsTo(policy: Part, region: string, group: string): void {
  policy["PolicyDocument"].Statement[0].Resource =
    `arn:aws:logs:${region}:111122223333:log-group:/aws/lambda/${group}`;
}
