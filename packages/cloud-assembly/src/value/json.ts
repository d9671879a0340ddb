/** A JSON object whose members are not known yet. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether a value is an object: no list, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns what lies at a path within a value; undefined where it ends early. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (within, name) =>
      isJsonObject(within) && Object.hasOwn(within, name) ? within[name] : undefined,
    value,
  );
}

/** Returns the object at a path; an empty one where there is none. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** Returns the items of a list at a path; a lone value counts as a list of one, as in IAM policies. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}
