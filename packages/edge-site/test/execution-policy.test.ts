import { compileSecretRedirect } from "secret-redirect";
import { afterAll, describe, expect, it } from "vitest";
import { executionActions } from "../src/aws/deploy-actions.ts";
import {
  actionsOf,
  policyAccount as account,
  PolicyTemplate,
  type Statement,
} from "./iam-policy.ts";
import { synthesized } from "./synthesized.ts";

const template = new PolicyTemplate("execution-policy.yaml");
const statementsOf = (name: string): readonly Statement[] =>
  template.propertiesOf(name).PolicyDocument.Statement;
const execution = statementsOf("ExecutionPolicy");
const boundary = statementsOf("FunctionBoundary");
const isAllowed = (action: string, resource: string) =>
  template.allowing(execution, action, resource).length > 0;

const stage = {
  permissionsBoundary: "notes-function-boundary",
  accessLogs: { retentionDays: 1 },
  additionalMetrics: true,
  alarms: { email: "team@example.com" },
};
const rules = Array.from({ length: 300 }, (_, index) => ({ from: `/a/${index}`, to: "/b" }));
const withStore = {
  package: "secret-redirect",
  engine: "cloudfront-function" as const,
  config: compileSecretRedirect({ rules }),
};
const withFunction = { pathPattern: "/api/*", origin: { functionFolder: import.meta.dirname } };
const sites = [
  synthesized({ engine: "lambda-edge" }, stage),
  synthesized({ engine: "cloudfront-function" }, stage),
  synthesized({ functions: [withStore] }, stage),
  synthesized({ functions: [], behaviors: [withFunction] }, stage),
  synthesized({ functions: [] }, { canary: { traffic: { percent: 5 }, release: "0" } }),
];
afterAll(() => sites.forEach((site) => site[Symbol.dispose]()));

const bucket = "arn:aws:s3:::notes-sitebucket978d4aeb-x1";
const role = `arn:aws:iam::${account}:role/notes-SiteSpaRewriteRole-x1`;
const lambda = `arn:aws:lambda:us-east-1:${account}:function:notes-SiteSpaRewriteFunction-x1`;
const topic = `arn:aws:sns:us-east-1:${account}:notes-SiteAlarmsTopic-x1`;
const cloudFront = (resource: string) => `arn:aws:cloudfront::${account}:${resource}`;

/** What CloudFormation does to make, change and delete each type, and on what. */
const needed: Readonly<
  Record<string, readonly (readonly [resource: string, actions: readonly string[]])[]>
