import type { Stack } from "@aws-sdk/client-cloudformation";
import { releaseStoreOutput } from "../constructs/output-names.ts";
import { EdgeSiteError } from "../edge-site-error.ts";

/** What the stack says of itself once it is deployed. */
export interface StackOutputs {
  readonly DistributionUrl: string;
  readonly DistributionId: string;
  readonly BucketName: string;
  /** The key value store of the live release; undefined where the site has no releases. */
  readonly ReleaseStoreArn: string | undefined;
}

/** Returns the name of the bucket that an earlier deploy has made; nothing where it has not come that far. */
export function earlierBucketName(stack: Stack | undefined): string | undefined {
  return stackOutput(stack, "BucketName");
}

/**
 * Reads the outputs of a deployed stack.
 *
 * @throws {EdgeSiteError} `MISSING_OUTPUTS` when it lacks one.
 */
export function readStackOutputs(stack: Stack | undefined, stackName: string): StackOutputs {
  return {
    DistributionUrl: requiredOutput(stack, stackName, "DistributionUrl"),
    DistributionId: requiredOutput(stack, stackName, "DistributionId"),
    BucketName: requiredOutput(stack, stackName, "BucketName"),
    ReleaseStoreArn: stackOutput(stack, releaseStoreOutput),
  };
}

/**
 * Returns an output of a deployed stack.
 *
 * @throws {EdgeSiteError} `MISSING_OUTPUTS` when there is none.
 */
export function requiredOutput(stack: Stack | undefined, stackName: string, key: string): string {
  const value = stackOutput(stack, key);
  if (value !== undefined) return value;
  throw new EdgeSiteError(
    "MISSING_OUTPUTS",
    `Stack ${JSON.stringify(stackName)} has no output ${key}: got ${JSON.stringify(stack?.Outputs ?? [])}. The site cannot be published without it. Is it another app's stack? Choose another stackName in edge.config.ts.`,
  );
}

/** Returns an output of a stack; nothing where there is none. */
export function stackOutput(stack: Stack | undefined, key: string): string | undefined {
  return stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
}
