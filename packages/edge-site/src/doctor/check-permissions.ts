import { type IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { awsErrorName, isDenied } from "../aws/aws-error.ts";
import {
  canaryActions,
  deployActions,
  executionActions,
  logsActions,
  previewActions,
  releaseActions,
  replayActions,
  statusActions,
  sweepActions,
} from "../aws/deploy-actions.ts";
import type { Caller } from "../aws/identify-caller.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { bad, type CheckResult, good, unknown } from "./check-result.ts";

/** What a stage has that a deploy asks more for. */
export interface DeployedParts {
  /** @default false */
  readonly hasStore?: boolean;
  /** @default false */
  readonly hasReleases?: boolean;
}

/** Whether the caller may do what a deploy does, by IAM's own simulation. */
export function checkCallerPermissions(
  iam: IAMClient,
  { arn }: Caller,
  { logRetentionDays }: ResolvedStageConfig,
  { hasStore = false, hasReleases = false }: DeployedParts = {},
): Promise<CheckResult> {
  const { always, logRetention, keyValueStore, releases } = deployActions;
  const actions = [
    ...always,
    ...(logRetentionDays === undefined ? [] : logRetention),
    ...(hasStore ? keyValueStore : []),
    ...(hasReleases ? releases : []),
  ];
  return simulate(iam, "permissions of the credentials", principalOf(arn), actions);
}

/** What the commands beside deploy need, by how they are called. */
const commandActions: Readonly<Record<string, readonly string[]>> = {
  status: statusActions,
  logs: logsActions,
  replay: replayActions,
  "deploy --canary": Object.values(canaryActions).flat(),
  "destroy --sweep": sweepActions.always,
  "destroy --sweep --data": sweepActions.data,
};

/** The same of a stage with releases. */
const releaseCommandActions: Readonly<Record<string, readonly string[]>> = {
  "rollback, releases and release prune": releaseActions,
  "deploy --preview and previews": previewActions,
};

/** Whether the caller may do what the commands beside deploy do, command by command. */
export function checkCommandPermissions(
  iam: IAMClient,
  { arn }: Caller,
  { hasReleases = false }: DeployedParts = {},
): readonly Promise<CheckResult>[] {
  const all = { ...commandActions, ...(hasReleases && releaseCommandActions) };
  return Object.entries(all).map(([command, actions]) =>
    simulate(iam, `permissions for ${command}`, principalOf(arn), actions),
  );
}

/** Whether the role by which CloudFormation acts may put the parts of a template at the edge. */
export function checkExecutionPermissions(
  iam: IAMClient,
  { account, arn }: Caller,
  parts: readonly (keyof typeof executionActions)[],
): Promise<CheckResult> {
  const [, partition = "aws"] = arn.split(":");
  const role = `arn:${partition}:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-us-east-1`;
  const actions = parts.flatMap((part) => executionActions[part]);
  return simulate(iam, "permissions of CloudFormation's role", role, actions);
}

async function simulate(
  iam: IAMClient,
  subject: string,
  principal: string,
  actions: readonly string[],
): Promise<CheckResult> {
  try {
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principal,
        // The simulation takes no asterisk.
        ActionNames: actions.map((action) => action.replace("*", "")),
      }),
    );
    const denied = EvaluationResults.filter(({ EvalDecision }) => EvalDecision !== "allowed");
    if (denied.length === 0) return good(`${subject}: ${actions.length} actions allowed`);
    const names = denied.map(({ EvalActionName }) => EvalActionName).join(", ");
    // A policy that names resources is not met by a simulation of all of them.
    return unknown(
      `${subject}: not allowed on every resource: ${names}`,
      `Give ${principal} these actions, if its policy does not give them on this stack's resources already.`,
    );
  } catch (error) {
    if (isDenied(error)) return unknown(subject, "Allow iam:SimulatePrincipalPolicy to see them.");
    if (awsErrorName(error) === "NoSuchEntityException" || awsErrorName(error) === "NoSuchEntity") {
      return bad(`${subject}: ${principal} does not exist`, "Bootstrap the account, see above.");
    }
    throw error;
  }
}

/** An assumed role is simulated as the role that it is. */
function principalOf(arn: string): string {
  const [, partition, account, role] =
    /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
}
