import type { TemplateProperty } from "cloud-assembly";
import type { Resolution } from "./resolution.ts";

/** A policy of the assembly. */
export interface FoundPolicy {
  /** Its logical id. */
  readonly id: string;
  readonly name: string;
  /** As in `CachePolicyConfig`. */
  readonly config: TemplateProperty;
}

/**
 * Finds the policy of the assembly that an id names.
 *
 * @throws {CloudAssemblyError} when there is none.
 */
export function findPolicy(
  id: TemplateProperty,
  kind: "CachePolicy" | "OriginRequestPolicy" | "ResponseHeadersPolicy",
  { resources, stack }: Resolution,
): FoundPolicy {
  const type = `AWS::CloudFront::${kind}`;
  const policy = resources.find(stack, type, id.string());
  if (policy === undefined) {
    throw id.error(
      "is the id of no managed policy, and of no policy in the assembly",
      `Name a managed policy's id, or put the ${type} into the same template.`,
    );
  }
  const config = policy.properties.property(`${kind}Config`);
  const { logicalId } = policy;
  return {
    id: logicalId,
    name: config.property("Name").optionalString() ?? logicalId,
    config,
  };
}
