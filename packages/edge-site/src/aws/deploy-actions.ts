const stack = ["cloudformation:DescribeStacks", "cloudformation:GetTemplate"];
const stackResources = ["cloudformation:DescribeStackResources", "cloudformation:GetTemplate"];
const objects = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"];
const keyValueStore = [
  "cloudfront-keyvaluestore:DescribeKeyValueStore",
  "cloudfront-keyvaluestore:ListKeys",
  "cloudfront-keyvaluestore:UpdateKeys",
];
const publishedFunctions = [
  "cloudfront:DescribeFunction",
  "cloudfront:GetFunction",
  "cloudfront:PublishFunction",
  "cloudfront:UpdateFunction",
];

/**
 * What a deploy asks of AWS with the caller's own credentials. All else is asked by the CDK CLI with the
 * roles of the bootstrap stack, which the caller assumes.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const deployActions = {
  /** In every deploy. */
  always: [
    ...stack,
    "cloudfront:CreateInvalidation",
    "cloudfront:GetDistribution",
    "cloudfront:GetInvalidation",
    ...objects,
    "s3:AbortMultipartUpload",
    "s3:PutObjectTagging",
    "ssm:GetParameter",
    "sts:AssumeRole",
  ],
  /** With `logRetentionDays`. */
  logRetention: [
    "cloudformation:DescribeStackResources",
    "logs:CreateLogGroup",
    "logs:DescribeLogGroups",
    "logs:PutRetentionPolicy",
  ],
  /** With a key value store. */
  keyValueStore,
  /** With releases, beside those of their key value store. */
  releases: ["cloudfront-keyvaluestore:GetKey", ...publishedFunctions],
};

/** What `deploy --canary` and `promote` ask of AWS beside what a deploy does. */
export const canaryActions = {
  always: ["cloudfront:UpdateDistribution"],
  /** LE-F-02: of a distribution with functions on Lambda@Edge. */
  "lambda-edge": ["lambda:EnableReplication*", "lambda:GetFunction"],
};

/** What a diff asks of AWS. */
export const diffActions = {
  /** In every diff. */
  always: [...stack, "ssm:GetParameter"],
  /** With a key value store. */
  keyValueStore: ["cloudfront-keyvaluestore:ListKeys"],
};

/** What previews are published, listed and removed with. */
export const previewActions: readonly string[] = [
  ...stack,
  ...keyValueStore,
  "cloudfront-keyvaluestore:GetKey",
  ...objects,
  "s3:AbortMultipartUpload",
];

/** What the releases of a stage are listed and switched with, and pruned. */
export const releaseActions: readonly string[] = [
  ...stack,
  "cloudfront:CreateInvalidation",
  ...publishedFunctions,
  ...keyValueStore,
  "cloudfront-keyvaluestore:GetKey",
  ...objects,
];

/** What the status asks of AWS. */
export const statusActions: readonly string[] = [
  ...stack,
  "cloudformation:DescribeStackResources",
  "cloudfront:GetDistribution",
  "cloudfront-keyvaluestore:GetKey",
  "cloudwatch:GetMetricData",
  "lambda:GetFunctionConfiguration",
];

/** What `logs` asks of AWS. */
export const logsActions: readonly string[] = [...stackResources, "logs:FilterLogEvents"];

/** What `replay` asks of AWS. */
export const replayActions: readonly string[] = [
  ...stackResources,
  "s3:GetObject",
  "s3:ListBucket",
];

/** What `destroy --sweep` asks of AWS. */
export const sweepActions = {
  /** In every sweep. */
  always: [
    ...stackResources,
    "cloudformation:DescribeStacks",
    "lambda:DeleteFunction",
    "logs:DeleteLogGroup",
    "s3:ListBucket",
    "tag:GetResources",
  ],
  /** With `--data`. */
  data: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
};

/** What CloudFormation needs to put functions at the edge, by engine, and data; a policy of one's own often forgets it. */
export const executionActions = {
  /** LE-F-02. */
  "lambda-edge": [
    "cloudfront:UpdateDistribution",
    "iam:CreateServiceLinkedRole",
    "lambda:EnableReplication*",
    "lambda:GetFunction",
  ],
  "cloudfront-function": [
    "cloudfront:CreateFunction",
    "cloudfront:DeleteFunction",
    ...publishedFunctions,
  ],
  "key-value-store": [
    "cloudfront:CreateKeyValueStore",
    "cloudfront:DeleteKeyValueStore",
    "cloudfront:DescribeKeyValueStore",
    "s3:GetBucketLocation",
    "s3:GetObject",
  ],
  "additional-metrics": [
    "cloudfront:CreateMonitoringSubscription",
    "cloudfront:DeleteMonitoringSubscription",
    "cloudfront:GetMonitoringSubscription",
  ],
  canary: [
    "cloudfront:CreateContinuousDeploymentPolicy",
    "cloudfront:DeleteContinuousDeploymentPolicy",
    "cloudfront:GetContinuousDeploymentPolicy",
    "cloudfront:UpdateContinuousDeploymentPolicy",
  ],
  alarms: [
    "cloudwatch:DeleteAlarms",
    "cloudwatch:PutMetricAlarm",
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
    "sns:Unsubscribe",
  ],
};
