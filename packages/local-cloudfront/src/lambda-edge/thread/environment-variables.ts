/** What requests to AWS are signed with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Empty for credentials that do not end. */
  readonly sessionToken: string;
}

/** Enough for a signer to sign; AWS refuses what they sign. */
export const testCredentials: AwsCredentials = {
  accessKeyId: "test",
  secretAccessKey: "test",
  sessionToken: "test",
};

/** What the variables of a function tell it of itself. */
export interface DescribedFunction {
  /** The name of the replica, as in `us-east-1.rewrite`. */
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryMb: number;
  readonly runtime: string;
  readonly handler: string;
  readonly taskRoot: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** The Region in which the function runs, not that of the distribution (LE-E-23). */
  readonly region: string;
}

/**
 * Returns the environment variables that Lambda sets, and nothing of the machine's own. A Lambda@Edge
 * function has no others (LE-E-08).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(
  identity: DescribedFunction,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Record<string, string> {
  return {
    _HANDLER: identity.handler,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_DEFAULT_REGION: identity.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${identity.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(identity.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: identity.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: identity.functionVersion,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: identity.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: identity.logStreamName,
    AWS_REGION: identity.region,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== "" && { AWS_SESSION_TOKEN: sessionToken }),
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LAMBDA_TASK_ROOT: identity.taskRoot,
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TZ: ":UTC",
  };
}
