import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { ContentTypeRules, SiteFileRules } from "cf-site-files";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import { objectHeaders } from "../site/object-headers.ts";
import { replacedTag } from "./replaced-tag.ts";
import { reservedKeys } from "../publish/reserved-keys.ts";
import { releaseRecordsFolder } from "../releases/release-layout.ts";
import { siteMetadataKey } from "./site-metadata-key.ts";

/** What lies in the bucket. */
export interface SiteBucketProps {
  /** The site's folder, relative to the cloud assembly; undefined where the stack itself has the files. */
  readonly sitePath: string | undefined;
  /** Which of its files are published otherwise than by default. */
  readonly siteFiles: SiteFileRules;
  /** By glob, of files that get another one than that of their names. */
  readonly contentTypes: ContentTypeRules;
  readonly hashedAssetsPattern: string;
  /** How many days a hashed asset stays after the site has dropped it. */
  readonly replacedAssetsDays: number;
  readonly hasReleases: boolean;
}

/** The private bucket that holds the site's files. It outlives its stack, for it may not be empty. */
export class SiteBucket extends Bucket {
  constructor(scope: Construct, id: string, props: SiteBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          tagFilters: { [replacedTag.Key]: replacedTag.Value },
          expiration: Duration.days(props.replacedAssetsDays),
        },
        // Of a deploy that was killed.
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
        actions: ["s3:GetObject"],
        // They name who deploys, and are no part of the site.
        resources: [
          ...reservedKeys,
          ...(props.hasReleases ? [`${releaseRecordsFolder}*`] : []),
        ].map((key) => this.arnForObjects(key)),
      }),
    );
    acknowledgeRules(this, {
      "AwsSolutions::AwsSolutions-S1":
        "Only the distribution reads the bucket: the access logs of the stage have each request.",
    });
    if (props.sitePath === undefined) return;
    const resource = this.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error("A Bucket without a CfnBucket.");
    resource.addMetadata(siteMetadataKey, {
      path: props.sitePath,
      siteFiles: props.siteFiles,
      contentTypes: props.contentTypes,
      objectHeaders: objectHeaders(props.hashedAssetsPattern),
    });
  }
}
