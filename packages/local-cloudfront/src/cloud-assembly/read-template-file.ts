import { extname } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { isJsonObject } from "./json-shape.ts";
import { parseYamlTemplate } from "./parse-yaml-template.ts";
import { readTextFile } from "./read-text-file.ts";
import { synthesizeAgain } from "./synthesize-again.ts";

/** The endings under which templates are recognised. */
export const templateExtensions: readonly string[] = [".json", ".yaml", ".yml", ".template"];

/**
 * Reads a CloudFormation template, JSON or YAML. Nothing is evaluated.
 *
 * @throws {LocalCloudFrontError} when the file cannot be read or holds no template.
 */
export function readTemplateFile(file: string): unknown {
  const text = readTextFile(file, synthesizeAgain);
  // JSON is YAML, but JSON's own reader is faster and says more exactly what is wrong.
  const isJson = extname(file) === ".json" || text.trimStart().startsWith("{");
  const parsed = isJson ? parseJsonTemplate(text) : parseYamlTemplate(text);
  if (parsed.kind === "invalid") {
    throw new LocalCloudFrontError(
      `Template ${JSON.stringify(file)} is not valid ${isJson ? "JSON" : "YAML"}: ${parsed.reason}. Mend the file, or synthesize it again.`,
    );
  }
  if (!isJsonObject(parsed.value) || !isJsonObject(parsed.value["Resources"])) {
    throw new LocalCloudFrontError(
      `File ${JSON.stringify(file)} is not a CloudFormation template: it has no "Resources" section. Name a template, or the folder that \`cdk synth\` writes (cdk.out).`,
    );
  }
  return parsed.value;
}

function parseJsonTemplate(text: string): ReturnType<typeof parseYamlTemplate> {
  try {
    return { kind: "template", value: JSON.parse(text) };
  } catch (error) {
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
}
