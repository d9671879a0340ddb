import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { deployActions } from "../lib/aws/deploy-actions.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const file = new URL("../iam/deploy-role.yaml", import.meta.url);
const { Resources: resources, Parameters: parameters } = parse(readFileSync(file, "utf8"));

/** The statements of a role: whom it trusts, and what it may do. */
function statementsOf(role: "DeployRole" | "DiffRole") {
  const { AssumeRolePolicyDocument: trust, Policies: policies } = resources[role].Properties;
  const [{ PolicyDocument: policy }] = policies;
  return { trust: trust.Statement, policy: policy.Statement as readonly Statement[] };
}

const deploy = statementsOf("DeployRole");
const diff = statementsOf("DiffRole");

const account = "111122223333";
const values: Readonly<Record<string, string>> = {
  "AWS::Partition": "aws",
  "AWS::AccountId": account,
  StackName: parameters.StackName.Default,
  BootstrapQualifier: parameters.BootstrapQualifier.Default,
  GitHubRepository: "someone/notes",
  GitHubEnvironment: parameters.GitHubEnvironment.Default,
};

function listOf<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item];
}

/** Every resource of the policy is an `Fn::Sub`. */
function substituted(value: unknown): string {
  const { "Fn::Sub": text } = value as { readonly "Fn::Sub": string };
  return text.replaceAll(/\$\{([^}]+)\}/g, (_all, name: string) => values[name] ?? "unknown");
}

/** Decides as IAM does for statements that allow, of this form. */
function isAllowed({ policy }: typeof deploy, action: string, resource: string): boolean {
  return policy.some(
    (statement) =>
      listOf(statement.Action).includes(action) &&
      listOf(statement.Resource).some((pattern) => {
        const escaped = substituted(pattern).replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
        return new RegExp(`^${escaped.replaceAll("*", ".*")}$`).test(resource);
      }),
  );
}

function actionsOf({ policy }: typeof deploy): readonly string[] {
  return policy.flatMap(({ Action }) => listOf(Action)).toSorted();
}

/** The `sub` of GitHub's identity that a role trusts, and nothing beside it. */
function trustedSubject({ trust: [statement, ...others] }: typeof deploy): string {
  expect(others).toEqual([]);
  expect(statement.Action).toBe("sts:AssumeRoleWithWebIdentity");
  const { StringEquals: equals, ...otherConditions } = statement.Condition;
  expect(otherConditions).toEqual({});
  const { "token.actions.githubusercontent.com:sub": subject, ...audience } = equals;
  expect(audience).toEqual({ "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" });
  return substituted(subject);
}

const role = (name: string) =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${name}-${account}-us-east-1`;

describe("the role for pull requests", () => {
  it("trusts pull requests of one repository, which those of a fork are not", () => {
    expect(trustedSubject(diff)).toBe("repo:someone/notes:pull_request");
  });

  it("reads the stacks, and can assume no role that changes anything", () => {
    expect(actionsOf(diff)).toEqual([
      "cloudformation:DescribeStacks",
      "cloudformation:GetTemplate",
      "ssm:GetParameter",
      "sts:AssumeRole",
    ]);
    expect(isAllowed(diff, "sts:AssumeRole", role("lookup-role"))).toBe(true);
    expect(isAllowed(diff, "sts:AssumeRole", role("deploy-role"))).toBe(false);
  });
});

describe("the role for deploys", () => {
  it("allows what a deploy asks with its caller's credentials, and no other action", () => {
    expect(actionsOf(deploy)).toEqual(
      [...deployActions.always, ...deployActions.logRetention].toSorted(),
    );
    expect(new Set(deploy.policy.map(({ Effect }) => Effect))).toEqual(new Set(["Allow"]));
  });

  it("trusts jobs of one environment of one repository", () => {
    expect(trustedSubject(deploy)).toBe("repo:someone/notes:environment:production");
  });

  const bucket = "arn:aws:s3:::notes-sitebucket978d4aeb-x1";
  const logs = (region: string, group: string) =>
    `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${group}`;

  it.each([
    ["sts:AssumeRole", role("deploy-role")],
    ["sts:AssumeRole", role("file-publishing-role")],
    ["sts:AssumeRole", role("lookup-role")],
    ["cloudformation:DescribeStacks", `arn:aws:cloudformation:us-east-1:${account}:stack/notes/1`],
    [
      "cloudformation:GetTemplate",
      `arn:aws:cloudformation:us-east-1:${account}:stack/notes-prod/1`,
    ],
    ["s3:ListBucket", bucket],
    ["s3:PutObject", `${bucket}/index.html`],
    ["s3:PutObject", "arn:aws:s3:::notes-prod-sitebucket978d4aeb-x1/assets/app.js"],
    ["cloudfront:CreateInvalidation", `arn:aws:cloudfront::${account}:distribution/E1`],
    ["logs:PutRetentionPolicy", logs("eu-central-1", "us-east-1.notes-SiteSpaRewriteFunction-x1")],
  ])("allows %s on %s", (action, resource) => {
    expect(isAllowed(deploy, action, resource)).toBe(true);
  });

  it.each([
    ["sts:AssumeRole", role("cfn-exec-role")],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/admin`],
    ["cloudformation:GetTemplate", `arn:aws:cloudformation:us-east-1:${account}:stack/shop/1`],
    ["s3:PutObject", "arn:aws:s3:::shop-sitebucket978d4aeb-x1/index.html"],
    ["s3:PutObject", "arn:aws:s3:::cdk-hnb659fds-assets-111122223333-us-east-1/a.zip"],
    ["cloudfront:CreateInvalidation", "arn:aws:cloudfront::444455556666:distribution/E1"],
    ["logs:PutRetentionPolicy", logs("eu-central-1", "us-east-1.shop-Function-x1")],
  ])("does not allow %s on %s", (action, resource) => {
    expect(isAllowed(deploy, action, resource)).toBe(false);
  });
});
