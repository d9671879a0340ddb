import { resolve as resolvePath } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { StackResource } from "./assembly-resources.ts";
import { bucketDeploymentFolder } from "./bucket-deployment.ts";
import type { OriginContent } from "./origins.ts";
import type { Resolution } from "./resolution.ts";

/** The key of a bucket's metadata under which an app names the folder of the site. */
export const siteMetadataKey = "cf-edge:site";

const noContent: OriginContent = { kind: "none" };

/**
 * Finds the content of an origin on this machine: what was passed for its id or its bucket, else
 * the folder that the bucket's metadata names, else the source of a CDK bucket deployment.
 *
 * @throws {LocalCloudFrontError} when the folder does not exist.
 */
export function originContent(
  originId: string,
  bucket: StackResource | undefined,
  resolution: Resolution,
): OriginContent {
  const override =
    resolution.originOverrides.get(originId) ??
    resolution.originOverrides.get(bucket?.resource.logicalId ?? "");
  if (override !== undefined) return checkOverride(originId, override, resolution);
  if (bucket === undefined) return noContent;
  return siteFolder(bucket, resolution) ?? bucketDeploymentFolder(bucket, resolution) ?? noContent;
}

function checkOverride(
  originId: string,
  override: OriginContent,
  { files }: Resolution,
): OriginContent {
  if (override.kind !== "folder") return override;
  const path = resolvePath(override.path);
  if (files.kindOf(path) === "folder") return { kind: "folder", path };
  throw new LocalCloudFrontError(
    `Folder for origin ${JSON.stringify(originId)} does not exist: got ${JSON.stringify(path)}. Build the site first, or pass --origin with a folder that exists.`,
  );
}

function siteFolder(
  { stack, resource }: StackResource,
  { files }: Resolution,
): OriginContent | undefined {
  const site = resource.metadata.property(siteMetadataKey);
  if (!site.isPresent) return undefined;
  const property = site.property("path");
  const path = resolvePath(stack.folder, property.string());
  if (files.kindOf(path) === "folder") return { kind: "folder", path };
  throw property.error(
    `names a site folder that is not built (${path})`,
    `Build the site first, or pass --origin ${resource.logicalId}=DIR.`,
  );
}
