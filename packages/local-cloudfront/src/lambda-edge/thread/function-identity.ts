import type { EdgeFunction } from "../../distribution/edge-functions.ts";

/** What a function is called where it runs: CloudFront runs a replica of it (LE-F-05, LE-F-20). */
export interface ReplicaIdentity {
  /** As in `us-east-1.rewrite`: the Region of the original, whatever the replica's own. */
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
}

const HOME_REGION = "us-east-1";

/** Returns the identity of a function's replica in a Region. */
export function replicaIdentity(edgeFunction: EdgeFunction, region: string): ReplicaIdentity {
  const { name, version, arn } = edgeFunction;
  const functionName = `${HOME_REGION}.${name}`;
  const account = arn.split(":")[4] ?? "";
  return {
    functionName,
    invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:${functionName}:${version}`,
    logGroupName: logGroupName(edgeFunction),
  };
}

/**
 * Returns the log group of a function: its own, in each Region, or that of its replicas, whose
 * prefix never changes (LE-F-05, LE-F-06).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export function logGroupName(edgeFunction: EdgeFunction): string {
  const { name, logGroupName: ownName } = edgeFunction;
  return ownName === undefined || ownName === `/aws/lambda/${name}`
    ? `/aws/lambda/${HOME_REGION}.${name}`
    : ownName;
}

/** Returns a name for the log stream of a new execution environment, as in `2026/09/30/[3]0f…`. */
export function logStreamName(nowMs: number, version: string, id: string): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${id}`;
}
