import { createInterface } from "node:readline/promises";
import { DeleteFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import { type AwsClients, clientOptions } from "../aws/aws-clients.ts";
import { awsErrorName, awsFailure } from "../aws/aws-error.ts";
import { edgeLogGroup } from "../aws/edge-log-group.ts";
import { progress } from "../deploy/progress.ts";
import { deleteBucket } from "./delete-bucket.ts";
import { deleteLogGroups } from "./delete-log-groups.ts";
import { findLeftovers, type Leftovers, type LeftStack } from "./leftovers.ts";
import { contentOf } from "./retained-resources.ts";
import { Swept } from "./swept.ts";

/** A stack that is gone, but for functions that CloudFormation could not delete, for their replicas are still there. */
export interface SweptStack extends LeftStack {
  readonly waiting: readonly string[];
}

/** How far a sweep goes. */
export interface SweepOptions {
  readonly isDataDeleted: boolean;
  /** Whether nobody is asked before data is deleted. */
  readonly isForced: boolean;
}

/**
 * Deletes what outlives the stacks of a name as far as it can be deleted by now: functions whose replicas are gone,
 * then their logs in all regions, and buckets where that is asked for; and says what is left, and why.
 *
 * Functions and buckets have the tags by which all the rest is found, so that they go after it: a sweep that was cut
 * short finds it again.
 *
 * @throws {EdgeSiteError} as `awsFailure`, once all else is done
 */
export async function sweep(
  stacks: readonly SweptStack[],
  { cloudFormation, s3 }: Pick<AwsClients, "cloudFormation" | "s3">,
  options: SweepOptions,
): Promise<void> {
  progress.step("Sweep");
  const found = await Promise.all(stacks.map((each) => findLeftovers(each, cloudFormation))).catch(
    (cause: unknown) => {
      throw awsFailure("What is left cannot be found", cause);
    },
  );
  const all = (key: Exclude<keyof Leftovers, "hasFunctionLogs">) =>
    found.flatMap((each) => each[key]);
  const swept = new Swept();
  const ofCloudFront = [all("validationLogGroups"), all("scriptLogGroups")] as const;
  await sweepLogs(swept, "logs of CloudFront", ...ofCloudFront);
  const goneGroups: string[] = [];
  for (const [index, { stackName, waiting }] of stacks.entries()) {
    const isGone = await sweepFunctions(swept, found[index]?.functions ?? [], waiting);
    const group = edgeLogGroup(stackName);
    if (found[index]?.hasFunctionLogs !== true) continue;
    if (isGone) goneGroups.push(group);
    else swept.leave(`logs in ${group}: go after the functions`);
  }
  await sweepLogs(swept, "logs of the functions", goneGroups, []);
  for (const name of all("buckets")) await sweepBucket(swept, name, s3, options);
  for (const arn of all("foreign")) {
    swept.leave(
      `${arn}: not touched, for nothing proves that it is the site's: the stack that made it is none of edge-site, or was deleted more than 90 days ago`,
    );
  }
  swept.report();
}

async function sweepLogs(
  swept: Swept,
  subject: string,
  everywhere: readonly string[],
  central: readonly string[],
): Promise<void> {
  if (swept.hasFailed) return;
  await swept.attempt(subject, async () => {
    const { count, refused } = await deleteLogGroups(everywhere, central);
    if (count > 0) progress.detail(`${subject} deleted: ${count} log groups`);
    if (refused.length > 0) swept.leave(`${subject}: not looked for in ${refused.join(", ")}`);
  });
}

/** @returns Whether none waits for its replicas to go. */
async function sweepFunctions(
  swept: Swept,
  functions: readonly string[],
  waiting: readonly string[],
): Promise<boolean> {
  waiting.forEach((name) => swept.wait(name));
  let isGone = waiting.length === 0;
  if (swept.hasFailed) return isGone;
  const lambda = new LambdaClient(clientOptions);
  for (const FunctionName of functions.filter((name) => !waiting.includes(name))) {
    await swept.attempt(`function ${FunctionName}`, async () => {
      try {
        await lambda.send(new DeleteFunctionCommand({ FunctionName }));
        progress.detail(`function ${FunctionName} deleted`);
      } catch (error) {
        // What is deleted keeps its tags for a while.
        if (awsErrorName(error) === "ResourceNotFoundException") return;
        if (!isReplicated(error)) throw error;
        swept.wait(FunctionName);
        isGone = false;
      }
    });
  }
  return isGone;
}

/** LE-F-17. */
function isReplicated(error: unknown): boolean {
  return (
    awsErrorName(error) === "InvalidParameterValueException" &&
    error instanceof Error &&
    error.message.includes("replicated function")
  );
}

async function sweepBucket(
  swept: Swept,
  name: string,
  s3: S3Client,
  { isDataDeleted, isForced }: SweepOptions,
): Promise<void> {
  const content = await contentOf(name, s3);
  if (content === undefined) return;
  const bucket = `bucket ${name}${content}`;
  if (!isDataDeleted) swept.leave(`${bucket}: kept, --data deletes it`);
  else if (swept.hasFailed) swept.leave(`${bucket}: goes after what is above`);
  else if (!isForced && !(await isMeant(bucket))) swept.leave(`${bucket}: kept`);
  else {
    await swept.attempt(bucket, async () => {
      const count = await deleteBucket(name, s3);
      progress.detail(`bucket ${name} deleted, with ${count} versions of objects`);
    });
  }
}

async function isMeant(bucket: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`  Delete ${bucket} for good (y/n)? `);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
