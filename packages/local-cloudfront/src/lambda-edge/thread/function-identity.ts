import type { LambdaFunction } from "../../distribution/edge-functions.ts";

/** What a function is called where it runs: CloudFront runs a replica of it (LE-F-05, LE-F-20). */
export interface FunctionIdentity {
  /** At the edge as in `us-east-1.rewrite`: the Region of the original, whatever the replica's own. */
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
  /** Where it runs. */
  readonly region: string;
}

const HOME_REGION = "us-east-1";

/**
 * Returns the identity of a function: that of its replica, or its own where it runs behind an origin.
 *
 * @param edgeRegion the Region of replicas.
 */
export function functionIdentity(lambda: LambdaFunction, edgeRegion: string): FunctionIdentity {
  const { name, version, arn } = lambda;
  const [, , , region = "", account = ""] = arn.split(":");
  const group = logGroupName(lambda);
  if (!isAtEdge(lambda)) {
    return { functionName: name, invokedFunctionArn: arn, logGroupName: group, region };
  }
  const functionName = `${HOME_REGION}.${name}`;
  return {
    functionName,
    invokedFunctionArn: `arn:aws:lambda:${edgeRegion}:${account}:function:${functionName}:${version}`,
    logGroupName: group,
    region: edgeRegion,
  };
}

function isAtEdge({ environmentVariables }: LambdaFunction): boolean {
  return environmentVariables === undefined;
}

/**
 * Returns the log group of a function: its own, in each Region, or that of its replicas, whose
 * prefix never changes (LE-F-05, LE-F-06).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export function logGroupName(lambda: LambdaFunction): string {
  const { name, logGroupName: ownName } = lambda;
  if (!isAtEdge(lambda)) return ownName ?? `/aws/lambda/${name}`;
  return ownName === undefined || ownName === `/aws/lambda/${name}`
    ? `/aws/lambda/${HOME_REGION}.${name}`
    : ownName;
}

/** Returns a name for the log stream of a new execution environment, as in `2026/09/30/[3]0f…`. */
export function logStreamName(nowMs: number, version: string, id: string): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${id}`;
}
