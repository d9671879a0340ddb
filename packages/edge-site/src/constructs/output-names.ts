/** The stack's output that has the ARN of the key value store of the live release. */
export const releaseStoreOutput = "ReleaseStoreArn";

/** The output of a canary's stack that has the id of its continuous deployment policy. */
export const policyIdOutput = "ContinuousDeploymentPolicyId";

/** The output of a canary's stack that has the id of its release. */
export const canaryReleaseOutput = "CanaryRelease";

/** Returns the name of the output that has the ARN of a key value store. */
export function storeArnOutput(logicalId: string): string {
  return `${logicalId}Arn`;
}
