import { createRequire } from "node:module";
import type * as YamlLibrary from "yaml";
import type { Document, Node, YAMLMap } from "yaml";

type Yaml = typeof YamlLibrary;

/** Loaded only where a template is YAML or its lines are looked up: it is large. */
const loadYaml = (): Yaml => createRequire(import.meta.url)("yaml") as Yaml;

/** The result of parsing: the template, or why it is none. */
export type ParsedTemplate =
  | { readonly kind: "template"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly reason: string };

/**
 * Parses the text of a template. Short forms of YAML (`!Sub`, `!GetAtt`) become their long forms,
 * unknown ones too: evaluation refuses them with their property path.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function parseTemplate(text: string, format: "JSON" | "YAML"): ParsedTemplate {
  try {
    if (format === "JSON") return { kind: "template", value: JSON.parse(text) };
    const document = parseYaml(loadYaml(), text);
    const [error] = document.errors;
    if (error !== undefined) return { kind: "invalid", reason: firstLine(error.message) };
    return { kind: "template", value: document.toJS() };
  } catch (error) {
    // JSON says so itself; YAML when its aliases would grow without end.
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Returns what looks up the lines of a template, JSON or YAML. */
export function templateLines(text: string): (path: readonly string[]) => number | undefined {
  const yaml = loadYaml();
  const lineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter, logLevel: "silent" });
  /** The line at which a path begins, or the longest part of it that is there. */
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (yaml.isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

function parseYaml(yaml: Yaml, text: string): Document.Parsed {
  const document = yaml.parseDocument(text, { logLevel: "error" });
  yaml.visit(document, {
    Node(_key, node) {
      const tag = node.tag;
      if (tag === undefined || !/^![A-Za-z]/.test(tag)) return undefined;
      return longForm(yaml, tag.slice(1), node);
    },
  });
  return document;
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
