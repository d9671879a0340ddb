import { type AwsTestDouble, createTestStack, deployTemplate } from "aws-test-double";
import type { synthesized } from "./synthesized.ts";

type Site = ReturnType<typeof synthesized>;

/** Makes the test double hold a synthesized site as stack notes. */
export function holdDeployed({ cloudFormation }: AwsTestDouble, { template }: Site): void {
  const stack = createTestStack("notes");
  stack.nextTemplate = template.toJSON();
  deployTemplate(stack, cloudFormation.distributionDomainName, undefined);
  cloudFormation.stacks.set("notes", stack);
}

/** Returns the name of the function that a package is a member of. */
export function functionNameOf({ template }: Site, packageName: string): string {
  const { Resources } = template.toJSON() as {
    readonly Resources: Readonly<Record<string, { Metadata?: object; Type: string }>>;
  };
  const [logicalId = ""] =
    Object.entries(Resources).find(
      ([, { Metadata, Type }]) =>
        Type.endsWith("::Function") && JSON.stringify(Metadata ?? {}).includes(`"${packageName}"`),
    ) ?? [];
  return `notes-${logicalId}`;
}
