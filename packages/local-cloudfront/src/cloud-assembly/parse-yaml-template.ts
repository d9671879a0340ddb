import { type Node, Pair, parseDocument, Scalar, visit, YAMLMap } from "yaml";

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
  const document = parseDocument(text, { logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) return { kind: "invalid", reason: firstLine(error.message) };
  visit(document, {
    Node(_key, node) {
      const tag = node.tag;
      if (tag === undefined || !/^![A-Za-z]/.test(tag)) return undefined;
      return longForm(tag.slice(1), node);
    },
  });
  try {
    return { kind: "template", value: document.toJS() };
  } catch (error) {
    // Too many aliases: yaml guards against documents that grow without end.
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
}

function longForm(name: string, node: Node): YAMLMap {
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
