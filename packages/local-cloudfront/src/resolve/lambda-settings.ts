import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import type { LambdaFunction } from "../distribution/edge-functions.ts";
import type { Resolution } from "./resolution.ts";
import { resolveFunctionCode } from "./resolve-function-code.ts";

/** Lambda's own defaults. */
const defaultMemoryMb = 128;
const defaultTimeoutSeconds = 3;

/**
 * Reads what a function is on any event.
 *
 * @throws {CloudAssemblyError} when it cannot run here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export function lambdaSettings(
  lambda: TemplateResource,
  resolution: Resolution,
): Omit<LambdaFunction, "arn" | "version" | "environmentVariables"> {
  const { logicalId, properties } = lambda;
  return {
    logicalId,
    name: properties.property("FunctionName").optionalString() ?? logicalId,
    runtime: resolveRuntime(properties.property("Runtime"), resolution),
    handler: properties.property("Handler").knownString(),
    memoryMb: properties.property("MemorySize").number(defaultMemoryMb),
    timeoutSeconds: properties.property("Timeout").number(defaultTimeoutSeconds),
    code: resolveFunctionCode(lambda, resolution.functionCodes),
    logGroupName: properties.property("LoggingConfig").property("LogGroup").optionalString(),
  };
}

function resolveRuntime(runtime: TemplateProperty, { python, warn }: Resolution): string {
  const name = runtime.knownString();
  if (name.startsWith("nodejs")) return name;
  if (!name.startsWith("python3.")) {
    throw runtime.error(
      "is not run locally",
      "Only Node.js and Python functions run here.",
      "LE-E-13",
    );
  }
  const version = python();
  if (version === undefined) {
    warn(
      runtime.path,
      "There is no python3 on this machine: requests that need the function fail (503 at the edge). Install Python 3 and start again.",
    );
  } else if (name !== `python${version}`) {
    warn(runtime.path, `${name} is run by the Python ${version} of this machine.`);
  }
  return name;
}
