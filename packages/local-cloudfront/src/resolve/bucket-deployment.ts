import { type FileAsset, findAsset, type TemplateResource, tryResolve } from "cloud-assembly";
import { kindOfPath } from "./kind-of-path.ts";
import type { OriginContent } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Finds the folder that a CDK bucket deployment copies to a bucket; undefined where none does.
 * The bucket is served from one folder; a warning names the others.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment-readme.html
 */
export function bucketDeploymentFolder(
  bucket: TemplateResource,
  resolution: Resolution,
): OriginContent | undefined {
  const bucketName = resolution.resources.physicalId(bucket);
  const deployments = resolution.resources
    .ofType(bucket.stack, "Custom::CDKBucketDeployment")
    .filter(
      ({ properties }) =>
        tryResolve(() => properties.property("DestinationBucketName").string()) === bucketName,
    );
  const sources = deployments.flatMap((deployment) => sourcesOf(deployment, bucket));
  const [first, ...others] = sources.filter((source) => source.servable);
  for (const other of [...others, ...sources.filter((source) => !source.servable)]) {
    resolution.warn(
      other.subject,
      `${other.problem}: its files are not served. Pass --origin ${bucket.logicalId}=DIR with a folder that holds them all.`,
    );
  }
  return first === undefined ? undefined : { kind: "folder", path: first.path };
}

interface Source {
  readonly subject: string;
  readonly path: string;
  readonly servable: boolean;
  /** Why it is not served, where it is not. */
  readonly problem: string;
}

function sourcesOf(
  { properties }: TemplateResource,
  { stack }: TemplateResource,
): readonly Source[] {
  const prefix = properties.property("DestinationBucketKeyPrefix").optionalString() ?? "";
  return properties
    .property("SourceObjectKeys")
    .items()
    .map((key) => {
      const objectKey = key.string();
      const asset = findAsset(stack, objectKey);
      const problem = whyNotServed(asset, prefix, kindOfPath(asset?.path ?? ""));
      return {
        subject: key.path,
        path: asset?.path ?? "",
        servable: problem === undefined,
        problem: problem ?? "A bucket is served from one folder, and another source comes first",
      };
    });
}

function whyNotServed(
  asset: FileAsset | undefined,
  prefix: string,
  kind: "folder" | "file" | "missing",
): string | undefined {
  if (asset === undefined) return "The source is no asset of the assembly";
  if (kind === "missing") return `The source does not exist on disk (${asset.path})`;
  if (kind === "file") return `The source is a zip file (${asset.path})`;
  return prefix === "" ? undefined : `The source goes under the key prefix ${prefix}`;
}
