import type { Stack } from "@aws-sdk/client-cloudformation";
import { InfraError } from "../infra-error.ts";

/** What the stack says of itself once it is deployed. */
export interface StackOutputs {
  readonly DistributionUrl: string;
  readonly DistributionId: string;
  readonly BucketName: string;
}

/** Returns the name of the bucket that an earlier deploy has made; nothing where it has not come that far. */
export function earlierBucketName(stack: Stack | undefined): string | undefined {
  return outputOf(stack, "BucketName");
}

/**
 * Reads the outputs of a deployed stack.
 *
 * @throws {InfraError} `MISSING_OUTPUTS` when it lacks one.
 */
export function readStackOutputs(stack: Stack | undefined, stackName: string): StackOutputs {
  const output = (key: keyof StackOutputs) => {
    const value = outputOf(stack, key);
    if (value !== undefined) return value;
    throw new InfraError(
      "MISSING_OUTPUTS",
      `Stack ${JSON.stringify(stackName)} has no output ${key}: got ${JSON.stringify(stack?.Outputs ?? [])}. The site cannot be published without it. Is it another app's stack? Choose another stackName in edge.config.ts.`,
    );
  };
  return {
    DistributionUrl: output("DistributionUrl"),
    DistributionId: output("DistributionId"),
    BucketName: output("BucketName"),
  };
}

function outputOf(stack: Stack | undefined, key: keyof StackOutputs): string | undefined {
  return stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
}
