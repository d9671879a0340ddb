import { type CloudAssembly, CloudAssemblyError } from "cloud-assembly";
import { AssemblyResources, type DeploymentValues } from "./assembly-resources.ts";

/** A CloudFront Function of an assembly, before anything is known of a distribution. */
export interface LoadedCloudFrontFunction {
  readonly name: string;
  readonly code: string;
  readonly runtime: "cloudfront-js-1.0" | "cloudfront-js-2.0";
}

const type = "AWS::CloudFront::Function";

/**
 * Reads a CloudFront Function of an assembly.
 *
 * @throws {CloudAssemblyError} when there is none of that logical id, or its code is not known
 */
export function loadCloudFrontFunction(
  assembly: CloudAssembly,
  logicalId: string,
  values: DeploymentValues = {},
): LoadedCloudFrontFunction {
  const resources = new AssemblyResources(assembly.stacks, values).resourcesOfType(type);
  const resource = resources.find((each) => each.logicalId === logicalId);
  if (resource === undefined) {
    const known = resources.map((each) => each.logicalId);
    throw new CloudAssemblyError(
      known.length === 0
        ? `--function names no function: got "${logicalId}". The template has no ${type}.`
        : `--function names no function: got "${logicalId}". Pass ${known.join(" or ")}.`,
    );
  }
  const { properties } = resource;
  return {
    name: properties.property("Name").optionalString() ?? logicalId,
    code: properties.property("FunctionCode").knownString(),
    runtime: properties
      .property("FunctionConfig")
      .property("Runtime")
      .oneOf(["cloudfront-js-1.0", "cloudfront-js-2.0"] as const),
  };
}
