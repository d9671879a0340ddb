import { extname } from "node:path";
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
 * Finds the folders and zip files that CDK bucket deployments copy to a bucket; undefined where none
 * does. A warning names the sources that are not on this machine, and deployments that remove the files
 * of others.
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
  warnOfPruning(folders, resolution);
  return others.length === 0 && isPlain(only)
    ? { kind: "folder", path: only.path }
    : { kind: "deployed", folders };
}

/** In the template's order the later one runs last; without an order of their own, AWS may turn it round. */
function warnOfPruning(
  folders: readonly DeployedFolder[],
  resolution: Pick<Resolution, "warn">,
): void {
  for (const [index, { deployment, keyPrefix, prunes, exclude }] of folders.entries()) {
    const earlier = folders
      .slice(0, index)
      .find((each) => each.deployment !== deployment && each.keyPrefix.startsWith(keyPrefix));
    // What is excluded is not removed either: whoever excludes has thought of the others.
    if (!prunes || exclude.length > 0 || earlier === undefined) continue;
    resolution.warn(
      `${deployment}.Prune`,
      `It removes what ${earlier.deployment} has copied to the same place: only its own files are served there. Set prune to false in the BucketDeployment.`,
    );
  }
}

/** Whether its files are the objects, as they are. */
function isPlain({ path, keyPrefix, exclude, headers, replacements }: DeployedFolder): boolean {
  return (
    kindOfPath(path) === "folder" &&
    keyPrefix === "" &&
    exclude.length === 0 &&
    replacements.length === 0 &&
    Object.keys(headers).length === 0
  );
}

function foldersOf(
  { properties, logicalId }: TemplateResource,
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
        deployment: logicalId,
        prunes: properties.property("Prune").boolean(true),
        keyPrefix: bare === "" ? "" : `${bare}/`,
        exclude: properties.property("Exclude").strings(),
        include: properties.property("Include").strings(),
        headers: metadataOf(properties),
        replacements: replacementsOf(markers[index], configs[index]),
      };
    });
}

/** What the AWS CLI calls otherwise than the header that it sets. */
const systemHeaders: ReadonlyMap<string, string | undefined> = new Map([
  ["website-redirect", "x-amz-website-redirect-location"],
  ["storage-class", "x-amz-storage-class"],
  ["sse", "x-amz-server-side-encryption"],
  ["sse-kms-key-id", "x-amz-server-side-encryption-aws-kms-key-id"],
  ["acl", undefined],
]);

/** `SystemMetadata` holds HTTP headers, as in `cache-control`; `UserMetadata` those with a prefix of S3. */
function metadataOf(properties: TemplateProperty): DeployedFolder["headers"] {
  const system = properties.property("SystemMetadata");
  const user = properties.property("UserMetadata");
  return Object.fromEntries([
    ...system.names().flatMap((name) => {
      const header = systemHeaders.has(name) ? systemHeaders.get(name) : name;
      return header === undefined ? [] : [[header, system.property(name).string()] as const];
    }),
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
  return kind === "file" && extname(asset.path) !== ".zip"
    ? `The source is neither a folder nor a zip file (${asset.path})`
    : undefined;
}