> = {
  "AWS::S3::Bucket": [
    [
      bucket,
      [
        "s3:CreateBucket",
        "s3:DeleteBucket",
        "s3:GetBucketPolicy",
        "s3:PutBucketAcl",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketTagging",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
      ],
    ],
  ],
  "AWS::S3::BucketPolicy": [[bucket, ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]]],
  "AWS::IAM::Role": [
    [
      role,
      [
        "iam:CreateRole",
        "iam:GetRole",
        "iam:DeleteRole",
        "iam:PutRolePolicy",
        "iam:GetRolePolicy",
        "iam:DeleteRolePolicy",
      ],
    ],
  ],
  "AWS::Lambda::Function": [
    [
      lambda,
      [
        "lambda:CreateFunction",
        "lambda:GetFunction",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
        "lambda:DeleteFunction",
      ],
    ],
    [role, ["iam:PassRole"]],
    [`arn:aws:s3:::cdk-hnb659fds-assets-${account}-us-east-1/a.zip`, ["s3:GetObject"]],
  ],
  "AWS::Lambda::Url": [
    [
      lambda,
      [
        "lambda:CreateFunctionUrlConfig",
        "lambda:GetFunctionUrlConfig",
        "lambda:UpdateFunctionUrlConfig",
        "lambda:DeleteFunctionUrlConfig",
      ],
    ],
  ],
  "AWS::Lambda::Permission": [
    [lambda, ["lambda:AddPermission", "lambda:GetPolicy", "lambda:RemovePermission"]],
  ],
  "AWS::Lambda::Version": [
    [lambda, ["lambda:PublishVersion"]],
    [`${lambda}:1`, ["lambda:GetFunctionConfiguration", "lambda:EnableReplication*"]],
  ],
  "AWS::CloudFront::Function": [
    [
      cloudFront("function/notes-x"),
      [
        "cloudfront:CreateFunction",
        "cloudfront:DescribeFunction",
        "cloudfront:GetFunction",
        "cloudfront:UpdateFunction",
        "cloudfront:PublishFunction",
        "cloudfront:DeleteFunction",
      ],
    ],
  ],
  "AWS::CloudFront::KeyValueStore": [
    [
      cloudFront("key-value-store/x"),
      [
        "cloudfront:CreateKeyValueStore",
        "cloudfront:DescribeKeyValueStore",
        "cloudfront:UpdateKeyValueStore",
        "cloudfront:DeleteKeyValueStore",
      ],
    ],
    [`arn:aws:s3:::cdk-hnb659fds-assets-${account}-us-east-1`, ["s3:GetBucketLocation"]],
    [`arn:aws:s3:::cdk-hnb659fds-assets-${account}-us-east-1/a.json`, ["s3:GetObject"]],
  ],
  "AWS::CloudFront::CachePolicy": [
    [
      cloudFront("cache-policy/x"),
      [
        "cloudfront:CreateCachePolicy",
        "cloudfront:GetCachePolicy",
        "cloudfront:UpdateCachePolicy",
        "cloudfront:DeleteCachePolicy",
      ],
    ],
  ],
  "AWS::CloudFront::OriginAccessControl": [
    [
      cloudFront("origin-access-control/x"),
      [
        "cloudfront:CreateOriginAccessControl",
        "cloudfront:GetOriginAccessControl",
        "cloudfront:UpdateOriginAccessControl",
        "cloudfront:DeleteOriginAccessControl",
      ],
    ],
  ],
  "AWS::CloudFront::ResponseHeadersPolicy": [
    [
      cloudFront("response-headers-policy/x"),
      [
        "cloudfront:CreateResponseHeadersPolicy",
        "cloudfront:GetResponseHeadersPolicy",
        "cloudfront:UpdateResponseHeadersPolicy",
        "cloudfront:DeleteResponseHeadersPolicy",
      ],
    ],
  ],
  "AWS::CloudWatch::Alarm": [
    [
      `arn:aws:cloudwatch:us-east-1:${account}:alarm:notes-SiteAlarmsServerErrors-x1`,
      ["cloudwatch:PutMetricAlarm", "cloudwatch:DescribeAlarms", "cloudwatch:DeleteAlarms"],
    ],
  ],
  "AWS::SNS::Topic": [
    [topic, ["sns:CreateTopic", "sns:GetTopicAttributes", "sns:TagResource", "sns:DeleteTopic"]],
  ],
  "AWS::SNS::TopicPolicy": [[topic, ["sns:SetTopicAttributes"]]],
  "AWS::SNS::Subscription": [
    [topic, ["sns:Subscribe", "sns:GetSubscriptionAttributes", "sns:Unsubscribe"]],
  ],
  "AWS::CloudFront::MonitoringSubscription": [
    [
      cloudFront("distribution/x"),
      [
        "cloudfront:CreateMonitoringSubscription",
        "cloudfront:GetMonitoringSubscription",
        "cloudfront:DeleteMonitoringSubscription",
      ],
    ],
  ],
  "AWS::CloudFront::ContinuousDeploymentPolicy": [
    [
      cloudFront("continuous-deployment-policy/x"),
      [
        "cloudfront:CreateContinuousDeploymentPolicy",
        "cloudfront:GetContinuousDeploymentPolicy",
        "cloudfront:UpdateContinuousDeploymentPolicy",
        "cloudfront:DeleteContinuousDeploymentPolicy",
      ],
    ],
  ],
  "AWS::CloudFront::Distribution": [
    [
      cloudFront("distribution/x"),
      [
        "cloudfront:CreateDistribution",
        "cloudfront:GetDistribution",
        "cloudfront:UpdateDistribution",
        "cloudfront:DeleteDistribution",
        "cloudfront:TagResource",
      ],
    ],
  ],
};

