import { awsClients } from "../aws/aws-clients.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import { identifyCaller, refuseWrongAccount } from "../aws/identify-caller.ts";
import { stackResources } from "../aws/stack-resources.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import { stageOf } from "../config/stage-of.ts";
import { type CdkTargetOptions, deployTarget } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { type DeletedStack, deleteStack } from "./delete-stack.ts";
import { retainedResources } from "./retained-resources.ts";
import { sweep } from "./sweep.ts";

/** What is deleted. */
export interface DestroyOptions extends CdkTargetOptions {
  /** Whether what outlives the stack is deleted too, as far as it can be by now. */
  readonly sweep: boolean;
  /** Whether buckets are, with all that is in them. */
  readonly data: boolean;
}

/**
 * Deletes a stage's stack as far as AWS lets it be deleted, and lists what stays; with `sweep` it deletes of that what
 * can be deleted by now, and returns.
 *
 * @throws {EdgeSiteError} `STACK_PROTECTED`, `REPLICAS_REMAIN` when functions have to wait, `CDK_FAILED`, or as `sweep`
 */
export async function destroy(options: DestroyOptions): Promise<void> {
  refuseUnclear(options);
  const stage = stageOf(await loadEdgeConfig(options.configFile), options.stage);
  const { name, stackName } = stage;
  const clients = awsClients();
  const caller = await identifyCaller(clients.sts);
  refuseWrongAccount(caller, stage);
  progress.step(`Stage ${name}: stack ${stackName} in account ${caller.account}`);
  const stack = await describeStack(clients.cloudFormation, stackName);
  let deleted: DeletedStack = { isGone: true, waiting: [] };
  if (stack === undefined) {
    progress.detail(`there is no such stack${options.sweep ? "" : ", and nothing to delete"}`);
  } else {
    // What needs the built site only where there is a stack: a sweep comes hours later.
    const { assemblyFolder } = await deployTarget(options);
    const before = await stackResources(clients.cloudFormation, stackName);
    const retained = options.sweep ? [] : await retainedResources(stackName, before, clients.s3);
    try {
      deleted = await deleteStack(stack, stage, clients, options.cdkArgs, assemblyFolder);
    } finally {
      if (retained.length > 0) progress.step("What stays");
      retained.forEach(progress.detail);
    }
  }
  const { isGone, waiting } = deleted;
  if (!options.sweep && waiting.length > 0) throw replicasRemain(waiting);
  if (!options.sweep || (!isGone && waiting.length === 0)) return;
  await sweep(stackName, clients, {
    waiting,
    isDataDeleted: options.data,
    isForced: isForced(options),
  });
}

/** Before anything is deleted: of data, nobody is told afterwards that it should have been asked for. */
function refuseUnclear(options: DestroyOptions): void {
  if (options.data && !options.sweep) {
    throw new EdgeSiteError(
      "INVALID_ARGUMENT",
      "--data deletes what outlives the stack, and goes with --sweep: npx edge-site destroy --sweep --data",
    );
  }
  if (!options.data || isForced(options) || process.stdin.isTTY) return;
  throw new EdgeSiteError(
    "INVALID_ARGUMENT",
    "--data deletes buckets for good, and nobody can be asked here whether that is meant: add --force where it is.",
  );
}

/** As the CDK CLI has it. */
function isForced({ cdkArgs }: DestroyOptions): boolean {
  return cdkArgs.includes("--force") || cdkArgs.includes("-f");
}

function replicasRemain(functions: readonly string[]): EdgeSiteError {
  return new EdgeSiteError(
    "REPLICAS_REMAIN",
    `The distribution is gone, but AWS still holds replicas of the functions at the edge and deletes none of them before: got ${functions.join(", ")}. They go a few hours after the distribution. Run the same command again then.`,
  );
}
