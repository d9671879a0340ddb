import { isJsonObject, type JsonObject } from "../value/json.ts";

/**
 * Returns the properties of a resource of SAM with those of `Globals`: lists are joined, mappings merged,
 * and what the resource says wins over all else.
 */
export function mergeGlobals(globals: JsonObject, properties: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...globals };
  for (const [name, own] of Object.entries(properties)) {
    const shared = globals[name];
    if (Array.isArray(shared) && Array.isArray(own)) merged[name] = [...shared, ...own];
    else if (isJsonObject(shared) && isJsonObject(own) && !isIntrinsic(shared) && !isIntrinsic(own))
      merged[name] = mergeGlobals(shared, own);
    else merged[name] = own;
  }
  return merged;
}

function isIntrinsic(value: JsonObject): boolean {
  const names = Object.keys(value);
  return names.length === 1 && names.every((name) => name === "Ref" || name.startsWith("Fn::"));
}
