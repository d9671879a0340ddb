import { type AwsTestDouble, createTestStack, deployTestStack } from "aws-test-double";
import type { synthesized } from "./synthesized.ts";

type Site = ReturnType<typeof synthesized>;

/** Makes the test double hold a synthesized site as stack notes. */
export function holdDeployed(
  { cloudFormation, buckets }: AwsTestDouble,
  { template }: Pick<Site, "template">,
): void {
  const { stacks } = cloudFormation;
  const stack = stacks.get("notes") ?? createTestStack("notes");
  stack.nextTemplate = template.toJSON();
  stacks.set("notes", stack);
  deployTestStack(stack, cloudFormation, buckets);
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
