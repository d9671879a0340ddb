import { readFileSync } from "node:fs";
import { InfraError } from "../infra-error.ts";

/** What the stack says of itself once it is deployed. */
export interface StackOutputs {
  readonly DistributionUrl: string;
  readonly DistributionId: string;
  readonly BucketName: string;
}

/**
 * Reads the outputs of a stack from the file that `cdk deploy --outputs-file` has written.
 *
 * @throws {InfraError} `CDK_FAILED` when the file lacks them.
 */
export function readStackOutputs(file: string, stackName: string): StackOutputs {
  const stacks: Readonly<Record<string, StackOutputs>> = JSON.parse(readFileSync(file, "utf8"));
  const outputs = stacks[stackName];
  if (outputs?.BucketName === undefined || outputs.DistributionId === undefined) {
    throw new InfraError(
      "CDK_FAILED",
      `Stack ${JSON.stringify(stackName)} has no outputs BucketName and DistributionId: got ${JSON.stringify(outputs) ?? "nothing"}. The site cannot be published without them.`,
    );
  }
  return outputs;
}
