import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AwsTestDouble,
  type AwsTestDoubleOptions,
  testDoubleClients,
  testDoubleEnv,
} from "aws-test-double";
import { EvaluatedAssembly } from "cloud-assembly";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkCertificate } from "../src/doctor/check-certificate.ts";
import {
  checkCallerPermissions,
  checkCommandPermissions,
  checkExecutionPermissions,
} from "../src/doctor/check-permissions.ts";
import { checkLambdaQuotas } from "../src/doctor/check-quotas.ts";
import { checkRuntime, checkTrust, enginesOf } from "../src/doctor/check-template.ts";
import { edgeConfig } from "./notes/edge.config.ts";
import { synthesizedStack } from "../src/synth/synthesized-stack.ts";
import { stageOf } from "../src/config/stage-of.ts";
import { synthesized } from "./synthesized.ts";
import { runEdgeSite, runEdgeSiteHere } from "./run-edge-site.ts";

const home = mkdtempSync(join(tmpdir(), "doctor-"));
const site = synthesized();
afterAll(() => {
  site[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc";
const domain = { names: ["notes.example.com"], certificateArn };
const stack = synthesizedStack(site.assemblyFolder, "notes");

/** The assembly, with a text of its template replaced. */
function assemblyWith(text: string, other: string): EvaluatedAssembly {
  const template = JSON.parse(JSON.stringify(stack.template).replaceAll(text, other));
  return new EvaluatedAssembly([{ ...stack, template }]);
}
let aws: AwsTestDouble;

beforeEach(async () => {
  aws = await AwsTestDouble.open();
});

afterEach(() => aws[Symbol.asyncDispose]());

/** Replaces the test double by one that is as told. */
async function clientsOf(account: AwsTestDoubleOptions["account"] & object) {
  await aws[Symbol.asyncDispose]();
  aws = await AwsTestDouble.open({ account });
  return testDoubleClients(aws.url);
}

const withAssembly = ["--assembly", site.assemblyFolder];

describe("doctor", () => {
  it("ticks each check, and changes nothing", async () => {
    const { exitStatus, stdout, stderr } = await runEdgeSite(
      "doctor",
      withAssembly,
      home,
      testDoubleEnv(aws.url),
    );
    expect({ exitStatus, stderr }).toEqual({ exitStatus: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "
      Stage dev: stack notes
        ✔ trust of the execution roles: lambda and edgelambda
        ✔ runtime nodejs22.x, until 2027-04-30
        ✔ credentials of arn:aws:iam::111122223333:user/AKIATESTDOUBLE
        ✔ account 111122223333 for stage dev
        ✔ bootstrap of us-east-1, version 30
        ✔ stack notes: not deployed yet
        ✔ permissions of the credentials: 13 actions allowed
        ✔ permissions of CloudFormation's role: 4 actions allowed
        ✔ permissions for status: 7 actions allowed
        ✔ permissions for logs: 3 actions allowed
        ✔ permissions for replay: 4 actions allowed
        ✔ permissions for deploy --canary: 3 actions allowed
        ✔ permissions for destroy --sweep: 7 actions allowed
        ✔ permissions for destroy --sweep --data: 4 actions allowed
        ✔ certificate: CloudFront's own, for there is no domain
        ✔ quotas of Lambda: 1000 invocations at a time in each region
        ✔ quotas of CloudFront: 1 of 500 distributions
      "
    `);
    expect(aws.unknown).toEqual([]);
    expect(
      aws.requests.filter(({ action }) => /:(?:Create|Put|Update|Delete)/.test(action)),
    ).toEqual([]);
  });

  it("ends with status 1 and the remedy beneath each check that fails", async () => {
    const { exitStatus, stdout, stderr } = await runEdgeSiteHere("doctor", withAssembly, home);
    expect(exitStatus).toBe(1);
    expect(stdout).toMatch(/✘ credentials\n +There are no AWS credentials, so nothing was sent/);
    expect(stderr).toBe(
      'Stage "dev" cannot be deployed yet: got 1 ✘ above. Follow the line below each, then run the same command again.\n',
    );
  });
});

describe("the check of the certificate", () => {
  const certificates = (status: string, ...names: string[]) => ({
    certificates: new Map([[certificateArn, { status, names }]]),
  });

  it.each([
    ["one that covers the names", certificates("ISSUED", "notes.example.com"), "good"],
    ["one with an asterisk", certificates("ISSUED", "*.example.com"), "good"],
    ["one for other names", certificates("ISSUED", "*.notes.example.com"), "bad"],
    ["one that is not validated", certificates("PENDING_VALIDATION", "*.example.com"), "bad"],
    ["none", {}, "bad"],
  ] as const)("finds %s", async (_name, account, verdict) => {
    const { acm } = await clientsOf(account);
    expect(await checkCertificate(acm, domain)).toMatchObject({ verdict });
  });
});

describe("the other checks", () => {
  const stage = stageOf(edgeConfig);
  const caller = {
    account: "111122223333",
    arn: "arn:aws:sts::111122223333:assumed-role/deploy/session",
  };

  it("name the permissions that are missing, of the role behind a session", async () => {
    const { iam } = await clientsOf({ deniedActions: ["cloudfront:CreateInvalidation"] });
    expect(await checkCallerPermissions(iam, caller, stage)).toMatchObject({
      verdict: "unknown",
      finding: expect.stringContaining("cloudfront:CreateInvalidation"),
      remedy: expect.stringContaining("arn:aws:iam::111122223333:role/deploy"),
    });
  });

  it("name the commands that lack a permission, none of which keeps from deploying", async () => {
    const { iam } = await clientsOf({
      deniedActions: ["logs:FilterLogEvents", "tag:GetResources"],
    });
    const results = await Promise.all(checkCommandPermissions(iam, caller));
    expect(results.filter(({ verdict }) => verdict !== "good")).toEqual([
      expect.objectContaining({
        verdict: "unknown",
        finding: "permissions for logs: not allowed on every resource: logs:FilterLogEvents",
      }),
      expect.objectContaining({
        verdict: "unknown",
        finding: "permissions for destroy --sweep: not allowed on every resource: tag:GetResources",
      }),
    ]);
  });

  it("name what CloudFormation's role lacks for the engines that the template has functions for", async () => {
    using scripts = synthesized({ engine: "cloudfront-function" });
    const { iam } = await clientsOf({ deniedActions: ["cloudfront:PublishFunction"] });
    const verdicts = [site, scripts].map(async ({ assemblyFolder }) => {
      const assembly = new EvaluatedAssembly([synthesizedStack(assemblyFolder, "notes")]);
      return checkExecutionPermissions(iam, caller, enginesOf(assembly));
    });
    expect(await Promise.all(verdicts)).toEqual([
      { verdict: "good", finding: "permissions of CloudFormation's role: 4 actions allowed" },
      expect.objectContaining({
        verdict: "unknown",
        finding: expect.stringContaining(
          "not allowed on every resource: cloudfront:PublishFunction",
        ),
      }),
    ]);
  });

  it("name what a key value store needs of the credentials and of CloudFormation's role", async () => {
    const denied = ["cloudfront-keyvaluestore:UpdateKeys", "cloudfront:CreateKeyValueStore"];
    const { iam } = await clientsOf({ deniedActions: denied });
    expect(await checkCallerPermissions(iam, caller, stage, { hasStore: true })).toMatchObject({
      finding: expect.stringMatching(/: cloudfront-keyvaluestore:UpdateKeys$/),
    });
    expect(
      await checkExecutionPermissions(iam, caller, ["cloudfront-function", "key-value-store"]),
    ).toMatchObject({ finding: expect.stringMatching(/: cloudfront:CreateKeyValueStore$/) });
  });

  it("say how to let permissions be seen", async () => {
    const { iam } = testDoubleClients(aws.url);
    aws.faultOf = () => "access denied";
    expect(await checkCallerPermissions(iam, caller, stage)).toEqual({
      verdict: "unknown",
      finding: "permissions of the credentials",
      remedy: "Allow iam:SimulatePrincipalPolicy to see them.",
    });
  });

  it("name an account in which few functions can run at a time", async () => {
    const { lambda } = await clientsOf({ concurrentExecutions: 10 });
    expect(await checkLambdaQuotas(lambda)).toMatchObject({
      verdict: "unknown",
      finding: "quotas of Lambda: 10 invocations at a time in each region, where 1000 are usual",
    });
  });

  it("LE-F-01: find a role that Lambda@Edge cannot assume", () => {
    const assembly = assemblyWith('"edgelambda.amazonaws.com",', "");
    expect(checkTrust(assembly)).toMatchObject({
      verdict: "bad",
      finding: expect.stringContaining("lacks edgelambda.amazonaws.com"),
    });
  });

  it("take nodejs22.x for confirmed, and nodejs24.x not", () => {
    const newer = assemblyWith("nodejs22.x", "nodejs24.x");
    expect(checkRuntime(new EvaluatedAssembly([stack])).verdict).toBe("good");
    expect(checkRuntime(newer)).toMatchObject({
      verdict: "unknown",
      remedy: expect.stringContaining('runtime: "nodejs22.x" for the stage'),
    });
  });
});
