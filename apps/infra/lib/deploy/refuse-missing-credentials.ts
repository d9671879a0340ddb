import { S3Client } from "@aws-sdk/client-s3";
import { InfraError } from "../infra-error.ts";

/**
 * Looks for AWS credentials where the CDK CLI looks too: environment variables, profiles, and what a
 * container or an instance offers.
 *
 * @throws {InfraError} `NO_CREDENTIALS` when there are none.
 */
export async function refuseMissingCredentials(): Promise<void> {
  try {
    await new S3Client({ region: "us-east-1" }).config.credentials();
  } catch (cause) {
    const { AWS_PROFILE: profile } = process.env;
    const missing =
      profile === undefined
        ? "There are no AWS credentials"
        : `The AWS profile ${JSON.stringify(profile)} gives no credentials`;
    throw new InfraError(
      "NO_CREDENTIALS",
      `${missing}, so nothing was sent to AWS: sign in with "aws sso login" or "aws configure" and name the profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run this command again.`,
      { cause },
    );
  }
}
