import type { AssemblyStack } from "../assembly/cloud-assembly.ts";
import { noValue } from "../value/template-value.ts";

/**
 * Returns the values of the pseudo parameters of a stack; undefined where only the deployment knows
 * one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameters({
  name,
  account,
  region,
}: AssemblyStack): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ["AWS::AccountId", account],
    ["AWS::NoValue", noValue],
    ["AWS::NotificationARNs", []],
    ["AWS::Partition", region && partitionOf(region)],
    ["AWS::Region", region],
    ["AWS::StackId", undefined],
    ["AWS::StackName", name],
    ["AWS::URLSuffix", region && urlSuffixOf(region)],
  ]);
}

/** Returns the partition of a Region: the second part of its ARNs. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Returns what the host names of a Region's services end in. */
export function urlSuffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
