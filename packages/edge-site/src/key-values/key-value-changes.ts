import { reservedKeyPrefix } from "release-select";

/** Changes of the data of a key value store. */
export interface KeyValueChanges {
  readonly added: readonly (readonly [key: string, value: string])[];
  readonly changed: readonly (readonly [key: string, value: string])[];
  readonly removed: readonly string[];
}

/** The changes of data that stays as it is. */
export const noChanges: KeyValueChanges = { added: [], changed: [], removed: [] };

/** What one request changes. */
export interface KeyValueBatch {
  readonly Puts: readonly { readonly Key: string; readonly Value: string }[];
  readonly Deletes: readonly { readonly Key: string }[];
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores
/** How many keys one request changes, at most: far below the 3 MB that it may have. */
const maxBatchKeys = 50;

/** Returns the changes from the data of a store to that of an assembly, without the live release and the previews. */
export function keyValueChanges(
  current: ReadonlyMap<string, string>,
  next: ReadonlyMap<string, string>,
): KeyValueChanges {
  const isData = (key: string): boolean => !key.startsWith(reservedKeyPrefix);
  const pairs = [...next].filter(([key]) => isData(key));
  return {
    added: pairs.filter(([key]) => !current.has(key)),
    changed: pairs.filter(([key, value]) => current.has(key) && current.get(key) !== value),
    removed: [...current.keys()].filter((key) => isData(key) && !next.has(key)),
  };
}

/** Returns the changes in as many requests as they take. What is removed goes first: it leaves room. */
export function keyValueBatches({
  added,
  changed,
  removed,
}: KeyValueChanges): readonly KeyValueBatch[] {
  const changes = [
    ...removed.map((key) => ({ key, value: undefined })),
    ...[...changed, ...added].map(([key, value]) => ({ key, value })),
  ];
  const batchCount = Math.ceil(changes.length / maxBatchKeys);
  return Array.from({ length: batchCount }, (_, index) => {
    const batch = changes.slice(index * maxBatchKeys, (index + 1) * maxBatchKeys);
    return {
      Puts: batch.flatMap(({ key, value }) =>
        value === undefined ? [] : [{ Key: key, Value: value }],
      ),
      Deletes: batch.flatMap(({ key, value }) => (value === undefined ? [{ Key: key }] : [])),
    };
  });
}

/** As in `2 keys added, 1 changed`. */
export function describeKeyValueChanges({ added, changed, removed }: KeyValueChanges): string {
  const counts = [
    { count: added.length, word: "added" },
    { count: changed.length, word: "changed" },
    { count: removed.length, word: "removed" },
  ].filter(({ count }) => count > 0);
  if (counts.length === 0) return "no key changed";
  return counts
    .map(
      ({ count, word }, index) =>
        `${count} ${index > 0 ? "" : count === 1 ? "key " : "keys "}${word}`,
    )
    .join(", ");
}
