import { type CloudAssembly, CloudAssemblyError } from "cloud-assembly";
import {
  cloudFrontFunctionRuntimes,
  type KeyValueStoreResource,
} from "../distribution/cloudfront-functions.ts";
import { AssemblyResources } from "./assembly-resources.ts";
import { resolveKeyValueStore } from "./resolve-key-value-store.ts";

/** A CloudFront Function of an assembly, before anything is known of a distribution. */
export interface LoadedCloudFrontFunction {
  readonly name: string;
  readonly code: string;
  readonly runtime: "cloudfront-js-1.0" | "cloudfront-js-2.0";
  readonly keyValueStores: readonly KeyValueStoreResource[];
}

const type = "AWS::CloudFront::Function";

/**
 * Reads a CloudFront Function of an assembly.
 *
 * @param keyValueFiles the data of stores by name, logical id or id; it wins over what the template says
 * @throws {CloudAssemblyError} when there is none of that logical id, or its code or the data of its store is not known
 */
export function loadCloudFrontFunction(
  assembly: CloudAssembly,
  logicalId: string,
  keyValueFiles: ReadonlyMap<string, string> = new Map(),
): LoadedCloudFrontFunction {
  const resources = new AssemblyResources(assembly.stacks);
  const functions = resources.resourcesOfType(type);
  const resource = functions.find((each) => each.logicalId === logicalId);
  if (resource === undefined) {
    const known = functions.map((each) => each.logicalId);
    throw new CloudAssemblyError(
      known.length === 0
        ? `--function names no function: got "${logicalId}". The template has no ${type}.`
        : `--function names no function: got "${logicalId}". Pass ${known.join(" or ")}.`,
    );
  }
  const { properties, stack } = resource;
  const config = properties.property("FunctionConfig");
  const resolution = { resources, stack, keyValueFiles, keyValueStores: new Map(), warn: () => {} };
  return {
    name: properties.property("Name").optionalString() ?? logicalId,
    code: properties.property("FunctionCode").knownString(),
    runtime: config.property("Runtime").oneOf(cloudFrontFunctionRuntimes),
    keyValueStores: config
      .property("KeyValueStoreAssociations")
      .items()
      .map((each) => resolveKeyValueStore(each.property("KeyValueStoreARN"), resolution)),
  };
}
