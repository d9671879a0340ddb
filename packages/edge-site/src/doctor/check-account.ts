import type { AwsClients } from "../aws/aws-clients.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import { type Caller, identifyCaller, refuseWrongAccount } from "../aws/identify-caller.ts";
import { refuseMissingBootstrap } from "../aws/refuse-missing-bootstrap.ts";
import { refuseHalfFinished } from "../aws/settle-stack.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { bad, type CheckResult, good, unknown } from "./check-result.ts";

/** Whose credentials they are, where AWS says so. */
export async function checkCredentials({
  sts,
}: AwsClients): Promise<{ readonly result: CheckResult; readonly caller: Caller | undefined }> {
  try {
    const caller = await identifyCaller(sts);
    return { result: good(`credentials of ${caller.arn}`), caller };
  } catch (error) {
    return { result: badBy("credentials", error), caller: undefined };
  }
}

/** Whether the stage belongs into the caller's account. */
export function checkAccount(caller: Caller, stage: ResolvedStageConfig): CheckResult {
  try {
    refuseWrongAccount(caller, stage);
    return good(`account ${caller.account} for stage ${stage.name}`);
  } catch (error) {
    return badBy("account", error);
  }
}

/** Whether the account has been prepared for the CDK in us-east-1. */
export async function checkBootstrap({ ssm }: AwsClients, caller: Caller): Promise<CheckResult> {
  return byRefusal("bootstrap of us-east-1", async () => {
    const version = await refuseMissingBootstrap(ssm, caller.account);
    return version === undefined
      ? unknown("bootstrap of us-east-1", "Allow ssm:GetParameter to see its version.")
      : good(`bootstrap of us-east-1, version ${version}`);
  });
}

/** Whether CloudFormation takes an update of the stack. */
export async function checkStack(
  { cloudFormation }: AwsClients,
  { stackName }: ResolvedStageConfig,
): Promise<CheckResult> {
  return byRefusal(`stack ${stackName}`, async () => {
    const stack = await describeStack(cloudFormation, stackName);
    refuseHalfFinished(stack, stackName);
    return good(`stack ${stackName}: ${stack?.StackStatus ?? "not deployed yet"}`);
  });
}

async function byRefusal(subject: string, check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    return badBy(subject, error);
  }
}

function badBy(subject: string, error: unknown): CheckResult {
  if (error instanceof EdgeSiteError) return bad(subject, error.message);
  throw error;
}
