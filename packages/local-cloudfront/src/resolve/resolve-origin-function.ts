import { CloudAssemblyError, type TemplateProperty, type TemplateResource } from "cloud-assembly";
import type { OriginFunction } from "../distribution/edge-functions.ts";
import { functionNameIn } from "./lambda-permissions.ts";
import { lambdaSettings } from "./lambda-settings.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Resolves a function behind an origin by what names it: an ARN, a name, a version or an alias. The
 * same function gives the same object.
 *
 * @throws {CloudAssemblyError} when it is not in the assembly, or cannot run here.
 */
export function resolveOriginFunction(
  target: TemplateProperty,
  resolution: Resolution,
): OriginFunction {
  const { resources, stack, originFunctions } = resolution;
  const name = functionNameIn(target.string());
  const lambda = resources.find(stack, "AWS::Lambda::Function", name);
  if (lambda === undefined) {
    throw new CloudAssemblyError(
      `${target.path} names a function that is not in the assembly: got ${JSON.stringify(target.string())}`,
    );
  }
  const arn = resources.physicalId(lambda, "Arn") ?? "";
  const known = originFunctions.get(arn);
  if (known !== undefined) return known;
  const { properties, logicalId } = lambda;
  if (properties.property("PackageType").optionalString() === "Image") {
    throw new CloudAssemblyError(
      `Function ${logicalId} is a container image, which does not run here.`,
    );
  }
  if (properties.property("Layers").items().length > 0) {
    resolution.warn(
      `${logicalId}.Layers`,
      "Layers are not read: the function lacks what only they hold.",
    );
  }
  const originFunction: OriginFunction = {
    ...lambdaSettings(lambda, resolution),
    version: "$LATEST",
    arn,
    environmentVariables: environmentVariablesOf(lambda, resolution),
  };
  originFunctions.set(arn, originFunction);
  return originFunction;
}

/** What only a deployment knows, as the name of a table, reads `<Table>`. */
function environmentVariablesOf(
  { properties }: TemplateResource,
  resolution: Resolution,
): OriginFunction["environmentVariables"] {
  const variables = properties.property("Environment").property("Variables");
  const all = variables.names().map((name) => variables.property(name));
  const unknown = all.filter((variable) => !variable.isKnown);
  if (unknown.length > 0) {
    resolution.warn(
      variables.path,
      `Only the deployment knows ${unknown.map(nameOf).join(", ")}: the function sees a placeholder. Pass --value, --parameter or --import.`,
    );
  }
  return Object.fromEntries(all.map((variable) => [nameOf(variable), variable.string()]));
}

function nameOf({ path }: TemplateProperty): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
