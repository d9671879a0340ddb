import type { AwsClients } from "../aws/aws-clients.ts";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import { openStage } from "../aws/open-stage.ts";
import { stackResources } from "../aws/stack-resources.ts";
import { canaryStackName, isCanary, refuseWhileCanaryRuns } from "../canary/deployed-canary.ts";
import { type CdkTargetOptions, deployTarget, namedAssembly } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { deleteStack, refuseProtected, type StackDeletion } from "./delete-stack.ts";
import type { LeftStack } from "./leftovers.ts";
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
 * @throws {EdgeSiteError} `STACK_PROTECTED`, `CANARY_RUNNING`, `REPLICAS_REMAIN` when functions have to wait, `CDK_FAILED`, or as
 *   `sweep`
 */
export async function destroy(options: DestroyOptions): Promise<void> {
  refuseUnclear(options);
  if (options.assembly !== undefined) namedAssembly(options.assembly);
  const { stage, clients, caller } = await openStage(options);
  const { name, stackName } = stage;
  progress.step(`Stage ${name}: stack ${stackName} in account ${caller.account}`);
  refuseProtected(await describeStack(clients.cloudFormation, stackName), stage);
  await refuseWhileCanaryRuns(stage, clients);
  const canary = canaryStackName(stackName);
  const hasCanary = isCanary(await deployedTemplate(clients.cloudFormation, canary));
  const stacks = [
    ...(hasCanary
      ? [{ stackName: canary, isCanary: true, assembly: () => canaryAssembly(canary) }]
      : []),
    {
      stackName,
      isCanary: false,
      assembly: async () => (await deployTarget(options)).assemblyFolder,
    },
  ];
  const deleted: DeletedStack[] = [];
  for (const each of stacks) deleted.push(await destroyStack(each, options, clients));
  if (deleted.every(({ isFound }) => !isFound)) {
    progress.detail(`there is no such stack${options.sweep ? "" : ", and nothing to delete"}`);
  }
  const waiting = deleted.flatMap((each) => each.waiting);
  if (!options.sweep && waiting.length > 0) throw replicasRemain(waiting);
  // Who was asked has said no.
  const isKept = deleted.some((each) => !each.isGone && each.waiting.length === 0);
  if (!options.sweep || isKept) return;
  const how = { isDataDeleted: options.data, isForced: isForced(options) };
  // Of one that was deleted before.
  const ofCanary = hasCanary ? [] : [{ stackName: canary, isCanary: true, waiting: [] }];
  await sweep([...deleted, ...ofCanary], clients, how);
}

async function canaryAssembly(stackName: string): Promise<string> {
  // It loads the CDK.
  const { emptyAssembly } = await import("./empty-assembly.ts");
  return emptyAssembly(stackName);
}

interface StackToDelete extends LeftStack {
  /** What the CDK CLI deletes it by; made where there is a stack, for it may need the built site. */
  readonly assembly: () => Promise<string>;
}

interface DeletedStack extends StackDeletion, LeftStack {
  readonly isFound: boolean;
}

async function destroyStack(
  { assembly, ...named }: StackToDelete,
  { sweep: isSwept, cdkArgs }: DestroyOptions,
  { cloudFormation, s3 }: AwsClients,
): Promise<DeletedStack> {
  const { stackName } = named;
  const stack = await describeStack(cloudFormation, stackName);
  if (stack === undefined) return { ...named, isFound: false, isGone: true, waiting: [] };
  const folder = await assembly();
  const before = await stackResources(cloudFormation, stackName);
  const retained = isSwept ? [] : await retainedResources(stackName, before, s3);
  try {
    const deletion = await deleteStack(stack, stackName, { cloudFormation }, cdkArgs, folder);
    return { ...named, isFound: true, ...deletion };
  } finally {
    if (retained.length > 0) progress.step("What stays");
    retained.forEach(progress.detail);
  }
}

/** Before anything is deleted: afterwards it is too late to ask about data. */
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
