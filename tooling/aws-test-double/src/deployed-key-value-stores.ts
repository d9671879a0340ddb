import type { KeyValue } from "cf-types";
import {
  keyValueStoreArn,
  keyValueStoreType,
  refusalOf,
  type TestKeyValueStores,
} from "./key-value-stores.ts";
import type { TestBuckets } from "./s3.ts";
import type { StackTemplate } from "./stack-template.ts";
import type { StackFailure, TestStack } from "./test-stack.ts";

/**
 * Returns the first key value store that CloudFormation would not make, or would not change: one that there is takes no
 * other import source.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-keyvaluestore.html
 */
export function refusedKeyValueStore(
  stack: TestStack,
  template: StackTemplate,
  buckets: TestBuckets,
): StackFailure | undefined {
  const before = importKeys(stack.template, stack.parameters);
  for (const [logicalId, key] of importKeys(template, stack.nextParameters)) {
    const keyBefore = before.get(logicalId);
    const imported = importedFrom(key, buckets);
    const reason =
      keyBefore !== undefined && keyBefore !== key
        ? "Updates are not supported for property: ImportSource"
        : imported === undefined
          ? `The import source ${key} does not exist.`
          : refusalOf(imported);
    if (reason !== undefined) return { logicalId, type: keyValueStoreType, reason };
  }
  return undefined;
}

/** Makes the stack's stores those of a template: a new one has the data that it imports. */
export function deployKeyValueStores(
  stack: TestStack,
  template: StackTemplate,
  stores: TestKeyValueStores,
  buckets: TestBuckets,
): void {
  const next = importKeys(template, stack.nextParameters);
  for (const logicalId of importKeys(stack.template, stack.parameters).keys()) {
    if (!next.has(logicalId)) stores.delete(keyValueStoreArn(stack.name, logicalId));
  }
  for (const [logicalId, key] of next) {
    const arn = keyValueStoreArn(stack.name, logicalId);
    if (stores.has(arn)) continue;
    stores.set(arn, { keyValues: new Map(importedFrom(key, buckets)), version: 1 });
  }
}

/** The key of the object that each store imports, by logical id: the end of an ARN that is joined with a parameter. */
function importKeys(
  { Resources = {} }: StackTemplate,
  parameters: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const stores = Object.entries(Resources).filter(([, { Type }]) => Type === keyValueStoreType);
  return new Map(
    stores.map(([logicalId, { Properties = {} }]) => {
      const { ImportSource: source } = Properties as {
        readonly ImportSource: { readonly SourceArn: { readonly "Fn::Join": [string, unknown[]] } };
      };
      const last = source.SourceArn["Fn::Join"][1].at(-1) as { readonly Ref: string };
      return [logicalId, parameters[last.Ref] ?? ""];
    }),
  );
}

function importedFrom(key: string, buckets: TestBuckets): ReadonlyMap<string, string> | undefined {
  const [body] = [...buckets.values()].flatMap((objects) => objects.get(key)?.body ?? []);
  if (body === undefined) return undefined;
  const { data }: { data: readonly KeyValue[] } = JSON.parse(new TextDecoder().decode(body));
  return new Map(data.map((each) => [each.key, each.value]));
}
