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
  { functionCodes }: Pick<Resolution, "functionCodes">,
): Omit<LambdaFunction, "arn" | "version" | "environmentVariables"> {
  const { logicalId, properties } = lambda;
  return {
    logicalId,
    name: properties.property("FunctionName").optionalString() ?? logicalId,
    runtime: resolveRuntime(properties.property("Runtime")),
    handler: properties.property("Handler").knownString(),
    memoryMb: properties.property("MemorySize").number(defaultMemoryMb),
    timeoutSeconds: properties.property("Timeout").number(defaultTimeoutSeconds),
    code: resolveFunctionCode(lambda, functionCodes),
    logGroupName: properties.property("LoggingConfig").property("LogGroup").optionalString(),
  };
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
