import { join } from "node:path";
import {
  findAsset,
  rebuildRemedy,
  type TemplateProperty,
  type TemplateResource,
} from "cloud-assembly";
import type { KeyValueStoreResource } from "../distribution/cloudfront-functions.ts";
import type { OriginContent } from "../distribution/origins.ts";
import { kindOfPath } from "./kind-of-path.ts";
import { bucketContent } from "./origin-content.ts";
import type { Resolution } from "./resolution.ts";

/** What of a resolution stores take. */
export type StoreResolution = Pick<
  Resolution,
  "keyValueFiles" | "keyValueStores" | "resources" | "stack" | "warn"
>;

/**
 * Resolves the key value store that a function names by its ARN, and finds the file that it imports:
 * what was passed for its name, its logical id or its id, an asset of the assembly, or a file in the
 * folder that stands for its bucket.
 *
 * @throws {CloudAssemblyError} when nothing defines it, or its file is not on this machine.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-keyvaluestore.html
 */
export function resolveKeyValueStore(
  arnProperty: TemplateProperty,
  resolution: StoreResolution,
): KeyValueStoreResource {
  const arn = arnProperty.string();
  const known = resolution.keyValueStores.get(arn);
  if (known !== undefined) return known;
  const id = arn.slice(arn.lastIndexOf("/") + 1);
  const { resources, stack, keyValueFiles } = resolution;
  const resource = resources.find(stack, "AWS::CloudFront::KeyValueStore", arn, "Arn");
  const name = resource === undefined ? id : nameOf(resource, resolution);
  const override = [name, resource?.logicalId ?? name, id]
    .map((each) => keyValueFiles.get(each))
    .find((file) => file !== undefined);
  if (resource === undefined && override === undefined) {
    throw arnProperty.error(
      "names a key value store that the assembly does not hold",
      `Pass its data with --kvs ${id}=FILE, or put its AWS::CloudFront::KeyValueStore into the same app or template.`,
    );
  }
  const importFile = override ?? (resource && importedFile(resource, resolution));
  const store: KeyValueStoreResource = { name, id, arn, importFile };
  resolution.keyValueStores.set(arn, store);
  return store;
}

function nameOf(resource: TemplateResource, { resources }: StoreResolution): string {
  return resources.physicalId(resource) ?? resource.logicalId;
}

/** Returns undefined for a store that begins empty. */
function importedFile(store: TemplateResource, resolution: StoreResolution): string | undefined {
  const source = store.properties.property("ImportSource");
  if (!source.isPresent) return undefined;
  const arnProperty = source.property("SourceArn");
  const [, bucketName = "", key = ""] =
    /^arn:[^:]+:s3:::([^/]+)\/(.+)$/.exec(arnProperty.string()) ?? [];
  const asset = findAsset(store.stack, key);
  if (asset !== undefined) return existing(asset.path, arnProperty, store);
  const bucket = resolution.resources.find(store.stack, "AWS::S3::Bucket", bucketName);
  const content = bucket && bucketContent(bucket, resolution);
  const path = content && pathOf(content, key);
  if (path !== undefined) return existing(path, arnProperty, store);
  throw arnProperty.error(
    "is neither an asset of the assembly nor in a bucket that a folder stands for",
    `Pass the data with --kvs ${store.logicalId}=FILE: objects in S3 are not fetched.`,
  );
}

/** Returns where an object of a bucket lies; undefined where nothing stands for the bucket. */
function pathOf(content: OriginContent, key: string): string | undefined {
  if (content.kind === "folder") return join(content.path, key);
  if (content.kind !== "deployed") return undefined;
  const paths = content.folders
    .filter(({ keyPrefix }) => key.startsWith(keyPrefix))
    .map(({ path, keyPrefix }) => join(path, key.slice(keyPrefix.length)));
  return paths.findLast((path) => kindOfPath(path) === "file") ?? paths.at(-1);
}

function existing(
  path: string,
  property: TemplateProperty,
  { logicalId, stack }: TemplateResource,
): string {
  if (kindOfPath(path) === "file") return path;
  throw property.error(
    `stands for ${JSON.stringify(path)}, which is no file`,
    `${rebuildRemedy(stack)}, or pass the data with --kvs ${logicalId}=FILE.`,
  );
}
