import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import { bucketPermissions, type BucketReader } from "./bucket-permissions.ts";
import { contentTypesOf, objectHeadersOf, siteFileGlobsOf } from "./site-metadata.ts";
import { originContent } from "./origin-content.ts";
import type { S3Access, S3Origin } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";
import { resolveSigningBehavior } from "./resolve-signing-behavior.ts";
import { resolveOriginBase } from "./resolve-origin-base.ts";
import { parseS3DomainName, type S3DomainName } from "./s3-domain-name.ts";

/**
 * Resolves an origin with `S3OriginConfig`.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse it.
 */
export function resolveS3Origin(origin: TemplateProperty, resolution: Resolution): S3Origin {
  const config = origin.property("S3OriginConfig");
  const domainName = origin.property("DomainName");
  const s3 = domainName.isKnown ? parseS3DomainName(domainName.string()) : unknownBucket;
  if (s3?.kind !== "rest") {
    throw domainName.error(
      s3 === undefined
        ? "is not a bucket's domain name, as S3OriginConfig needs one"
        : "is a website endpoint, which is a custom origin",
      s3 === undefined
        ? "Use the bucket's RegionalDomainName, or CustomOriginConfig for a server."
        : "Use CustomOriginConfig, or the bucket's RegionalDomainName.",
      ...(s3 === undefined ? [] : ["CF-H-15"]),
    );
  }
  const bucket = resolution.resources.find(resolution.stack, "AWS::S3::Bucket", s3.bucketName);
  const { access, reader } = resolveAccess(origin, resolution);
  const content = originContent(origin, bucket, resolution);
  warnWithoutContent(origin, content.kind, resolution);
  const objectHeaders = bucket === undefined ? undefined : objectHeadersOf(bucket);
  const siteFiles = bucket === undefined ? undefined : siteFileGlobsOf(bucket);
  const contentTypes = bucket === undefined ? undefined : contentTypesOf(bucket);
  return {
    kind: "s3",
    ...resolveOriginBase(origin, config.property("OriginReadTimeout"), content, resolution),
    access,
    region: s3.region,
    bucketLogicalId: bucket?.logicalId,
    ...permissions(bucket, reader, origin, resolution),
    ...(objectHeaders === undefined ? {} : { objectHeaders }),
    ...(siteFiles === undefined ? {} : { siteFiles }),
    ...(contentTypes === undefined ? {} : { contentTypes }),
  };
}

/** Its domain name is left to the deployment; so are its name and Region. */
const unknownBucket: S3DomainName = { kind: "rest", bucketName: "", region: "us-east-1" };

interface ResolvedAccess {
  readonly access: S3Access;
  readonly reader: BucketReader;
}

function resolveAccess(origin: TemplateProperty, resolution: Resolution): ResolvedAccess {
  const accessControl = origin.property("OriginAccessControlId");
  const accessIdentity = origin.property("S3OriginConfig").property("OriginAccessIdentity");
  const identityPath = accessIdentity.optionalString() ?? "";
  if ((accessControl.optionalString() ?? "") !== "") {
    if (identityPath !== "") {
      throw accessIdentity.error(
        "cannot be combined with an OriginAccessControlId",
        'Leave it empty ("") where an origin access control is used.',
      );
    }
    const signingBehavior = resolveSigningBehavior(accessControl, resolution);
    return {
      access: { kind: "origin-access-control", signingBehavior },
      reader: signingBehavior === "never" ? { kind: "anonymous" } : { kind: "service" },
    };
  }
  if (identityPath === "") return { access: { kind: "public" }, reader: { kind: "anonymous" } };
  const id = /^origin-access-identity\/cloudfront\/(.+)$/.exec(identityPath)?.[1];
  if (id === undefined) {
    throw accessIdentity.error(
      "must name an origin access identity",
      'Write "origin-access-identity/cloudfront/ID".',
    );
  }
  return {
    access: { kind: "origin-access-identity" },
    reader: { kind: "origin-access-identity", id },
  };
}

/** Of a bucket outside the assembly nothing is known: AWS's own sample policy is assumed (CF-H-01). */
function permissions(
  bucket: TemplateResource | undefined,
  reader: BucketReader,
  origin: TemplateProperty,
  resolution: Resolution,
): Pick<S3Origin, "mayGetObject" | "mayListBucket"> {
  if (bucket === undefined) return { mayGetObject: true, mayListBucket: false };
  const originPath = origin.property("OriginPath").optionalString() ?? "";
  const granted = bucketPermissions(bucket, reader, originPath, resolution);
  if (!granted.mayGetObject) {
    const { logicalId } = bucket;
    const who = reader.kind === "anonymous" ? "everybody" : "CloudFront";
    const why = reader.kind === "anonymous" ? "its requests are not signed, and " : "";
    resolution.warn(
      origin.path,
      `Every request to this origin gets a 403 response: ${why}no AWS::S3::BucketPolicy lets ${who} s3:GetObject from bucket ${logicalId}.`,
    );
  }
  if (reader.kind === "service" && granted.mayGetObject) {
    const others = { ...resolution, distributionArn: otherDistribution };
    if (bucketPermissions(bucket, reader, originPath, others).mayGetObject) {
      resolution.warn(
        origin.path,
        `Every distribution of every account may read bucket ${bucket.logicalId}: its policy lets cloudfront.amazonaws.com s3:GetObject without the condition AWS:SourceArn (CF-H-02).`,
      );
    }
  }
  return granted;
}

/** A distribution of somebody else. */
const otherDistribution = "arn:aws:cloudfront::000000000000:distribution/EOTHER";

function warnWithoutContent(origin: TemplateProperty, kind: string, resolution: Resolution): void {
  if (kind !== "none" && kind !== "not-deployed") return;
  const id = origin.property("Id").string();
  resolution.warn(
    origin.path,
    `Bucket has no content on this machine. Pass --origin ${id}=DIR, or name the folder in the bucket's metadata.`,
  );
}
