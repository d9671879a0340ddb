import { isPermitted } from "cf-rules";
import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import { compileWildcards } from "../distribution/compile-wildcards.ts";
import type { Resolution } from "./resolution.ts";

/** Who invokes a function, and how. */
export interface LambdaCaller {
  /** As in `cloudfront.amazonaws.com`; `*` is everybody. */
  readonly principal: string;
  /** As in `lambda:InvokeFunction`. */
  readonly action: string;
  /** Undefined where nobody knows it: any permission holds. */
  readonly sourceArn: string | undefined;
}

/** The function that an ARN or a name is of, with or without a qualifier. */
export function functionNameIn(arnOrName: string): string {
  return /:function:([^:/]+)/.exec(arnOrName)?.[1] ?? (arnOrName.split(":")[0] || arnOrName);
}

/**
 * Whether a permission of the assembly lets a caller invoke a function. What only a deployment knows of
 * a permission is taken to hold.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export function mayInvoke(
  functionName: string,
  caller: LambdaCaller,
  { resources }: Resolution,
): boolean {
  return resources
    .resourcesOfType("AWS::Lambda::Permission")
    .some((permission) => allows(permission, functionName, caller));
}

function allows(
  { properties }: TemplateResource,
  functionName: string,
  { principal, action, sourceArn }: LambdaCaller,
): boolean {
  const granted = {
    action: properties.property("Action").string(),
    principal: properties.property("Principal").string(),
  };
  return (
    functionNameIn(properties.property("FunctionName").string()) === functionName &&
    isPermitted({ action, principal }, granted) &&
    (sourceArn === undefined || isLike(properties.property("SourceArn"), sourceArn))
  );
}

function isLike(pattern: TemplateProperty, arn: string): boolean {
  return !pattern.isPresent || !pattern.isKnown || compileWildcards(pattern.string())(arn);
}
