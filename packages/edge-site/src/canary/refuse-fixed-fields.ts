import type { AwsClients } from "../aws/aws-clients.ts";
import { deployedTemplate } from "../aws/deployed-stack.ts";
import { distributionConfigOf } from "../aws/template-resources.ts";
import type { DeployTarget } from "../deploy/deploy-target.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { synthesizedStack } from "../synth/synthesized-stack.ts";

/** What a distribution with a policy cannot be given, nor a staging distribution have otherwise. */
const fixedFields = [
  "Aliases",
  "HttpVersion",
  "IPV6Enabled",
  "PriceClass",
  "ViewerCertificate",
  "WebACLId",
];

/**
 * Refuses what cannot be tried on part of the viewers, nor be deployed while part of them get a canary.
 *
 * @throws {EdgeSiteError} `NO_CANARY`
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-continuous-deployment.html
 */
export async function refuseFixedFields(
  { stage: { stackName }, assemblyFolder }: DeployTarget,
  { cloudFormation }: Pick<AwsClients, "cloudFormation">,
): Promise<void> {
  const before = distributionConfigOf(await deployedTemplate(cloudFormation, stackName));
  const after = distributionConfigOf(synthesizedStack(assemblyFolder, stackName).template);
  const changed = fixedFields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (changed.length === 0) return;
  throw new EdgeSiteError(
    "NO_CANARY",
    `A canary can change functions, cache behaviors, origins and error pages, and nothing else: got a change of ${changed.join(", ")}. Deploy that without --canary first.`,
  );
}
