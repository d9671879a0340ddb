import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import type { Resolution } from "./resolution.ts";

/** A version of a function of the assembly, as an association names it. */
export interface FunctionVersion {
  readonly lambda: TemplateResource;
  readonly arn: string;
  /** A number. */
  readonly version: string;
}

const numbered = "Name a published version: the Ref of an AWS::Lambda::Version.";

/**
 * Finds the function that an association names by the ARN of one of its versions.
 *
 * @throws {CloudAssemblyError} when the ARN names no numbered version (LE-E-12, LE-F-10), another
 *   region (LE-E-11), or a function that is not in the assembly.
 */
export function findEdgeFunction(
  arnProperty: TemplateProperty,
  resolution: Resolution,
): FunctionVersion {
  const arn = arnProperty.string();
  const [, region, account, name, qualifier] =
    /^arn:aws[a-z-]*:lambda:([^:]+):([^:]+):function:([^:]+)(?::([^:]+))?$/.exec(arn) ?? [];
  if (region === undefined || account === undefined || name === undefined) {
    throw arnProperty.error(
      "is not the ARN of a function that the assembly holds",
      `${numbered} A function that another tool deploys cannot run here.`,
    );
  }
  if (qualifier === undefined || !/^\d+$/.test(qualifier)) {
    throw arnProperty.error(
      "must reference a specific function version (the ARN must end with the version number)",
      numbered,
      "LE-E-12",
    );
  }
  if (region !== "us-east-1") {
    throw arnProperty.error(
      "must name a function in us-east-1",
      "Deploy the function's stack to us-east-1.",
      "LE-E-11",
    );
  }
  const type = "AWS::Lambda::Function";
  const unqualified = arn.slice(0, -qualifier.length - 1);
  const lambda = resolution.resources.find(resolution.stack, type, unqualified, "Arn");
  if (lambda === undefined) {
    throw arnProperty.error(
      "names a function that is not in the assembly",
      "Put the function into the same app or template: the local CloudFront runs the assembly's own functions only.",
    );
  }
  return { lambda, arn, version: qualifier };
}
