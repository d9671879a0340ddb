import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import { functionInFolder } from "./function-in-folder.ts";
import { MissingFunctionError } from "./missing-function-error.ts";
import type { Resolution } from "./resolution.ts";
import { withEnvironment } from "./synthetic-ids.ts";

/** A version of a function of the assembly, as an association names it. */
export interface FunctionVersion {
  readonly lambda: TemplateResource;
  readonly arn: string;
  /** A number. */
  readonly version: string;
}

const numbered = "Name a published version: the Ref of an AWS::Lambda::Version.";

/**
 * Finds the function that an association names by the ARN of one of its versions: one of the assembly,
 * or one whose code was passed.
 *
 * @throws {CloudAssemblyError} when the ARN names no numbered version (LE-E-12, LE-F-10), another
 *   region (LE-E-11), or a function that is not in the assembly.
 */
export function findEdgeFunction(
  arnProperty: TemplateProperty,
  resolution: Resolution,
): FunctionVersion {
  if (!arnProperty.isKnown) return unknownFunction(arnProperty, resolution);
  const arn = arnProperty.string();
  const [, region, account, name, qualifier] =
    /^arn:aws[a-z-]*:lambda:([^:]+):([^:]+):function:([^:]+)(?::([^:]+))?$/.exec(arn) ?? [];
  if (region === undefined || account === undefined || name === undefined) {
    throw arnProperty.error("is not the ARN of a function", numbered);
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
  const lambda =
    resolution.resources.find(resolution.stack, type, unqualified, "Arn") ??
    functionInFolder([arn, unqualified, name], resolution);
  if (lambda === undefined) {
    throw new MissingFunctionError(arnProperty, {
      problem: "names a function that is not in the assembly",
      got: arn,
      code: `${unqualified}=FOLDER`,
      otherwise: "put the function into the same app or template",
    });
  }
  return { lambda, arn, version: qualifier };
}

/** A function of which only the deployment knows the ARN: an export, or what a custom resource returns. */
function unknownFunction(arnProperty: TemplateProperty, resolution: Resolution): FunctionVersion {
  const name = arnProperty.string().replace(/^<(.*)>$/, "$1");
  const lambda = functionInFolder([name], resolution);
  if (lambda === undefined) {
    throw new MissingFunctionError(arnProperty, {
      problem: "names a function that only the deployment knows",
      got: name,
      code: `"${name}=FOLDER"`,
    });
  }
  const { account } = withEnvironment(resolution.stack);
  const arn = `arn:aws:lambda:us-east-1:${account}:function:${lambda.logicalId}:1`;
  return { lambda, arn, version: "1" };
}
