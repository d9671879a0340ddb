import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type AssemblyStack, findAsset } from "./assembly/cloud-assembly.ts";
import { isTemplateFile, readTemplateStack } from "./assembly/read-cloud-assembly.ts";
import { tryResolve } from "./cloud-assembly-error.ts";
import type { TemplateResource } from "./template/template-resource.ts";

/** Returns the absolute path of a nested stack's template; undefined where it is not on disk. */
export function nestedTemplateFile(resource: TemplateResource): string | undefined {
  const { stack, properties } = resource;
  const url = tryResolve(() => properties.property("TemplateURL").string()) ?? "";
  const asset = findAsset(stack, url.slice(url.lastIndexOf("/") + 1))?.path;
  const path = asset ?? resource.metadataText("aws:asset:path") ?? url;
  if (!isTemplateFile(path)) return undefined;
  const absolute = resolve(stack.folder, path);
  return existsSync(absolute) ? absolute : undefined;
}

/**
 * Returns the stack that a resource makes. It is deployed where its parent is, and the parent's
 * manifest names its assets.
 *
 * @throws {CloudAssemblyError} when the file holds no template.
 */
export function nestedStack(
  { stack, logicalId }: TemplateResource,
  templateFile: string,
): AssemblyStack {
  const { template, assets, warnings } = readTemplateStack(templateFile);
  return {
    ...stack,
    id: `${stack.id} ${logicalId}`,
    name: `${stack.name}-${logicalId}`,
    displayName: `${stack.displayName}/${logicalId}`,
    templateFile,
    folder: dirname(templateFile),
    template,
    assets: [...stack.assets, ...assets],
    warnings,
  };
}
