import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsClients } from "../aws/aws-clients.ts";
import { deployedTemplate } from "../aws/deployed-stack.ts";
import { type CdkTargetOptions, deployTarget } from "./deploy-target.ts";
import { prepareStack } from "./prepare-stack.ts";
import { progress } from "./progress.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { runCdk } from "./run-cdk.ts";

/**
 * Shows what a deploy would change, and changes nothing. It reads the stack with the caller's own
 * credentials and assumes no role, unless a `--method` is named: then the CDK CLI asks AWS itself.
 *
 * @throws {EdgeSiteError} As `deployTarget`, `prepareStack` and `runCdk`.
 */
export async function diff(options: CdkTargetOptions): Promise<void> {
  const { cdkArgs } = options;
  const target = await deployTarget(options);
  const clients = awsClients();
  await prepareStack(target, clients);
  progress.step("Stack");
  if (cdkArgs.some((each) => each.startsWith("--method"))) {
    await runCdk("diff", cdkArgs, target.assemblyFolder);
    return;
  }
  using folder = temporaryFolder();
  const file = join(folder.path, "deployed.json");
  const deployed = await deployedTemplate(clients.cloudFormation, target.stage.stackName);
  writeFileSync(file, JSON.stringify(deployed ?? {}));
  await runCdk("diff", ["--template", file, ...cdkArgs], target.assemblyFolder);
}
