import {
  type FileAsset,
  findAsset,
  type TemplateProperty,
  type TemplateResource,
  tryResolve,
} from "cloud-assembly";
import { kindOfPath } from "./kind-of-path.ts";
import type { DeployedFolder, OriginContent } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Finds the folders that CDK bucket deployments copy to a bucket; undefined where none does. A warning
 * names the sources that are not on this machine as folders.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment-readme.html
 */
export function bucketDeploymentContent(
  bucket: TemplateResource,
  resolution: Pick<Resolution, "resources" | "warn">,
): OriginContent | undefined {
  const bucketName = resolution.resources.physicalId(bucket);
  const folders = resolution.resources
    .ofType(bucket.stack, "Custom::CDKBucketDeployment")
    .filter(
      ({ properties }) =>
        tryResolve(() => properties.property("DestinationBucketName").string()) === bucketName,
    )
    .flatMap((deployment) => foldersOf(deployment, bucket, resolution));
  const [only, ...others] = folders;
  if (only === undefined) return undefined;
  return others.length === 0 && isPlain(only)
    ? { kind: "folder", path: only.path }
    : { kind: "deployed", folders };
}

/** Whether its files are the objects, as they are. */
function isPlain({ keyPrefix, exclude, headers, replacements }: DeployedFolder): boolean {
  return (
    keyPrefix === "" &&
    exclude.length === 0 &&
    replacements.length === 0 &&
    Object.keys(headers).length === 0
  );
}

function foldersOf(
  { properties }: TemplateResource,
  bucket: TemplateResource,
  resolution: Pick<Resolution, "resources" | "warn">,
): readonly DeployedFolder[] {
  const prefix = properties.property("DestinationBucketKeyPrefix").optionalString() ?? "";
  const bare = prefix.replace(/^\/+|\/+$/g, "");
  const markers = properties.property("SourceMarkers").items();
  const configs = properties.property("SourceMarkersConfig").items();
  return properties
    .property("SourceObjectKeys")
    .items()
    .flatMap((key, index) => {
      const asset = findAsset(bucket.stack, key.string());
      const problem = whyNotServed(asset);
      if (asset === undefined || problem !== undefined) {
        resolution.warn(
          key.path,
          `${problem}: its files are not served. Pass --origin ${bucket.logicalId}=DIR with a folder that holds them all.`,
        );
        return [];
      }
      return {
        path: asset.path,
        keyPrefix: bare === "" ? "" : `${bare}/`,
        exclude: properties.property("Exclude").strings(),
        include: properties.property("Include").strings(),
        headers: metadataOf(properties),
        replacements: replacementsOf(markers[index], configs[index]),
      };
    });
}

/** `SystemMetadata` holds HTTP headers, as in `cache-control`; `UserMetadata` those with a prefix of S3. */
function metadataOf(properties: TemplateProperty): DeployedFolder["headers"] {
  const system = properties.property("SystemMetadata");
  const user = properties.property("UserMetadata");
  return Object.fromEntries([
    ...system.names().map((name) => [name, system.property(name).string()] as const),
    ...user
      .names()
      .map(
        (name) =>
          [`x-amz-meta-${name.replace(/^x-amz-meta-/, "")}`, user.property(name).string()] as const,
      ),
  ]);
}

/** The values of `Source.data` and `Source.jsonData` that are not known at synth. */
function replacementsOf(
  markers: TemplateProperty | undefined,
  config: TemplateProperty | undefined,
): DeployedFolder["replacements"] {
  const isJson = config?.property("jsonEscape").boolean(false) ?? false;
  return (markers?.names() ?? []).map((mark) => {
    const text = markers?.property(mark).string() ?? "";
    return { mark, value: isJson ? JSON.stringify(text).slice(1, -1) : text };
  });
}

function whyNotServed(asset: FileAsset | undefined): string | undefined {
  if (asset === undefined) return "The source is no asset of the assembly";
  const kind = kindOfPath(asset.path);
  if (kind === "missing") return `The source does not exist on disk (${asset.path})`;
  return kind === "file" ? `The source is a zip file (${asset.path})` : undefined;
}
