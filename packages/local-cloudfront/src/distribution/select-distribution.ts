import type { AssemblyStack, CloudAssembly } from "../cloud-assembly/cloud-assembly.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { AssemblyResources, StackResource } from "./assembly-resources.ts";

/** Which of several distributions is meant. */
export interface DistributionChoice {
  /** A stack's name, or the CDK's path of it (`Prod/Site`). */
  readonly stackName?: string | undefined;
  readonly distributionLogicalId?: string | undefined;
}

const distributionType = "AWS::CloudFront::Distribution";

/**
 * Finds the one distribution that is meant.
 *
 * @throws {LocalCloudFrontError} when there is none, or several and the choice does not decide.
 */
export function selectDistribution(
  assembly: CloudAssembly,
  resources: AssemblyResources,
  choice: DistributionChoice,
): StackResource {
  const { distributionLogicalId } = choice;
  const all = chosenStacks(assembly, choice.stackName).flatMap((stack) =>
    resources.ofType(stack, distributionType),
  );
  const chosen = all.filter(
    ({ resource }) =>
      distributionLogicalId === undefined || resource.logicalId === distributionLogicalId,
  );
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    throw new LocalCloudFrontError(
      `Several distributions are in ${JSON.stringify(assembly.path)}: got ${list(chosen)}. Choose one with --stack and --distribution.`,
    );
  }
  if (all.length > 0) {
    throw new LocalCloudFrontError(
      `Distribution is not in ${JSON.stringify(assembly.path)}: got ${JSON.stringify(distributionLogicalId)}. There are ${list(all)}.`,
    );
  }
  throw new LocalCloudFrontError(
    `No ${distributionType} is in ${JSON.stringify(assembly.path)}. Its stacks are ${names(assembly.stacks)}.`,
  );
}

function chosenStacks(
  { path, stacks }: CloudAssembly,
  stackName: string | undefined,
): readonly AssemblyStack[] {
  if (stackName === undefined) return stacks;
  const chosen = stacks.filter(
    (stack) => stack.name === stackName || stack.displayName === stackName,
  );
  if (chosen.length > 0) return chosen;
  throw new LocalCloudFrontError(
    `Stack is not in ${JSON.stringify(path)}: got ${JSON.stringify(stackName)}. There are ${names(stacks)}.`,
  );
}

function list(distributions: readonly StackResource[]): string {
  return distributions
    .map(({ stack, resource }) => `${resource.logicalId} (stack ${stack.name})`)
    .join(", ");
}

function names(stacks: readonly AssemblyStack[]): string {
  return stacks.map((stack) => JSON.stringify(stack.name)).join(", ") || "none";
}
