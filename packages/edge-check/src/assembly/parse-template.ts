import { parse } from "yaml";
import { EdgeCheckError } from "../edge-check-error.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import { shortFormTags } from "./short-form-tags.ts";

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
    return text.trimStart().startsWith("{")
      ? JSON.parse(text)
      : parse(text, { customTags: shortFormTags });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause);
    throw new EdgeCheckError(
      `Template ${JSON.stringify(file)} is neither JSON nor YAML: ${reason.replace(/[.:]*$/, "")}. Mend it, or synthesize the app again.`,
      { cause },
    );
  }
}
