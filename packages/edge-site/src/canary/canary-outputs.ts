/** The output of a canary's stack that has the id of its continuous deployment policy. */
export const policyIdOutput = "ContinuousDeploymentPolicyId";

/** The one that has the id of the release that its files are, whether they are published as one or not. */
export const canaryReleaseOutput = "CanaryRelease";
