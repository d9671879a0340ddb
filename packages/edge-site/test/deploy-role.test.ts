import { describe, expect, it } from "vitest";
import { deployActions, diffActions, previewActions } from "../src/aws/deploy-actions.ts";
import { actionsOf, policyAccount as account, PolicyTemplate } from "./iam-policy.ts";

const storeArn = "arn:aws:cloudfront::111122223333:key-value-store/8f1b-4e";
const template = new PolicyTemplate("deploy-role.yaml", {
  GitHubRepository: "someone/notes",
  PreviewStoreArn: storeArn,
});

/** The statements of a role: whom it trusts, and what it may do. */
function statementsOf(role: "DeployRole" | "DiffRole" | "PreviewRole") {
  const { AssumeRolePolicyDocument: trust, Policies: policies } = template.propertiesOf(role);
  return {
    trust: trust.Statement,
    policy: policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
  };
}

const deploy = statementsOf("DeployRole");
const diff = statementsOf("DiffRole");
const preview = statementsOf("PreviewRole");

function isAllowed({ policy }: typeof deploy, action: string, resource: string): boolean {
  return template.allowing(policy, action, resource).length > 0;
}

const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;

/** The claims of GitHub's identity that a role asks for: all of them are compared as they are. */
function trustedClaims({ trust: [statement, ...others] }: typeof deploy) {
  expect(others).toEqual([]);
  expect(statement?.Action).toBe("sts:AssumeRoleWithWebIdentity");
  const { StringEquals: equals, ...otherConditions } = statement?.Condition ?? {};
  expect(otherConditions).toEqual({});
  const { [claim("aud")]: audience, ...claims } = equals ?? {};
  expect(audience).toBe("sts.amazonaws.com");
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, template.substituted(value)]),
  );
}

const role = (name: string) =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${name}-${account}-us-east-1`;

describe("the role for pull requests", () => {
  it("trusts pull requests of one repository, which those of a fork are not", () => {
    expect(trustedClaims(diff)).toEqual({ [claim("sub")]: "repo:someone/notes:pull_request" });
  });

  it("allows what a diff asks, and no other action: no role, and no other stack", () => {
    expect(actionsOf(diff.policy)).toEqual(Object.values(diffActions).flat().toSorted());
    const stack = (name: string) => `arn:aws:cloudformation:us-east-1:${account}:stack/${name}/1`;
    expect(isAllowed(diff, "cloudformation:GetTemplate", stack("notes"))).toBe(true);
    expect(isAllowed(diff, "cloudformation:GetTemplate", stack("shop"))).toBe(false);
    expect(isAllowed(diff, "sts:AssumeRole", role("lookup-role"))).toBe(false);
  });
});

describe("the role for deploys", () => {
  it("allows what a deploy asks with its caller's credentials, and no other action", () => {
    expect(actionsOf(deploy.policy)).toEqual(Object.values(deployActions).flat().toSorted());
    expect(new Set(deploy.policy.map(({ Effect }) => Effect))).toEqual(new Set(["Allow"]));
  });

  it("trusts jobs of one environment on one branch of one repository", () => {
    expect(trustedClaims(deploy)).toEqual({
      [claim("sub")]: "repo:someone/notes:environment:production",
      [claim("ref")]: "refs/heads/main",
    });
  });

  const bucket = "arn:aws:s3:::notes-sitebucket978d4aeb-x1";
  const logs = (region: string, group: string) =>
    `arn:aws:logs:${region}:${account}:log-group:/lambda-edge/${group}`;

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
    [
      "cloudfront-keyvaluestore:UpdateKeys",
      `arn:aws:cloudfront::${account}:key-value-store/8f1b-4e`,
    ],
    ["logs:PutRetentionPolicy", logs("eu-central-1", "notes")],
    ["logs:PutRetentionPolicy", logs("eu-central-1", "notes-prod")],
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
    [
      "cloudfront-keyvaluestore:UpdateKeys",
      "arn:aws:cloudfront::444455556666:key-value-store/8f1b-4e",
    ],
    ["logs:PutRetentionPolicy", logs("eu-central-1", "shop")],
  ])("does not allow %s on %s", (action, resource) => {
    expect(isAllowed(deploy, action, resource)).toBe(false);
  });
});

describe("the role for previews", () => {
  it("trusts pull requests of one repository, which those of a fork are not", () => {
    expect(trustedClaims(preview)).toEqual({ [claim("sub")]: "repo:someone/notes:pull_request" });
  });

  it("allows what previews need, and no other action", () => {
    expect(actionsOf(preview.policy)).toEqual(previewActions.toSorted());
  });

  const bucketOf = (stack: string) => `arn:aws:s3:::${stack}-sitebucket978d4aeb-x1/index.html`;

  it("allows it on the bucket and the store of the stage of previews, and on no other's", () => {
    expect(isAllowed(preview, "s3:PutObject", bucketOf("notes-previews"))).toBe(true);
    expect(isAllowed(preview, "s3:PutObject", bucketOf("notes"))).toBe(false);
    expect(isAllowed(preview, "s3:PutObject", bucketOf("notes-prod"))).toBe(false);
    const updateKeys = "cloudfront-keyvaluestore:UpdateKeys";
    expect(isAllowed(preview, updateKeys, storeArn)).toBe(true);
    expect(isAllowed(preview, updateKeys, `${storeArn}-other`)).toBe(false);
  });
});
