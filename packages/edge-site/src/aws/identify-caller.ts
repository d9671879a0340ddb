import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { AwsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-error.ts";

/** Whose credentials they are. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
}

/**
 * Looks for AWS credentials where the CDK CLI looks too (environment variables, profiles, and what a
 * container or an instance offers), and asks AWS whose they are.
 *
 * @throws {EdgeSiteError} `NO_CREDENTIALS`, `EXPIRED_CREDENTIALS`, `UNKNOWN_CREDENTIALS` or `AWS_FAILED`.
 */
export async function identifyCaller(sts: STSClient): Promise<Caller> {
  await refuseMissingCredentials(sts);
  try {
    const { Account: account = "", Arn: arn = "" } = await sts.send(
      new GetCallerIdentityCommand({}),
    );
    return { account, arn };
  } catch (cause) {
    throw awsFailure("AWS does not say whose credentials these are", cause);
  }
}

/**
 * Asks AWS whose the credentials are, and refuses those of another account than the stage's.
 *
 * @throws {EdgeSiteError} `WRONG_ACCOUNT`, or as `identifyCaller`
 */
export async function identifyCallerFor(
  stage: ResolvedStageConfig,
  { sts }: Pick<AwsClients, "sts">,
): Promise<Caller> {
  const caller = await identifyCaller(sts);
  refuseWrongAccount(caller, stage);
  return caller;
}

/**
 * @throws {EdgeSiteError} `WRONG_ACCOUNT` when the stage names another account.
 */
export function refuseWrongAccount({ account, arn }: Caller, stage: ResolvedStageConfig): void {
  if (stage.account === undefined || stage.account === account) return;
  throw new EdgeSiteError(
    "WRONG_ACCOUNT",
    `The credentials are of another account than stages.${stage.name}.account: got ${account} (${arn}). Allowed: ${stage.account}. Name its profile in AWS_PROFILE, or choose another stage with --stage.`,
  );
}

async function refuseMissingCredentials(sts: STSClient): Promise<void> {
  try {
    await sts.config.credentials();
  } catch (cause) {
    const { AWS_PROFILE: profile } = process.env;
    const missing =
      profile === undefined
        ? "There are no AWS credentials"
        : `The AWS profile ${JSON.stringify(profile)} gives no credentials`;
    throw new EdgeSiteError(
      "NO_CREDENTIALS",
      `${missing}, so nothing was sent to AWS: sign in with "aws sso login" or "aws configure" and name the profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run this command again.`,
      { cause },
    );
  }
}
