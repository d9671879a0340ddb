import { type TemplateProperty, type TemplateResource, tryResolve } from "cloud-assembly";
import {
  type BucketReader,
  type BucketRequest,
  statementApplies,
} from "./bucket-policy-statement.ts";
import type { S3Origin } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Decides from the bucket policies of the assembly what CloudFront may do with a bucket: a
 * statement must allow it, and none may deny it.
 *
 * Statements are taken as S3 would take them, with one simplification: permission to get objects
 * is asked for once, for any key under the origin's path. A policy that names single keys or
 * folders below it does not count.
 *
 * @param originPath empty, or starts with a slash and does not end with one.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function bucketPermissions(
  bucket: TemplateResource,
  reader: BucketReader,
  originPath: string,
  resolution: Resolution,
): Pick<S3Origin, "mayGetObject" | "mayListBucket"> {
  const statements = policyStatements(bucket, resolution);
  const arn = resolution.resources.physicalId(bucket, "Arn") ?? "";
  const request = { reader, distributionArn: resolution.distributionArn };
  return {
    mayGetObject: isAllowed(statements, {
      ...request,
      action: "s3:GetObject",
      resource: `${arn}${originPath}/any-key`,
    }),
    mayListBucket: isAllowed(statements, { ...request, action: "s3:ListBucket", resource: arn }),
  };
}

function policyStatements(
  bucket: TemplateResource,
  { stack, resources }: Resolution,
): readonly TemplateProperty[] {
  const bucketName = resources.physicalId(bucket);
  return (bucket.stack.id === stack.id ? [stack] : [bucket.stack, stack])
    .flatMap((stack) => resources.ofType(stack, "AWS::S3::BucketPolicy"))
    .map(({ properties }) => properties)
    .filter((policy) => tryResolve(() => policy.property("Bucket").string()) === bucketName)
    .flatMap((policy) => policy.property("PolicyDocument").property("Statement").oneOrMore());
}

function isAllowed(statements: readonly TemplateProperty[], request: BucketRequest): boolean {
  const withEffect = (effect: "Allow" | "Deny"): readonly TemplateProperty[] =>
    statements.filter(
      (statement) => statement.property("Effect").oneOf(["Allow", "Deny"]) === effect,
    );
  return (
    withEffect("Allow").some((statement) => statementApplies(statement, request, false)) &&
    !withEffect("Deny").some((statement) => statementApplies(statement, request, true))
  );
}
