import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { AwsCredentials } from "../lambda-edge/thread/environment-variables.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

const run = promisify(execFile);

/**
 * Returns the developer's credentials for AWS: those of the environment, or else what the AWS CLI exports,
 * which knows profiles and single sign-on.
 *
 * @throws {LocalCloudFrontError} where there are none.
 * @see https://docs.aws.amazon.com/cli/latest/reference/configure/export-credentials.html
 */
export async function readCredentials(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<AwsCredentials> {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken = "",
  } = environment;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken };
  const command = ["configure", "export-credentials", "--format", "process"];
  try {
    const { stdout } = await run("aws", command, { env: environment });
    const exported = JSON.parse(stdout) as Readonly<Record<string, string>>;
    return {
      accessKeyId: exported["AccessKeyId"] ?? "",
      secretAccessKey: exported["SecretAccessKey"] ?? "",
      sessionToken: exported["SessionToken"] ?? "",
    };
  } catch (cause) {
    throw new LocalCloudFrontError(
      `Credentials cannot be read: AWS_ACCESS_KEY_ID is not set, and \`aws ${command.join(" ")}\` failed. Log in (\`aws sso login\`), set AWS_PROFILE, or start without credentials.`,
      { cause },
    );
  }
}
