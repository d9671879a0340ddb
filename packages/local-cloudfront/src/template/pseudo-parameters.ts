import { noValue } from "./template-value.ts";

/** Where and under which name a stack is deployed. */
export interface StackIdentity {
  readonly stackName: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/**
 * Returns the values of the pseudo parameters for a stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameters(stack: StackIdentity): ReadonlyMap<string, unknown> {
  const { partition, urlSuffix } = partitionOf(stack.region);
  const uuid = "00000000-0000-0000-0000-000000000000";
  return new Map<string, unknown>([
    ["AWS::AccountId", stack.accountId],
    ["AWS::NoValue", noValue],
    ["AWS::NotificationARNs", []],
    ["AWS::Partition", partition],
    ["AWS::Region", stack.region],
    [
      "AWS::StackId",
      `arn:${partition}:cloudformation:${stack.region}:${stack.accountId}:stack/${stack.stackName}/${uuid}`,
    ],
    ["AWS::StackName", stack.stackName],
    ["AWS::URLSuffix", urlSuffix],
  ]);
}

function partitionOf(region: string): { readonly partition: string; readonly urlSuffix: string } {
  if (region.startsWith("cn-")) return { partition: "aws-cn", urlSuffix: "amazonaws.com.cn" };
  if (region.startsWith("us-gov-")) return { partition: "aws-us-gov", urlSuffix: "amazonaws.com" };
  return { partition: "aws", urlSuffix: "amazonaws.com" };
}
