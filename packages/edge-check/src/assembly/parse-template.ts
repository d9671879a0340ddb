import {
  LineCounter,
  isNode,
  parse,
  parseDocument,
  type CollectionTag,
  type ScalarTag,
} from "yaml";
import { EdgeCheckError } from "../edge-check-error.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const shortForms =
  "And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Select Split Sub ToJsonString Transform".split(
    " ",
  );

const longNames = new Map([
  ...shortForms.map((name) => [name, `Fn::${name}`] as const),
  ["Ref", "Ref"],
  ["Condition", "Condition"],
]);

/** `!Sub "…"` becomes `{ "Fn::Sub": "…" }`, whether its argument is a text, a list or a map. */
const customTags = [...longNames].flatMap(
  ([shortName, longName]): (ScalarTag | CollectionTag)[] => {
    const tag = `!${shortName}`;
    return [
      { tag, resolve: (text) => ({ [longName]: text }) },
      { tag, collection: "seq", resolve: (list) => ({ [longName]: list.toJSON() }) },
      { tag, collection: "map", resolve: (map) => ({ [longName]: map.toJSON() }) },
    ];
  },
);

/**
 * Reads the text of a template, JSON or YAML, with the short forms of intrinsic functions.
 *
 * @throws {EdgeCheckError} when it is neither, or no template.
 */
export function parseTemplate(text: string, file: string): JsonObject {
  const template = readText(text, file);
  if (isJsonObject(template) && isJsonObject(template["Resources"])) return template;
  throw new EdgeCheckError(
    `Template ${JSON.stringify(file)} has no Resources. Name a CloudFormation template, or the folder that \`cdk synth\` writes (cdk.out).`,
  );
}

function readText(text: string, file: string): unknown {
  try {
    return text.trimStart().startsWith("{") ? JSON.parse(text) : parse(text, { customTags });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause);
    throw new EdgeCheckError(
      `Template ${JSON.stringify(file)} is neither JSON nor YAML: ${reason.replace(/[.:]*$/, "")}. Mend it, or synthesize the app again.`,
      { cause },
    );
  }
}

/**
 * Returns the line of a template at which a path begins; of the longest part of it that is there.
 *
 * @param path as in `["Resources", "Rewrite", "Properties", "Timeout"]`.
 */
export function lineOf(text: string, path: readonly string[]): number | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, customTags, logLevel: "silent" });
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
  }
  return undefined;
}
