import { isJsonObject } from "../value/json.ts";

/**
 * Returns a part of a template in which `Ref`, `Fn::GetAtt` and `Fn::Sub` name other logical ids.
 *
 * @param names the logical ids by what is written for them, as in `Edge.Version`.
 */
export function renameReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (names.size === 0) return value;
  if (Array.isArray(value)) return value.map((item) => renameReferences(item, names));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, renamed(name, member, names)]),
  );
}

function renamed(name: string, argument: unknown, names: ReadonlyMap<string, string>): unknown {
  switch (name) {
    case "Ref":
      return typeof argument === "string" ? (names.get(argument) ?? argument) : argument;
    case "Fn::GetAtt": {
      if (typeof argument === "string") return renamedPath(argument, names);
      if (!Array.isArray(argument)) return argument;
      const [resource, ...attributes]: readonly unknown[] = argument;
      return [
        typeof resource === "string" ? (names.get(resource) ?? resource) : resource,
        ...attributes,
      ];
    }
    case "Fn::Sub": {
      if (typeof argument === "string") return renamedText(argument, names);
      if (!Array.isArray(argument)) return argument;
      const [text, ...others]: readonly unknown[] = argument;
      return [
        typeof text === "string" ? renamedText(text, names) : text,
        ...others.map((other) => renameReferences(other, names)),
      ];
    }
    default:
      return renameReferences(argument, names);
  }
}

function renamedText(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\$\{\s*([^!}][^}]*?)\s*\}/g,
    (_whole, path: string) => `\${${renamedPath(path, names)}}`,
  );
}

/** As in `Edge.Version`, or with an attribute behind it. */
function renamedPath(path: string, names: ReadonlyMap<string, string>): string {
  const whole = names.get(path);
  if (whole !== undefined) return whole;
  const dot = path.lastIndexOf(".");
  const resource = names.get(path.slice(0, Math.max(dot, 0)));
  return resource === undefined ? path : resource + path.slice(dot);
}