describe("the execution policy", () => {
  it("allows what each resource of the stack needs", () => {
    const resources = sites.flatMap((site): { readonly Type: string }[] =>
      Object.values(site.template.toJSON()["Resources"]),
    );
    const types = [...new Set(resources.map(({ Type }) => Type))];
    expect(types.toSorted()).toEqual(Object.keys(needed).toSorted());
    const denied = types.flatMap((type) =>
      (needed[type] ?? []).flatMap(([resource, actions]) =>
        actions.filter((action) => !isAllowed(action, resource)),
      ),
    );
    expect(denied).toEqual([]);
    for (const action of Object.values(executionActions).flat()) {
      expect(actionsOf(execution)).toContain(action);
    }
  });

  it.each([
    ["s3:PutBucketPolicy", "arn:aws:s3:::shop-sitebucket978d4aeb-x1"],
    ["s3:GetObject", `${bucket}/index.html`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${account}:function:shop-x1`],
    ["lambda:InvokeFunction", lambda],
    ["iam:CreateRole", `arn:aws:iam::${account}:role/admin`],
    ["iam:AttachRolePolicy", role],
    ["iam:DeleteRolePermissionsBoundary", role],
    ["iam:CreatePolicyVersion", `arn:aws:iam::${account}:policy/notes-function-boundary`],
    [
      "iam:PassRole",
      `arn:aws:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-us-east-1`,
    ],
    ["iam:CreateUser", `arn:aws:iam::${account}:user/notes-x`],
    ["sts:AssumeRole", role],
  ])("does not allow %s on %s", (action, resource) => {
    expect(isAllowed(action, resource)).toBe(false);
  });

  it("gives rights to roles within the boundary alone, and passes them to Lambda alone", () => {
    const conditionsOf = (action: string) =>
      template.allowing(execution, action, role).map(({ Condition }) => Condition);
    const bounded = { StringEquals: { "iam:PermissionsBoundary": { Ref: "FunctionBoundary" } } };
    for (const action of [
      "iam:CreateRole",
      "iam:PutRolePolicy",
      "iam:PutRolePermissionsBoundary",
    ]) {
      expect([action, conditionsOf(action)]).toEqual([action, [bounded]]);
    }
    const toLambda = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
    expect(conditionsOf("iam:PassRole")).toEqual([toLambda]);
  });
});

describe("the boundary of the functions' roles", () => {
  it("is on each role of a stage that names it", () => {
    const roles = sites.flatMap((site) =>
      Object.values(site.template.findResources("AWS::IAM::Role")),
    );
    // Of three functions on Lambda@Edge, of the one that stays there, and of one behind the distribution.
    expect(roles).toHaveLength(5);
    for (const each of roles) {
      expect(JSON.stringify(each["Properties"])).toContain(":policy/notes-function-boundary");
    }
  });

  it("allows the logs of functions, secrets of the site's own name, and nothing else", () => {
    expect(actionsOf(boundary)).toEqual([
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
    ]);
    const reads = (name: string): boolean => {
      const secret = `arn:aws:secretsmanager:us-east-1:${account}:secret:${name}`;
      return template.allowing(boundary, "secretsmanager:GetSecretValue", secret).length > 0;
    };
    expect([reads("notes/session-keys-AbCdEf"), reads("shop/keys-AbCdEf")]).toEqual([true, false]);
    const logs = (region: string, group: string) =>
      template.allowing(
        boundary,
        "logs:PutLogEvents",
        `arn:aws:logs:${region}:${account}:log-group:/lambda-edge/${group}:log-stream:a`,
      );
    expect(logs("eu-central-1", "notes-prod")).toHaveLength(1);
    expect(logs("eu-central-1", "shop")).toEqual([]);
  });
});
