import {
  type AssemblyStack,
  type CloudAssembly,
  CloudAssemblyError,
  type TemplateResource,
} from "cloud-assembly";
import type { AssemblyResources } from "./assembly-resources.ts";

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
 * @throws {CloudAssemblyError} when there is none, or several and the choice does not decide.
 */
export function selectDistribution(
  assembly: CloudAssembly,
  resources: AssemblyResources,
  choice: DistributionChoice,
): TemplateResource {
  const { distributionLogicalId } = choice;
  const stacks = resources.stacks.map(({ source }) => source);
  const all = chosenStacks(assembly.path, stacks, choice.stackName).flatMap((stack) =>
    resources.ofType(stack, distributionType),
  );
  const chosen = all.filter(
    ({ logicalId }) => distributionLogicalId === undefined || logicalId === distributionLogicalId,
  );
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    throw new CloudAssemblyError(
      `Several distributions are in ${JSON.stringify(assembly.path)}: got ${list(chosen)}. Choose one with ${decidingOptions(chosen)}.`,
    );
  }
  if (all.length > 0) {
    throw new CloudAssemblyError(
      `Distribution is not in ${JSON.stringify(assembly.path)}: got ${JSON.stringify(distributionLogicalId)}. There are ${list(all)}.`,
    );
  }
  throw new CloudAssemblyError(
    `No ${distributionType} is in ${JSON.stringify(assembly.path)}. Its stacks are ${names(stacks)}.`,
  );
}

function decidingOptions(distributions: readonly TemplateResource[]): string {
  const isEachOther = (values: readonly string[]): boolean =>
    new Set(values).size === distributions.length;
  if (isEachOther(distributions.map(({ logicalId }) => logicalId))) return "--distribution";
  return isEachOther(distributions.map(({ stack }) => stack.name))
    ? "--stack"
    : "--stack and --distribution";
}

function chosenStacks(
  path: string,
  stacks: readonly AssemblyStack[],
  stackName: string | undefined,
): readonly AssemblyStack[] {
  if (stackName === undefined) return stacks;
  const chosen = stacks.filter(
    (stack) => stack.name === stackName || stack.displayName === stackName,
  );
  if (chosen.length > 0) return chosen;
  throw new CloudAssemblyError(
    `Stack is not in ${JSON.stringify(path)}: got ${JSON.stringify(stackName)}. There are ${names(stacks)}.`,
  );
}

function list(distributions: readonly TemplateResource[]): string {
  return distributions
    .map(({ stack, logicalId }) => `${logicalId} (stack ${stack.name})`)
    .join(", ");
}

function names(stacks: readonly AssemblyStack[]): string {
  return stacks.map((stack) => JSON.stringify(stack.name)).join(", ") || "none";
}
