import { dirname, extname } from "node:path";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { expandSam } from "../sam/expand-sam.ts";
import { expandTerraform } from "../terraform/expand-terraform.ts";
import { isTerraformPlan } from "../terraform/terraform-plan.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";
import type { AssemblyStack, AssemblyWarning } from "./cloud-assembly.ts";
import { readTextFile } from "./read-file.ts";
import { isServerlessConfiguration, packageFirst } from "./serverless-file.ts";

/** A template as it is read from a file; a plan of Terraform says where it is deployed as well. */
export interface ReadTemplate extends Partial<
  Pick<AssemblyStack, "source" | "account" | "region">
> {
  readonly template: JsonObject;
  readonly warnings: readonly AssemblyWarning[];
}

/**
 * Reads a CloudFormation template, JSON or YAML, one of SAM, or a plan of Terraform. Nothing is evaluated.
 *
 * @param remedy what helps where the file cannot be read. @default to synthesize the app again
 * @throws {CloudAssemblyError} when the file cannot be read or holds no template.
 */
export function readTemplate(file: string, remedy?: string): ReadTemplate {
  const text = readTextFile(file, remedy);
  // JSON is YAML, but JSON's own reader is faster and says more exactly what is wrong.
  const format = extname(file) === ".json" || text.trimStart().startsWith("{") ? "JSON" : "YAML";
  const parsed = parseTemplate(text, format);
  if (parsed.kind === "invalid") {
    throw new CloudAssemblyError(
      `Template ${JSON.stringify(file)} is not valid ${format}: ${parsed.reason}. Fix the file, or make it again.`,
    );
  }
  const { value, warnings } = parsed;
  if (isTerraformPlan(value)) {
    const { region, account, ...expanded } = expandTerraform(value, dirname(file));
    return {
      ...expanded,
      source: "terraform",
      ...(region && { region }),
      ...(account && { account }),
    };
  }
  if (isJsonObject(value) && isJsonObject(value["Resources"] ?? {})) {
    const expanded = expandSam(value, dirname(file));
    return { template: expanded.template, warnings: [...warnings, ...expanded.warnings] };
  }
  throw notATemplate(file, value);
}

/** What is said of a file that holds JSON or YAML of another kind. */
export function notATemplate(file: string, value: unknown): CloudAssemblyError {
  const remedy = isServerlessConfiguration(value)
    ? packageFirst
    : "Name a template, a plan of Terraform as JSON, or the folder that `cdk synth` writes (cdk.out).";
  return new CloudAssemblyError(
    `File ${JSON.stringify(file)} is not a CloudFormation template: it has no "Resources" section. ${remedy}`,
  );
}
