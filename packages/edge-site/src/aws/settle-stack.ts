import type { CloudFormationClient, Stack } from "@aws-sdk/client-cloudformation";
import { EdgeSiteError } from "../edge-site-error.ts";
import { describeStack } from "./deployed-stack.ts";

/** How a command waits. */
export interface Waiting {
  /** Between two questions. */
  readonly everySeconds: number;
  readonly sleep: (seconds: number) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/**
 * Waits until nobody is at work on a stack, as an earlier run may be that was interrupted.
 *
 * @returns The stack, which can be updated; nothing when there is none.
 * @throws {EdgeSiteError} `STACK_NOT_READY` with the command that helps.
 */
export async function settleStack(
  cloudFormation: CloudFormationClient,
  stackName: string,
  { everySeconds, sleep, say }: Waiting,
): Promise<Stack | undefined> {
  let stack = await describeStack(cloudFormation, stackName);
  if (isBusy(stack)) say(`${stackName} is in ${stack?.StackStatus}: waiting until it is done`);
  while (isBusy(stack)) {
    await sleep(everySeconds);
    stack = await describeStack(cloudFormation, stackName);
  }
  refuseHalfFinished(stack, stackName);
  return stack?.StackStatus === "REVIEW_IN_PROGRESS" ? undefined : stack;
}

function isBusy(stack: Stack | undefined): boolean {
  const { StackStatus: status = "" } = stack ?? {};
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** @throws {EdgeSiteError} `STACK_NOT_READY` when CloudFormation takes no update of the stack. */
export function refuseHalfFinished(stack: Stack | undefined, stackName: string): void {
  const { StackStatus: status = "" } = stack ?? {};
  const remedy = remedies[status];
  if (remedy === undefined) return;
  throw new EdgeSiteError(
    "STACK_NOT_READY",
    `Stack ${JSON.stringify(stackName)} is half-finished: got ${status}. ${remedy(stackName)}`,
  );
}

const destroyFirst = (stackName: string) =>
  `Delete what is left of it, then deploy again: npx edge-site destroy (or: aws cloudformation delete-stack --region us-east-1 --stack-name ${stackName})`;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
const remedies: Readonly<Record<string, (stackName: string) => string>> = {
  UPDATE_ROLLBACK_FAILED: (stackName) =>
    `Let CloudFormation finish its rollback, then deploy again: aws cloudformation continue-update-rollback --region us-east-1 --stack-name ${stackName}`,
  ROLLBACK_FAILED: destroyFirst,
  DELETE_FAILED: destroyFirst,
};
