import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { type CallExpression, type Node, parse, type Property } from "acorn";
import { simple } from "acorn-walk";
import { transformSync } from "esbuild";

/** Which call in a configuration has the settings: the one that begins on a line, or the first of a function. */
export type SettingsCall = { readonly line: number } | { readonly functionName: string };

/**
 * Returns the line of a configuration of a setting, or the last one that is there of what it lies in;
 * undefined where the call has no object written out.
 *
 * @param source TypeScript.
 * @param path As in `functions[0].engine`.
 */
export function lineOfSetting(
  source: string,
  call: SettingsCall,
  path: string,
): number | undefined {
  const { calls, lineOf } = settingsCallsIn(source);
  const found = calls.find((each) =>
    "line" in call
      ? lineOf(each) === call.line
      : each.callee.type === "Identifier" && each.callee.name === call.functionName,
  );
  const settings = found?.arguments[0];
  return settings === undefined ? undefined : lineOf(deepest(settings, path));
}

interface SettingsCalls {
  readonly source: string;
  /** In their order. */
  readonly calls: readonly CallExpression[];
  readonly lineOf: (node: Node) => number | undefined;
}

/** The last source: settings are asked for one after another, and reading it runs esbuild as a process. */
let lastRead: SettingsCalls | undefined;

/** The calls of a source that have an object written out. */
function settingsCallsIn(source: string): SettingsCalls {
  if (lastRead?.source === source) return lastRead;
  const { code, map } = transformSync(source, { loader: "ts", sourcemap: true });
  const traced = new TraceMap(map);
  const calls: CallExpression[] = [];
  const tree = parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  simple(tree, { CallExpression: (node) => calls.push(node) });
  lastRead = {
    source,
    calls: calls
      .filter(({ arguments: [first] }) => first?.type === "ObjectExpression")
      .toSorted((one, other) => one.start - other.start),
    lineOf: ({ loc }) => (loc && originalPositionFor(traced, loc.start).line) ?? undefined,
  };
  return lastRead;
}

/** The node of a path, or the last one on the way to it. */
function deepest(settings: Node, path: string): Node {
  let place = settings;
  let value: Node | undefined = settings;
  for (const [, key, index] of path.matchAll(/([\w$-]+)|\[(\d+)\]/g)) {
    const next: Node | undefined =
      value && (key === undefined ? elementAt(value, Number(index)) : propertyAt(value, key));
    if (next === undefined) break;
    place = next;
    value = next.type === "Property" ? (next as Property).value : next;
  }
  return place;
}

function elementAt(node: Node, index: number): Node | undefined {
  const { type, elements = [] } = node as { type: string; elements?: readonly (Node | null)[] };
  return type === "ArrayExpression" ? (elements[index] ?? undefined) : undefined;
}

function propertyAt(node: Node, key: string): Property | undefined {
  const { properties = [] } = node as { properties?: readonly Node[] };
  return properties.find((each): each is Property => {
    if (each.type !== "Property") return false;
    const { name, value } = (each as Property).key as { name?: string; value?: unknown };
    return name === key || value === key;
  });
}
