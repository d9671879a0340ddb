import { Duration } from "aws-cdk-lib";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { ContentTypeRules, SiteFileRules } from "cf-site-files";
import { siteMetadataKey } from "../deploy/assembled-site.ts";
import { replacedTag, reservedKeys } from "../publish/reserved-keys.ts";
import { releaseRecordsFolder } from "../releases/release-layout.ts";
import { objectHeaders } from "../site/object-headers.ts";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import { cfnResourceOf } from "./cfn-resource-of.ts";
import { PrivateBucket } from "./private-bucket.ts";

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

/** The bucket of the site's files. */
export class SiteBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: SiteBucketProps) {
    super(scope, id, {
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
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
    cfnResourceOf(this, CfnBucket).addMetadata(siteMetadataKey, {
      path: props.sitePath,
      siteFiles: props.siteFiles,
      contentTypes: props.contentTypes,
      objectHeaders: objectHeaders(props.hashedAssetsPattern),
    });
  }
}
