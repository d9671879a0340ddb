import { awsClients, stackRegion } from "../aws/aws-clients.ts";
import { identifyCaller } from "../aws/identify-caller.ts";
import { runCdk } from "./run-cdk.ts";

/**
 * Prepares the account of the caller's credentials for the CDK, in the region of edge functions.
 *
 * @param cdkArgs Further arguments for `cdk bootstrap`.
 * @throws {EdgeSiteError} as `identifyCaller` and `runCdk`
 */
export async function bootstrap(cdkArgs: readonly string[]): Promise<void> {
  const { account } = await identifyCaller(awsClients().sts);
  await runCdk("bootstrap", [`aws://${account}/${stackRegion}`, ...cdkArgs]);
}
