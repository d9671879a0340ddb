import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import type { ResolvedStageConfig } from "../src/config/stage-config.ts";
import { synthesized } from "./synthesized.ts";

interface Violation {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** Synthesizes with cdk-nag's AwsSolutions: a finding that is not acknowledged is thrown. */
function acknowledged(stageChanges: Partial<ResolvedStageConfig>): readonly string[] {
  using site = synthesized({}, stageChanges, { validationPlugins: [new AwsSolutionsChecks()] });
  const report = readFileSync(join(site.assemblyFolder, "validation-report.json"), "utf8");
  const [{ violations, suppressedViolations }] = JSON.parse(report).pluginReports;
  expect(violations).toEqual([]);
  const reasons = suppressedViolations.map(
    ({ ruleName, reason, violatingConstructs: [construct] }: Violation) => {
      const [rule] = ruleName.split("[");
      // However many functions there are, each for the same reason.
      const path = construct?.constructPath
        .replace(/\w+(?=\/Logs\/)/, "*")
        .replace(/\/Resource$/, "");
      return `${rule} ${path}: ${reason}`;
    },
  );
  return [...new Set<string>(reasons)].toSorted();
}

describe("cdk-nag's AwsSolutions finds nothing that is not acknowledged with a reason", () => {
  it("in a stage with its defaults", () => {
    expect(acknowledged({})).toMatchInlineSnapshot(`
      [
        "AwsSolutions-CFR1 notes/Site/Distribution: The site is for viewers everywhere.",
        "AwsSolutions-CFR2 notes/Site/Distribution: Static files need no firewall; a stage takes one as webAclArn.",
        "AwsSolutions-CFR3 notes/Site/Distribution: Access logs hold the addresses of viewers; a stage asks for them as accessLogs.",
        "AwsSolutions-CFR4 notes/Site/Distribution: CloudFront sets the TLS versions of its own d….cloudfront.net name itself.",
        "AwsSolutions-IAM5 notes/Site/SecretRedirect/Role: A function runs and writes its log streams in each region with viewers.",
        "AwsSolutions-IAM5 notes/Site/SecurityHeaders/Role: A function runs and writes its log streams in each region with viewers.",
        "AwsSolutions-IAM5 notes/Site/SpaRewrite/Role: A function runs and writes its log streams in each region with viewers.",
        "AwsSolutions-L1 notes/Site/SecretRedirect/Function: The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
        "AwsSolutions-L1 notes/Site/SecurityHeaders/Function: The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
        "AwsSolutions-L1 notes/Site/SpaRewrite/Function: The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
        "AwsSolutions-S1 notes/Site/Bucket: Only the distribution reads the bucket: the access logs of the stage have each request.",
      ]
    `);
  });

  it("in a stage with domain, web ACL, access logs and alarms, where less has to be", () => {
    const account = "111122223333";
    const stage = {
      domain: {
        names: ["notes.example.com"],
        certificateArn: `arn:aws:acm:us-east-1:${account}:certificate/0123-abc`,
      },
      webAclArn: `arn:aws:wafv2:us-east-1:${account}:global/webacl/notes/0123-abc`,
      accessLogs: { retentionDays: 7 },
      alarms: { email: "team@example.com" },
    };
    expect(acknowledged(stage)).toMatchInlineSnapshot(`
      [
        "AwsSolutions-CFR1 notes/Site/Distribution: The site is for viewers everywhere.",
        "AwsSolutions-IAM5 notes/Site/SecretRedirect/Role: A function runs and writes its log streams in each region with viewers.",
        "AwsSolutions-IAM5 notes/Site/SecurityHeaders/Role: A function runs and writes its log streams in each region with viewers.",
        "AwsSolutions-IAM5 notes/Site/SpaRewrite/Role: A function runs and writes its log streams in each region with viewers.",
        "AwsSolutions-L1 notes/Site/SecretRedirect/Function: The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
        "AwsSolutions-L1 notes/Site/SecurityHeaders/Function: The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
        "AwsSolutions-L1 notes/Site/SpaRewrite/Function: The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
        "AwsSolutions-S1 notes/Site/AccessLogs: Logs of the bucket of the logs would be written for ever.",
        "AwsSolutions-S1 notes/Site/Bucket: Only the distribution reads the bucket: the access logs of the stage have each request.",
      ]
    `);
  });
});
