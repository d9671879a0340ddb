import type { TemplateProperty } from "cloud-assembly";
import type { EdgeFunction } from "../distribution/edge-functions.ts";
import type { FunctionVersion } from "./find-edge-function.ts";
import type { Resolution } from "./resolution.ts";
import { readEdgeFunctionManifest } from "./read-edge-function-manifest.ts";
import { resolveFunctionCode } from "./resolve-function-code.ts";

/** Lambda's own defaults. */
const defaultMemoryMb = 128;
const defaultTimeoutSeconds = 3;

/**
 * Resolves a version of a function; the same version gives the same object.
 *
 * @throws {CloudAssemblyError} when it cannot run here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export function resolveEdgeFunction(
  { lambda, arn, version }: FunctionVersion,
  resolution: Resolution,
): EdgeFunction {
  const known = resolution.edgeFunctions.get(arn);
  if (known !== undefined) return known;
  const { logicalId, properties } = lambda;
  const runtime = resolveRuntime(properties.property("Runtime"));
  const code = resolveFunctionCode(lambda, resolution.functionCodes);
  const edgeFunction: EdgeFunction = {
    logicalId,
    name: properties.property("FunctionName").optionalString() ?? logicalId,
    version,
    arn,
    runtime,
    handler: properties.property("Handler").knownString(),
    memoryMb: properties.property("MemorySize").number(defaultMemoryMb),
    timeoutSeconds: properties.property("Timeout").number(defaultTimeoutSeconds),
    code,
    logGroupName: properties.property("LoggingConfig").property("LogGroup").optionalString(),
    manifest: code.kind === "folder" ? readEdgeFunctionManifest(code.path) : undefined,
  };
  resolution.edgeFunctions.set(arn, edgeFunction);
  return edgeFunction;
}

function resolveRuntime(runtime: TemplateProperty): string {
  const name = runtime.knownString();
  if (name.startsWith("nodejs")) return name;
  throw runtime.error(
    "is not run locally",
    "Only Node.js functions run here; take the association out of the template that you run.",
    "LE-E-13",
  );
}
