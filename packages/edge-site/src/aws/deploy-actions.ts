/**
 * What a deploy asks of AWS with the caller's own credentials. All else is asked by the CDK CLI with the
 * roles of the bootstrap stack, which the caller assumes.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const deployActions = {
  /** In every deploy. */
  always: [
    "cloudformation:DescribeStacks",
    "cloudformation:GetTemplate",
    "cloudfront:CreateInvalidation",
    "cloudfront:GetDistribution",
    "cloudfront:GetInvalidation",
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
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
  keyValueStore: [
    "cloudfront-keyvaluestore:DescribeKeyValueStore",
    "cloudfront-keyvaluestore:ListKeys",
    "cloudfront-keyvaluestore:UpdateKeys",
  ],
  /** With releases, beside those of their key value store. */
  releases: [
    "cloudfront-keyvaluestore:GetKey",
    "cloudfront:DescribeFunction",
    "cloudfront:GetFunction",
    "cloudfront:PublishFunction",
    "cloudfront:UpdateFunction",
  ],
} as const;

/** What `deploy --canary` and `promote` ask of AWS beside what a deploy does. */
export const canaryActions = {
  always: ["cloudfront:UpdateDistribution"],
  /** LE-F-02: of a distribution with functions on Lambda@Edge. */
  "lambda-edge": ["lambda:EnableReplication*", "lambda:GetFunction"],
} as const;

/** What a diff asks of AWS, with the caller's own credentials alone. */
export const diffActions = {
  /** In every diff. */
  always: ["cloudformation:DescribeStacks", "cloudformation:GetTemplate", "ssm:GetParameter"],
  /** With a key value store. */
  keyValueStore: ["cloudfront-keyvaluestore:ListKeys"],
} as const;

/** What previews are published, listed and removed with. */
export const previewActions = [
  "cloudformation:DescribeStacks",
  "cloudformation:GetTemplate",
  "cloudfront-keyvaluestore:DescribeKeyValueStore",
  "cloudfront-keyvaluestore:GetKey",
  "cloudfront-keyvaluestore:ListKeys",
  "cloudfront-keyvaluestore:UpdateKeys",
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:PutObject",
] as const;

/** What the releases of a stage are listed and switched with, and pruned. */
export const releaseActions = [
  "cloudformation:DescribeStacks",
  "cloudformation:GetTemplate",
  "cloudfront:CreateInvalidation",
  "cloudfront:DescribeFunction",
  "cloudfront:GetFunction",
  "cloudfront:PublishFunction",
  "cloudfront:UpdateFunction",
  "cloudfront-keyvaluestore:DescribeKeyValueStore",
  "cloudfront-keyvaluestore:GetKey",
  "cloudfront-keyvaluestore:ListKeys",
  "cloudfront-keyvaluestore:UpdateKeys",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:PutObject",
] as const;

/** What the status asks of AWS, with the caller's own credentials alone. */
export const statusActions = [
  "cloudformation:DescribeStackResources",
  "cloudformation:DescribeStacks",
  "cloudformation:GetTemplate",
  "cloudfront:GetDistribution",
  "cloudfront-keyvaluestore:GetKey",
  "cloudwatch:GetMetricData",
  "lambda:GetFunctionConfiguration",
] as const;

/** What `logs` asks of AWS, with the caller's own credentials alone. */
export const logsActions = [
  "cloudformation:DescribeStackResources",
  "cloudformation:GetTemplate",
  "logs:FilterLogEvents",
] as const;

/** What `replay` asks of AWS, with the caller's own credentials alone. */
export const replayActions = [
  "cloudformation:DescribeStackResources",
  "cloudformation:GetTemplate",
  "s3:GetObject",
  "s3:ListBucket",
] as const;

/** What `destroy --sweep` asks of AWS with the caller's own credentials. */
export const sweepActions = {
  /** In every sweep. */
  always: [
    "cloudformation:DescribeStackResources",
    "cloudformation:DescribeStacks",
    "cloudformation:GetTemplate",
    "lambda:DeleteFunction",
    "logs:DeleteLogGroup",
    "s3:ListBucket",
    "tag:GetResources",
  ],
  /** With `--data`. */
  data: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
} as const;

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
    "cloudfront:DescribeFunction",
    "cloudfront:GetFunction",
    "cloudfront:PublishFunction",
    "cloudfront:UpdateFunction",
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
} as const;
