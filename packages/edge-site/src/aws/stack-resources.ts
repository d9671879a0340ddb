import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";

/** A resource of a deployed stack. */
export interface StackResource {
  readonly logicalId: string;
  /** As the resource's own service names it. */
  readonly physicalId: string;
  readonly type: string;
  /** As in `DELETE_FAILED`. */
  readonly status: string;
}

/** Returns the resources of a stack, which has a hundred at most. */
export async function stackResources(
  cloudFormation: CloudFormationClient,
  stackName: string,
): Promise<readonly StackResource[]> {
  const { StackResources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  return StackResources.map((resource) => ({
    logicalId: resource.LogicalResourceId ?? "",
    physicalId: resource.PhysicalResourceId ?? "",
    type: resource.ResourceType ?? "",
    status: resource.ResourceStatus ?? "",
  }));
}

/** Returns the physical ids of the resources of a type. */
export function physicalIds(
  resources: readonly StackResource[],
  ofType: string,
): readonly string[] {
  return resources
    .filter(({ type, physicalId }) => type === ofType && physicalId !== "")
    .map(({ physicalId }) => physicalId);
}
