import {
  AwsTestDouble,
  type AwsTestDoubleOptions,
  createTestStack,
  testDoubleClients,
} from "aws-test-double";
import { afterEach, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { identifyCaller, refuseWrongAccount } from "../src/aws/identify-caller.ts";
import { refuseMissingBootstrap } from "../src/aws/refuse-missing-bootstrap.ts";
import { settleStack } from "../src/aws/settle-stack.ts";
import { stageOf } from "../src/config/stage-of.ts";

let aws: AwsTestDouble | undefined;

afterEach(() => aws?.[Symbol.asyncDispose]());

async function open(options: AwsTestDoubleOptions = {}) {
  const double = await AwsTestDouble.open(options);
  aws = double;
  return { double, ...testDoubleClients(double.url) };
}

const stage = { ...stageOf(edgeConfig, "prod"), account: "999999999999" };

describe("credentials", () => {
  it("that have expired are told from all other failures", async () => {
    const { double, sts } = await open();
    double.faultOf = () => "expired";
    await expect(identifyCaller(sts)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: The AWS credentials have expired: got ExpiredToken from AWS. Sign in again with "aws sso login" or take new keys, then run this command again.]`,
    );
  });

  it("of another account than the stage's are refused, with both accounts", async () => {
    const { sts } = await open();
    const caller = await identifyCaller(sts);
    expect(() => refuseWrongAccount(caller, stage)).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: The credentials are of another account than stages.prod.account: got 111122223333 (arn:aws:iam::111122223333:user/test). Allowed: 999999999999. Name its profile in AWS_PROFILE, or choose another stage with --stage.]`,
    );
    refuseWrongAccount(caller, { ...stage, account: caller.account });
    refuseWrongAccount(caller, { ...stage, account: undefined });
  });

  it("are not blamed when AWS cannot be reached", async () => {
    const { double, sts } = await open();
    double.faultOf = () => "connection reset";
    await expect(identifyCaller(sts)).rejects.toThrow(
      /^AWS does not say whose credentials these are: got .* Run the command again/,
    );
  });
});

describe("an account", () => {
  it("that is not bootstrapped is refused with the command that does it", async () => {
    const { ssm } = await open({ isBootstrapped: false });
    await expect(
      refuseMissingBootstrap(ssm, "111122223333"),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: Account 111122223333 has not been prepared for the CDK in us-east-1, and nothing was changed in it. Run once: npx edge-site bootstrap]`,
    );
  });

  it("that does not let its bootstrap be seen is left to the CDK CLI", async () => {
    const { double, ssm } = await open();
    expect(await refuseMissingBootstrap(ssm, "111122223333")).toBe("30");
    double.faultOf = () => "access denied";
    expect(await refuseMissingBootstrap(ssm, "111122223333")).toBeUndefined();
  });
});

describe("a stack", () => {
  const said: string[] = [];
  const waiting = {
    everySeconds: 5,
    sleep: async () => {},
    say: (line: string) => said.push(line),
  };

  it.each(["UPDATE_ROLLBACK_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED"])(
    "in %s is refused with the command that helps",
    async (status) => {
      const { double, cloudFormation } = await open();
      double.cloudFormation.stacks.set("notes", { ...createTestStack("notes"), status });
      await expect(
        settleStack(cloudFormation, "notes", waiting),
      ).rejects.toThrowErrorMatchingSnapshot();
    },
  );

  it("that an interrupted run has left at work is waited for", async () => {
    const { double, cloudFormation } = await open();
    const status = "UPDATE_COMPLETE";
    double.cloudFormation.stacks.set("notes", { ...createTestStack("notes"), status });
    double.cloudFormation.busyCount = 3;
    expect(await settleStack(cloudFormation, "notes", waiting)).toMatchObject({
      StackStatus: status,
    });
    expect(said).toEqual(["notes is in UPDATE_IN_PROGRESS: waiting until it is done"]);
    expect(double.requests).toHaveLength(4);
  });

  it("that is not there, or has a change set and nothing else, is none", async () => {
    const { double, cloudFormation } = await open();
    expect(await settleStack(cloudFormation, "notes", waiting)).toBeUndefined();
    double.cloudFormation.stacks.set("notes", createTestStack("notes"));
    expect(await settleStack(cloudFormation, "notes", waiting)).toBeUndefined();
  });
});
