import { isJsonObject, type JsonObject } from "../value/json.ts";

/**
 * How the attributes of a block of Terraform are called in CloudFormation: a name, or a name with the
 * schema of blocks. `one` is a block that Terraform writes as a list of one, `many` a list, `items` a block
 * with nothing but a list `items`, of which CloudFormation has the list alone.
 */
export type BlockSchema = Readonly<
  Record<
    string,
    | string
    | { readonly to: string; readonly one: BlockSchema }
    | { readonly to: string; readonly many: BlockSchema }
    | { readonly to: string; readonly items: true }
  >
>;

/** Returns a block as CloudFormation has it; absent attributes, and empty ones, stay absent. */
export function converted(block: JsonObject, schema: BlockSchema): JsonObject {
  const properties: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(schema)) {
    const value = block[name];
    if (value === undefined || value === null || value === "") continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (typeof rule === "string") properties[rule] = value;
    else properties[rule.to] = convertedBlocks(value, rule);
  }
  return properties;
}

function convertedBlocks(value: unknown, rule: Exclude<BlockSchema[string], string>): unknown {
  const blocks = (Array.isArray(value) ? value : [value]).filter(isJsonObject);
  if ("many" in rule) return blocks.map((block) => converted(block, rule.many));
  const [first = {}] = blocks;
  return "items" in rule ? first["items"] : converted(first, rule.one);
}

/** The only block of a name; an empty one where there is none. */
export function blockOf(values: JsonObject, name: string): JsonObject {
  const value = values[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isJsonObject(first) ? first : {};
}
