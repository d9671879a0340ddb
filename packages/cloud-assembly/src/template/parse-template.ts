import { createRequire } from "node:module";
import type * as YamlLibrary from "yaml";
import type { Document, LineCounter, Node, Pair, YAMLMap } from "yaml";
import type { AssemblyWarning } from "../assembly/cloud-assembly.ts";

type Yaml = typeof YamlLibrary;

/** Loaded only where a template is YAML or its lines are looked up: it is large. */
const loadYaml = (): Yaml => createRequire(import.meta.url)("yaml") as Yaml;

/** The result of parsing: the template, or why it is none. */
export type ParsedTemplate =
  | {
      readonly kind: "template";
      readonly value: unknown;
      readonly warnings: readonly AssemblyWarning[];
    }
  | { readonly kind: "invalid"; readonly reason: string };

/**
 * Parses the text of a template. Short forms of YAML (`!Sub`, `!GetAtt`) become their long forms,
 * unknown ones too: evaluation refuses them with their property path. Merge keys (`<<`) are resolved.
 * Of a key that is written twice the last counts, as in CloudFormation, with a warning.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function parseTemplate(text: string, format: "JSON" | "YAML"): ParsedTemplate {
  try {
    if (format === "JSON") return ofDepth(JSON.parse(text), []);
    const yaml = loadYaml();
    const document = parseYaml(yaml, text);
    const [error] = document.errors;
    if (error?.message.includes("call stack")) return tooDeep;
    if (error !== undefined) return { kind: "invalid", reason: firstLine(error.message) };
    const warnings = dropRepeatedKeys(yaml, document);
    expandShortForms(yaml, document);
    return ofDepth(document.toJS(), warnings);
  } catch (error) {
    if (error instanceof RangeError) return tooDeep;
    // JSON says so itself; YAML when its aliases would grow without end.
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** CloudFormation's own templates stay below twenty levels; evaluating goes down one by one. */
const maxLevels = 200;
const tooDeep: ParsedTemplate = {
  kind: "invalid",
  reason: `it is nested deeper than ${maxLevels} levels`,
};

function ofDepth(value: unknown, warnings: readonly AssemblyWarning[]): ParsedTemplate {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxLevels) return tooDeep;
    level = level.flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each) : [],
    );
  }
  return { kind: "template", value, warnings };
}

/** Returns what looks up the lines of a template, JSON or YAML. */
export function templateLines(text: string): (path: readonly string[]) => number | undefined {
  const yaml = loadYaml();
  const lineCounter = new yaml.LineCounter();
  const document = parseYaml(yaml, text, lineCounter);
  dropRepeatedKeys(yaml, document);
  /** The line at which a path begins, or the longest part of it that is there. */
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (yaml.isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

function parseYaml(yaml: Yaml, text: string, lineCounter?: LineCounter): Document.Parsed {
  return yaml.parseDocument(text, {
    logLevel: "error",
    merge: true,
    uniqueKeys: false,
    ...(lineCounter && { lineCounter }),
  });
}

function expandShortForms(yaml: Yaml, document: Document.Parsed): void {
  yaml.visit(document, {
    Node(_key, node) {
      const tag = node.tag;
      if (tag === undefined || !/^![A-Za-z]/.test(tag)) return undefined;
      return longForm(yaml, tag.slice(1), node);
    },
  });
}

/** Takes out what stands before the last of equal keys, and returns a warning for each. */
function dropRepeatedKeys(yaml: Yaml, document: Document.Parsed): readonly AssemblyWarning[] {
  const warnings: AssemblyWarning[] = [];
  yaml.visit(document, {
    Map(_key, map, ancestors) {
      const last = new Map(map.items.map((pair) => [keyOf(yaml, pair), pair]));
      map.items = map.items.filter((pair) => {
        const key = keyOf(yaml, pair);
        // A merge key may stand there several times.
        if (key === undefined || key === "<<" || last.get(key) === pair) return true;
        const subject = [...pathOf(yaml, [...ancestors, map]), key].join(".");
        const message = "It is written more than once: the last one counts, as in CloudFormation.";
        warnings.push({ subject, message });
        return false;
      });
    },
  });
  return warnings;
}

function keyOf({ isScalar }: Yaml, { key }: Pair): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function pathOf(yaml: Yaml, ancestors: readonly unknown[]): readonly string[] {
  return ancestors.flatMap((ancestor, index) => {
    if (yaml.isPair(ancestor)) return keyOf(yaml, ancestor) ?? [];
    if (!yaml.isSeq(ancestor)) return [];
    const next = ancestors[index + 1];
    const position = ancestor.items.indexOf(next);
    return position < 0 ? [] : [String(position)];
  });
}

function longForm({ Pair, Scalar, YAMLMap }: Yaml, name: string, node: Node): YAMLMap {
  // Without its tag, the argument is an ordinary node when the visit comes to it.
  delete node.tag;
  const key = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(key), node));
  return map;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.replace(/:$/, "") ?? message;
}
