import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import type { AssemblyStack, CloudAssembly } from "./cloud-assembly.ts";
import { readAssemblyManifest } from "./read-assembly-manifest.ts";
import { readAssetManifest } from "./read-asset-manifest.ts";
import { notATemplate, readTemplate } from "./read-template.ts";

/** The endings under which templates are recognised. */
const templateExtensions: readonly string[] = [".json", ".yaml", ".yml", ".template"];

/** The template in the folder that `serverless package` writes. */
const serverlessTemplate = "cloudformation-template-update-stack.json";

/** What helps somebody who named something of Terraform's own. */
const planFirst =
  "Write the plan as JSON and name that file: `terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json`.";

/**
 * Reads what a CDK app was synthesized to, what the Serverless Framework has packaged, a plan of Terraform
 * or OpenTofu as `terraform show -json` prints it, or a single CloudFormation template.
 *
 * @param path the folder (`cdk.out`, `.serverless`), or a plan or template file ending in `.json`, `.yaml`,
 *   `.yml` or `.template`; relative paths start at the working directory.
 * @throws {CloudAssemblyError} when there is nothing, or something that is neither.
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
export function readCloudAssembly(path: string): CloudAssembly {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new CloudAssemblyError(
      `Cloud assembly does not exist: got ${JSON.stringify(path)}. Synthesize the app first (\`cdk synth\`), or name a template or a plan of Terraform.`,
    );
  }
  if (!stats.isDirectory()) {
    return {
      path: absolute,
      folder: dirname(absolute),
      stacks: [readTemplateStack(absolute)],
    };
  }
  if (!existsSync(join(absolute, "manifest.json"))) {
    const packaged = join(absolute, serverlessTemplate);
    if (existsSync(packaged)) {
      const stack = { ...readTemplateStack(packaged), source: "serverless" as const };
      return { path: absolute, folder: absolute, stacks: [stack] };
    }
    const isTerraform = readdirSync(absolute).some((name) => /\.(?:tf|tofu)$/.test(name));
    throw new CloudAssemblyError(
      isTerraform
        ? `Folder ${JSON.stringify(absolute)} is a configuration of Terraform. ${planFirst}`
        : `Folder ${JSON.stringify(absolute)} is not a cloud assembly: it has no manifest.json. Name the folder that \`cdk synth\` writes (cdk.out), the one that \`serverless package\` writes (.serverless), a template, or a plan of Terraform.`,
    );
  }
  return { path: absolute, folder: absolute, stacks: readAssemblyManifest(absolute) };
}

/**
 * Reads a single template as a stack, with the assets that the CDK lists beside it.
 *
 * @param file absolute path
 * @param region where it is deployed; undefined where that is left to the deployment.
 * @throws {CloudAssemblyError} when it is no template.
 */
export function readTemplateStack(file: string, region?: string): AssemblyStack {
  if (isBinaryPlan(file)) {
    throw new CloudAssemblyError(
      `File ${JSON.stringify(file)} is a binary plan of Terraform. ${planFirst}`,
    );
  }
  if (!isTemplateFile(file)) {
    throw new CloudAssemblyError(
      `Template file must end in ${templateExtensions.join(", ")}: got ${JSON.stringify(file)}. Name a template, a plan of Terraform as JSON, or the folder that \`cdk synth\` writes (cdk.out).`,
    );
  }
  const { template, warnings, ...made } = readTemplate(file, "Check that it may be read.");
  if (template["Resources"] === undefined) throw notATemplate(file, template);
  const assetFile = file.replace(/(?:\.nested)?\.template\.json$/, ".assets.json");
  const name = stackNameOf(file);
  return {
    id: file,
    name,
    displayName: name,
    source: "template",
    account: undefined,
    region,
    ...made,
    templateFile: file,
    folder: dirname(file),
    template,
    assets: assetFile !== file && existsSync(assetFile) ? readAssetManifest(assetFile) : [],
    constructs: new Map(),
    acknowledgements: [],
    warnings,
  };
}

/** A zip file, whatever its name, that holds a plan. */
function isBinaryPlan(file: string): boolean {
  if (isTemplateFile(file) || extname(file) === ".zip") return false;
  return readFileSync(file).includes("tfplan");
}

/** Whether a file's name ends as that of a template. */
export function isTemplateFile(file: string): boolean {
  return templateExtensions.includes(extname(file));
}

/** A stack's name has letters, digits and hyphens only: `site.template.json` gives `site`. */
function stackNameOf(file: string): string {
  const base = basename(file).replace(/(\.template)?\.[^.]+$/, "");
  return base.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "template";
}
