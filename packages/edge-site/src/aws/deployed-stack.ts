import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import type { JsonObject } from "cloud-assembly";
import { awsFailure } from "./aws-error.ts";

/**
 * Returns what CloudFormation says of a stack; nothing when there is none.
 *
 * @throws {EdgeSiteError} As `awsFailure`.
 */
export async function describeStack(
  cloudFormation: CloudFormationClient,
  stackName: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks } = await cloudFormation.send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return Stacks?.[0];
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw awsFailure(`Stack ${JSON.stringify(stackName)} cannot be described`, cause);
  }
}

/**
 * Returns the template that a stack was deployed with; nothing when there is none.
 *
 * @throws {EdgeSiteError} As `awsFailure`.
 */
export async function deployedTemplate(
  cloudFormation: CloudFormationClient,
  stackName: string,
): Promise<JsonObject | undefined> {
  try {
    const { TemplateBody = "{}" } = await cloudFormation.send(
      new GetTemplateCommand({ StackName: stackName, TemplateStage: "Original" }),
    );
    return JSON.parse(TemplateBody);
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw awsFailure(`The template of stack ${JSON.stringify(stackName)} cannot be read`, cause);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && error.message.includes("does not exist");
}
