import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { EdgeSiteError } from "../edge-site-error.ts";
import { stackRegion } from "./aws-clients.ts";
import { awsErrorName, awsFailure, isDenied } from "./aws-error.ts";

/** The parameter in which the CDK's bootstrap stack keeps its version. */
const versionParameter = "/cdk-bootstrap/hnb659fds/version";

/**
 * Returns the version of the account's bootstrap stack, nothing when the caller may not read it: the CDK
 * CLI asks again, as a role that may.
 *
 * @throws {EdgeSiteError} `NOT_BOOTSTRAPPED`, or as `awsFailure`.
 */
export async function refuseMissingBootstrap(
  ssm: SSMClient,
  account: string,
): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: versionParameter }));
    return Parameter?.Value;
  } catch (cause) {
    if (isDenied(cause)) return undefined;
    if (awsErrorName(cause) !== "ParameterNotFound") {
      throw awsFailure("The CDK's bootstrap stack cannot be asked for its version", cause);
    }
    throw new EdgeSiteError(
      "NOT_BOOTSTRAPPED",
      `Account ${account} has not been prepared for the CDK in ${stackRegion}, and nothing was changed in it. Run once: npx edge-site bootstrap`,
      { cause },
    );
  }
}
