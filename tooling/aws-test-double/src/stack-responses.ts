import { escapeXml } from "./aws-response.ts";
import type { TestStack } from "./test-stack.ts";

/** Returns what DescribeStacks says of a stack. */
export function stackResponse(stack: TestStack, state: { busyCount: number }): string {
  const status = state.busyCount > 0 ? "UPDATE_IN_PROGRESS" : stack.status;
  state.busyCount = Math.max(0, state.busyCount - 1);
  const outputs = Object.entries(stack.outputs)
    .map(
      ([key, value]) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${escapeXml(value)}</OutputValue></member>`,
    )
    .join("");
  return `<Stacks><member><StackName>${stack.name}</StackName><StackId>${stack.id}</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime>${stack.deletionTime === undefined ? "" : `<DeletionTime>${stack.deletionTime}</DeletionTime>`}<StackStatus>${status}</StackStatus>${parametersResponse(stack)}<EnableTerminationProtection>${stack.isProtected}</EnableTerminationProtection><Outputs>${outputs}</Outputs></member></Stacks>`;
}

function parametersResponse({ parameters }: TestStack): string {
  const members = Object.entries(parameters).map(
    ([key, value]) =>
      `<member><ParameterKey>${key}</ParameterKey><ParameterValue>${value}</ParameterValue></member>`,
  );
  return `<Parameters>${members.join("")}</Parameters>`;
}

/** Returns what DescribeStackResources says of a stack. */
export function stackResourcesResponse(stack: TestStack): string {
  const members = stack.resources.map(
    ({ logicalId, physicalId, type }) =>
      `<member><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><Timestamp>2026-01-01T00:00:00Z</Timestamp><ResourceStatus>${resourceStatus(stack, logicalId, physicalId)}</ResourceStatus></member>`,
  );
  return `<StackResources>${members.join("")}</StackResources>`;
}

function resourceStatus(
  { status, template, notDeleted }: TestStack,
  logicalId: string,
  physicalId: string,
): string {
  if (!status.startsWith("DELETE_")) return status;
  if (notDeleted.includes(physicalId)) return "DELETE_FAILED";
  const isRetained = template.Resources?.[logicalId]?.DeletionPolicy === "Retain";
  return isRetained ? "DELETE_SKIPPED" : "DELETE_COMPLETE";
}
