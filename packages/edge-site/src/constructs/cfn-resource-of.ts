import type { CfnResource } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Returns the CloudFormation resource of a construct, as the CDK's own constructs have one. */
export function cfnResourceOf<Resource extends CfnResource>(
  { node }: IConstruct,
  type: abstract new (...args: never[]) => Resource,
): Resource {
  const { defaultChild, path } = node;
  if (defaultChild instanceof type) return defaultChild;
  throw new Error(`${path} has no ${type.name}.`);
}
