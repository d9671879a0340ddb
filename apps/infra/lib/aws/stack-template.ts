import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A CloudFormation template, as far as it is looked at here. */
export interface StackTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** Reads a stack's template from a cloud assembly. */
export function synthesizedTemplate(assemblyFolder: string, stackName: string): StackTemplate {
  return JSON.parse(readFileSync(join(assemblyFolder, `${stackName}.template.json`), "utf8"));
}
