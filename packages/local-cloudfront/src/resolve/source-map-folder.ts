import { resolve as resolvePath } from "node:path";
import type { TemplateResource } from "cloud-assembly";
import { kindOfPath } from "./kind-of-path.ts";

/** The key of a function's metadata under which an app names the folder of its source maps. */
const sourceMapsMetadataKey = "cf-edge:source-maps";

/**
 * Returns the folder of source maps that a function's metadata names. They help only whoever reads a
 * stack or sets a breakpoint: a folder that is not on this machine is no mistake.
 *
 * @throws {LocalCloudFrontError} when the metadata has no path.
 */
export function sourceMapFolder({ stack, metadata }: TemplateResource): string | undefined {
  const sourceMaps = metadata.property(sourceMapsMetadataKey);
  if (!sourceMaps.isPresent) return undefined;
  const path = resolvePath(stack.folder, sourceMaps.property("path").string());
  return kindOfPath(path) === "folder" ? path : undefined;
}
