import { createRequire } from "node:module";
import type * as YamlLibrary from "yaml";
import type { Node, YAMLMap } from "yaml";

type Yaml = typeof YamlLibrary;

/** Loaded only where a template is YAML: most are not, and it is large. */
const loadYaml = (): Yaml => createRequire(import.meta.url)("yaml") as Yaml;

/** The result of reading YAML: the template, or why it is none. */
export type ParsedYaml =
  | { readonly kind: "template"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly reason: string };

/**
 * Reads a YAML template. Short forms (`!Sub`, `!GetAtt`) become their long forms, unknown ones
 * too: whoever evaluates the template refuses them with their property path.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function parseYamlTemplate(text: string): ParsedYaml {
  const yaml = loadYaml();
  const document = yaml.parseDocument(text, { logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) return { kind: "invalid", reason: firstLine(error.message) };
  yaml.visit(document, {
    Node(_key, node) {
      const tag = node.tag;
      if (tag === undefined || !/^![A-Za-z]/.test(tag)) return undefined;
      return longForm(yaml, tag.slice(1), node);
    },
  });
  try {
    return { kind: "template", value: document.toJS() };
  } catch (error) {
    // Too many aliases: yaml guards against documents that grow without end.
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
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
