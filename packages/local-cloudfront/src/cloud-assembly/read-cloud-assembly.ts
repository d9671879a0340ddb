import { existsSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { assemblyFiles } from "./assembly-files.ts";
import type { AssemblyStack, CloudAssembly } from "./cloud-assembly.ts";
import { readAssemblyManifest } from "./read-assembly-manifest.ts";
import { readTemplateFile, templateExtensions } from "./read-template-file.ts";

/**
 * Reads what a CDK app was synthesized to, or a single CloudFormation template.
 *
 * @param path the folder (`cdk.out`), or a template file ending in `.json`, `.yaml`, `.yml` or
 *   `.template`; relative paths start at the working directory.
 * @throws {LocalCloudFrontError} when there is nothing, or something that is neither.
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
export function readCloudAssembly(path: string): CloudAssembly {
  const absolute = resolve(path);
  switch (assemblyFiles.kindOf(absolute)) {
    case "missing":
      throw new LocalCloudFrontError(
        `Cloud assembly does not exist: got ${JSON.stringify(path)}. Synthesize the app first (\`cdk synth\`), or name a template file.`,
      );
    case "folder":
      return {
        path: absolute,
        folder: absolute,
        stacks: readFolder(absolute),
        files: assemblyFiles,
      };
    case "file":
      return {
        path: absolute,
        folder: dirname(absolute),
        stacks: [readSingleTemplate(absolute)],
        files: assemblyFiles,
      };
  }
}

function readFolder(folder: string): readonly AssemblyStack[] {
  if (!existsSync(join(folder, "manifest.json"))) {
    throw new LocalCloudFrontError(
      `Folder ${JSON.stringify(folder)} is not a cloud assembly: it has no manifest.json. Name the folder that \`cdk synth\` writes (cdk.out).`,
    );
  }
  return readAssemblyManifest(folder);
}

function readSingleTemplate(file: string): AssemblyStack {
  const extension = extname(file);
  if (!templateExtensions.includes(extension)) {
    throw new LocalCloudFrontError(
      `Template file must end in ${templateExtensions.join(", ")}: got ${JSON.stringify(file)}. Name a template, or the folder that \`cdk synth\` writes (cdk.out).`,
    );
  }
  const name = stackNameOf(file);
  return {
    name,
    displayName: name,
    account: undefined,
    region: undefined,
    templateFile: file,
    folder: dirname(file),
    template: readTemplateFile(file),
    assets: [],
  };
}

/** A stack's name has letters, digits and hyphens only: `site.template.json` gives `site`. */
function stackNameOf(file: string): string {
  const base = file.slice(dirname(file).length + 1).replace(/(\.template)?\.[^.]+$/, "");
  return base.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "template";
}
