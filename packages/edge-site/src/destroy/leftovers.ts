import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from "@aws-sdk/client-resource-groups-tagging-api";
import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { clientOptions } from "../aws/aws-clients.ts";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import { scriptLogGroup, validationLogGroup } from "../aws/edge-log-group.ts";
import { functionNameOf } from "../aws/function-resources.ts";
import { physicalIds, type StackResource, stackResources } from "../aws/stack-resources.ts";
import { isCanary } from "../canary/deployed-canary.ts";
import { siteMetadata } from "../deploy/assembled-site.ts";

/** What outlives the stacks of a name. */
export interface Leftovers {
  /** By name. */
  readonly functions: readonly string[];
  readonly buckets: readonly string[];
  /** Log groups that CloudFront has written, beside that of the functions on Lambda@Edge. */
  readonly validationLogGroups: readonly string[];
  readonly scriptLogGroups: readonly string[];
  /** Whether the log group of the functions on Lambda@Edge is that of what is listed. */
  readonly hasFunctionLogs: boolean;
  /** The ARNs of what is left of a stack of that name that was no site, or that CloudFormation has forgotten. */
  readonly foreign: readonly string[];
}

/** Stacks of which there may be leftovers. */
export interface LeftStack {
  readonly stackName: string;
  /** Whether those of a canary are meant, or those of a stage: both may have had the same name. */
  readonly isCanary: boolean;
}

interface TaggedResource {
  readonly arn: string;
  readonly stackId: string;
}

/**
 * Finds what outlives the stacks of a name that are deleted, as far as they can be.
 *
 * Something is a site's own where its tag `aws:cloudformation:stack-id`, which CloudFormation alone can set, names a
 * stack of which CloudFormation still has the template, as it does for 90 days after it was deleted, and that template
 * is one of edge-site. Names prove nothing: those of stack `notes` begin as those of stack `notes-prod` do. Functions
 * that an update of the stack took away, but could not delete because of their replicas, have these tags as well.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
 */
export async function findLeftovers(
  { stackName, isCanary: isOfCanary }: LeftStack,
  cloudFormation: CloudFormationClient,
): Promise<Leftovers> {
  const tagged = await taggedResources(stackName);
  const sites = new Map<string, readonly StackResource[]>();
  const others = new Set<string>();
  for (const stackId of new Set(tagged.map((each) => each.stackId))) {
    const template = await deployedTemplate(cloudFormation, stackId);
    if (template === undefined || siteMetadata(template) === undefined) continue;
    const isOther = isCanary(template) !== isOfCanary || (await isLive(stackId, cloudFormation));
    if (isOther) others.add(stackId);
    else sites.set(stackId, await stackResources(cloudFormation, stackId));
  }
  const own = tagged.filter(({ stackId }) => sites.has(stackId));
  const resources = [...sites.values()].flat();
  return {
    functions: namesIn(own, /^arn:[^:]+:lambda:.*:function:([^:]+)$/),
    buckets: namesIn(own, /^arn:[^:]+:s3:::([^/]+)$/),
    validationLogGroups: physicalIds(resources, "AWS::CloudFront::Distribution").map(
      validationLogGroup,
    ),
    scriptLogGroups: physicalIds(resources, "AWS::CloudFront::Function").map((arn) =>
      scriptLogGroup(functionNameOf(arn)),
    ),
    // A stage's own group has a name that nothing but its stack and a canary give.
    hasFunctionLogs: (sites.size > 0 || !isOfCanary) && !(await isLive(stackName, cloudFormation)),
    foreign: tagged
      .filter(({ stackId }) => !sites.has(stackId) && !others.has(stackId))
      .map(({ arn }) => arn),
  };
}

/** Whether a stack is there, rather than deleted as far as it can be. */
async function isLive(stack: string, cloudFormation: CloudFormationClient): Promise<boolean> {
  const { StackStatus: status } = (await describeStack(cloudFormation, stack)) ?? {};
  return status !== undefined && status !== "DELETE_COMPLETE" && status !== "DELETE_FAILED";
}

async function taggedResources(stackName: string): Promise<readonly TaggedResource[]> {
  const client = new ResourceGroupsTaggingAPIClient(clientOptions);
  const found: ResourceTagMapping[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await client.send(
      new GetResourcesCommand({
        TagFilters: [{ Key: "aws:cloudformation:stack-name", Values: [stackName] }],
        ResourceTypeFilters: ["lambda:function", "s3"],
        ...(PaginationToken !== undefined && { PaginationToken }),
      }),
    );
    found.push(...(page.ResourceTagMappingList ?? []));
    PaginationToken = page.PaginationToken === "" ? undefined : page.PaginationToken;
  } while (PaginationToken !== undefined);
  return found.map(({ ResourceARN = "", Tags = [] }) => ({
    arn: ResourceARN,
    stackId: Tags.find(({ Key }) => Key === "aws:cloudformation:stack-id")?.Value ?? "",
  }));
}

function namesIn(resources: readonly TaggedResource[], pattern: RegExp): readonly string[] {
  return resources.flatMap(({ arn }) => pattern.exec(arn)?.[1] ?? []);
}
