/** How the console writes a value, as in `{a:1,b:['x']}`. */
export function guestDump(value: unknown): string {
  const seen: unknown[] = [];
  const dump = (item: unknown): string => {
    if (typeof item === "string") return `'${item}'`;
    if (typeof item === "function") return `[Function: ${item.name}]`;
    if (Object.is(item, -0)) return "-0";
    if (typeof item !== "object" || item === null || item instanceof RegExp) return String(item);
    if (item instanceof Error) return String(item);
    if (item instanceof Date) return item.toISOString();
    if (seen.includes(item)) return "[Circular]";
    seen.push(item);
    const text = dumpObject(item);
    seen.pop();
    return text;
  };
  const dumpObject = (object: object): string => {
    if (Array.isArray(object)) return `[${object.map(dump).join(",")}]`;
    if (ArrayBuffer.isView(object)) {
      const { name } = object.constructor;
      return `${name} [${Array.prototype.slice.call(object).join(",")}]`;
    }
    const entries = Object.keys(object).map(
      (key) => `${key}:${dump((object as Record<string, unknown>)[key])}`,
    );
    return `{${entries.join(",")}}`;
  };
  return dump(value);
}
