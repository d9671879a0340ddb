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

type PolicyKind = "CachePolicy" | "OriginRequestPolicy" | "ResponseHeadersPolicy";

/** A managed policy of each kind: CachingOptimized, AllViewerExceptHostHeader, SecurityHeadersPolicy. */
const managedExamples: Readonly<Record<PolicyKind, string>> = {
  CachePolicy: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  OriginRequestPolicy: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  ResponseHeadersPolicy: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};

/** Returns the id of a managed policy that stands in for one outside the assembly, else the id itself. */
export function policyIdOf(id: TemplateProperty, { resources }: Resolution): string {
  return resources.standInFor(id.string()) ?? id.string();
}

/**
 * Finds the policy of the assembly that an id names.
 *
 * @throws {CloudAssemblyError} when there is none.
 */
export function findPolicy(
  id: TemplateProperty,
  kind: PolicyKind,
  { resources, stack }: Resolution,
): FoundPolicy {
  const type = `AWS::CloudFront::${kind}`;
  const policy = resources.find(stack, type, id.string());
  if (policy === undefined) {
    throw id.error(
      "is the id of no managed policy, and of no policy in the assembly",
      `Pass --value ${id.string()}=${managedExamples[kind]}, or the id of another managed policy that stands in for it, or put the ${type} into the same template.`,
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
