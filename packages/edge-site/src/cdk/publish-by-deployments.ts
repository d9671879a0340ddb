import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  Source,
} from "aws-cdk-lib/aws-s3-deployment";
import type { Construct } from "constructs";
import type { PublishPlan, SiteObject } from "../publish/publish-plan.ts";
import { takesPath } from "../site/object-headers.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** What is published, and whereto. */
export interface SiteToPublish {
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
  readonly plan: PublishPlan;
  readonly hashedAssetsPattern: string;
}

/**
 * Publishes a site with its stack: first the assets, which stay for open tabs when the site has dropped them; then all
 * other files, where those are deleted that the site has dropped, and an invalidation.
 */
export function publishByDeployments(
  scope: Construct,
  { bucket, distribution, plan, hashedAssetsPattern }: SiteToPublish,
): void {
  const objects = plan.groups.flat();
  const isAsset = ({ key }: SiteObject): boolean => takesPath(hashedAssetsPattern, `/${key}`);
  const isHashed = ({ key }: SiteObject): boolean => plan.isHashed(key);
  const otherAssets = objects.filter((each) => isAsset(each) && !isHashed(each));
  const documentFiles = objects.filter((each) => !isAsset(each));
  const deploy = (
    id: string,
    files: readonly SiteObject[],
    props: Partial<BucketDeploymentProps>,
  ): BucketDeployment | undefined => {
    const [first] = files;
    if (first === undefined) return undefined;
    const { cacheControl = "" } = first;
    // The CDK copies the folder while the deployment is created.
    using folder = temporaryFolder();
    copyFiles(files, folder.path);
    return new BucketDeployment(scope, id, {
      destinationBucket: bucket,
      sources: [Source.asset(folder.path)],
      cacheControl: [CacheControl.fromString(cacheControl)],
      ...props,
    });
  };
  const assets = [
    deploy("HashedAssets", objects.filter(isHashed), { prune: false }),
    // Their names stay when their content changes.
    deploy("OtherAssets", otherAssets, { prune: false }),
  ];
  const documents = deploy("Documents", documentFiles, {
    // What is excluded is not deleted either.
    exclude: [hashedAssetsPattern.slice(1)],
    distribution,
    distributionPaths: ["/*"],
  });
  // No document asks for an asset that is not there yet.
  for (const each of assets) if (each !== undefined) documents?.node.addDependency(each);
}

function copyFiles(files: readonly SiteObject[], folder: string): void {
  for (const { key, file } of files) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    cpSync(file, join(folder, key), { dereference: true });
  }
}
