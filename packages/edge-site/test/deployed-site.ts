import { type AwsTestDouble, createTestStack, deployTestStack } from "aws-test-double";
import type { synthesized } from "./synthesized.ts";

type Site = ReturnType<typeof synthesized>;

interface SiteTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
}

function assetsOf(buckets: AwsTestDouble["buckets"]) {
  const [assets] = [...buckets.values()];
  if (assets === undefined) throw new Error("The test double has no bucket for assets.");
  return assets;
}

/** Makes the test double hold a synthesized site as stack notes. */
export function holdDeployed(
  { cloudFormation, buckets }: AwsTestDouble,
  { template }: Pick<Site, "template">,
): void {
  const { stacks } = cloudFormation;
  const stack = stacks.get("notes") ?? createTestStack("notes");
  const json: SiteTemplate = template.toJSON();
  stack.nextTemplate = json;
  // What the key value stores import.
  for (const [name, { Default = "" }] of Object.entries(json.Parameters ?? {})) {
    if (!name.includes("ImportedData")) continue;
    stack.nextParameters = { ...stack.nextParameters, [name]: Default };
    assetsOf(buckets).set(Default, {
      body: new TextEncoder().encode('{"data": []}'),
      contentType: undefined,
      cacheControl: undefined,
      metadata: {},
      tagging: undefined,
    });
  }
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
