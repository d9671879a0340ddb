import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JsonObject, readCloudAssembly } from "cloud-assembly";
import type { RuleExample } from "../src/explain/rule-page.ts";
import type { Part } from "./control-template.ts";
import type { Parts } from "./mistake.ts";

/** Makes the change to the control template that the example of a rule's page shows. */
export function applyExample({ language, title, code }: RuleExample): (parts: Parts) => void {
  if (language === "yaml") return ({ template }) => merge(template, parseTemplate(code));
  if (title === "template.js") {
    return ({ template }) => void new Function("template", code)(template);
  }
  const [, eventType] = /^CloudFront Function, (.*)$/.exec(title) ?? [];
  return eventType === undefined
    ? (parts) => asLambda(parts, title, code)
    : (parts) => asCloudFrontFunction(parts, eventType, code);
}

function asLambda(parts: Parts, eventType: string, code: string): void {
  parts.moved(eventType);
  parts.rewrite["Code"]["ZipFile"] = code;
}

function asCloudFrontFunction(parts: Parts, eventType: string, code: string): void {
  parts.associateCloudFrontFunction(eventType);
  parts.associations.splice(0);
  parts.properties("Edge")["FunctionCode"] = code;
}

/** Lists are replaced, objects merged, as a reader understands a fragment. */
function merge(target: Part, fragment: Part): void {
  for (const [key, value] of Object.entries<Part>(fragment)) {
    const isIntrinsic =
      isObject(value) && Object.keys(value).some((name) => /^Ref$|^Fn::/.test(name));
    if (isObject(value) && isObject(target[key]) && !isIntrinsic) merge(target[key], value);
    else target[key] = value;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** With the long forms of CloudFormation's functions. */
function parseTemplate(code: string): JsonObject {
  const folder = mkdtempSync(join(tmpdir(), "example-"));
  try {
    const file = join(folder, "template.yaml");
    writeFileSync(file, code);
    return readCloudAssembly(file).stacks[0]!.template;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
