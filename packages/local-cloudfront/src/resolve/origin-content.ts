import { resolve as resolvePath } from "node:path";
import { CloudAssemblyError, type TemplateProperty, type TemplateResource } from "cloud-assembly";
import { bucketDeploymentContent } from "./bucket-deployment.ts";
import type { OriginContent, SigningBehavior } from "../distribution/origins.ts";
import { kindOfPath } from "./kind-of-path.ts";
import { resolveLambdaEndpoint } from "./resolve-lambda-endpoint.ts";
import type { Resolution } from "./resolution.ts";
import { siteMetadataKey } from "./site-metadata.ts";

/**
 * Finds the content of an origin on this machine: what was passed for its id or its bucket, else
 * the folder that the bucket's metadata names, else the sources of CDK bucket deployments, else the
 * functions behind the function URL or the API of the template that it is at. A host name
 * that only a deployment knows, or that is synthetic here, is not contacted: it may be somebody else's.
 *
 * @param signingBehavior of the origin's access control; undefined without one.
 * @throws {CloudAssemblyError} when the folder does not exist.
 */
export function originContent(
  origin: TemplateProperty,
  bucket: TemplateResource | undefined,
  resolution: Resolution,
  signingBehavior?: SigningBehavior,
): OriginContent {
  const { originOverrides, originNames, resources } = resolution;
  const originId = origin.property("Id").string();
  const domainName = origin.property("DomainName");
  const host = domainName.string().toLowerCase();
  const names = [originId, ...(bucket === undefined ? [] : [bucket.logicalId])];
  for (const name of names) originNames.add(name);
  const override = [...names, host]
    .map((name) => originOverrides.get(name))
    .find((content) => content !== undefined);
  if (override !== undefined) return checkOverride(originId, override);
  const content =
    (bucket && bucketContent(bucket, resolution)) ??
    lambdaContent(origin, signingBehavior, resolution);
  if (content !== undefined) return content;
  const isReal = domainName.isKnown && !resources.isSyntheticHost(host);
  return { kind: isReal ? "none" : "not-deployed" };
}

/** What stands in front of functions and cannot run here keeps the rest from no start. */
function lambdaContent(
  origin: TemplateProperty,
  signingBehavior: SigningBehavior | undefined,
  resolution: Resolution,
): OriginContent | undefined {
  try {
    const endpoint = resolveLambdaEndpoint(origin, signingBehavior, resolution);
    return endpoint && { kind: "lambda", endpoint };
  } catch (error) {
    if (!(error instanceof CloudAssemblyError)) throw error;
    return { kind: "not-deployed", reason: error.message.replace(/\.$/, "") };
  }
}

/** Returns the folder that the template names for a bucket; undefined where it names none. */
export function bucketContent(
  bucket: TemplateResource,
  resolution: Pick<Resolution, "resources" | "warn">,
): OriginContent | undefined {
  return siteFolder(bucket) ?? bucketDeploymentContent(bucket, resolution);
}

function checkOverride(originId: string, override: OriginContent): OriginContent {
  if (override.kind !== "folder") return override;
  const path = resolvePath(override.path);
  if (kindOfPath(path) === "folder") return { kind: "folder", path };
  throw new CloudAssemblyError(
    `Folder for origin ${JSON.stringify(originId)} does not exist: got ${JSON.stringify(path)}. Build the site first, or pass --origin with a folder that exists.`,
  );
}

function siteFolder({ stack, logicalId, metadata }: TemplateResource): OriginContent | undefined {
  const site = metadata.property(siteMetadataKey);
  if (!site.isPresent) return undefined;
  const property = site.property("path");
  const path = resolvePath(stack.folder, property.string());
  if (kindOfPath(path) === "folder") return { kind: "folder", path };
  throw property.error(
    `names a site folder that is not built (${path})`,
    `Build the site first, or pass --origin ${logicalId}=DIR.`,
  );
}
