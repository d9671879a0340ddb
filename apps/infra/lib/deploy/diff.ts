import { awsClients } from "../aws/aws-clients.ts";
import { deployTarget } from "./deploy-target.ts";
import { parseCommandArgs } from "./parse-command-args.ts";
import { prepareStack } from "./prepare-stack.ts";
import { progress } from "./progress.ts";
import { runCdk } from "./run-cdk.ts";

/**
 * Shows what a deploy would change, and changes nothing.
 *
 * @param args `--stage`, and further arguments for `cdk diff`.
 * @throws {InfraError} When it cannot be told.
 */
export async function diff(args: readonly string[]): Promise<void> {
  const { cdkArgs, ...named } = parseCommandArgs(args);
  const target = await deployTarget(named);
  await prepareStack(target, awsClients());
  progress.step("Stack");
  // A change set would need a role that may change the stack, which a review has no use for.
  const isChosen = cdkArgs.some((each) => each.startsWith("--method"));
  const method = isChosen ? [] : ["--method", "template"];
  await runCdk("diff", [...method, ...cdkArgs], target.assemblyFolder);
}
