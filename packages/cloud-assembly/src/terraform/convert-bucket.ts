import { isJsonObject, listAt, type JsonObject } from "../value/json.ts";
import { blockOf, converted } from "./block-schema.ts";
import { distributionArn } from "./plan-intrinsics.ts";
import { bucketOf } from "./plan-values.ts";
import type { PlanResource, TerraformPlan } from "./terraform-plan.ts";

/** Returns the website of a bucket, which Terraform keeps in a resource of its own, or once kept in the bucket's. */
export function websiteConfiguration(
  values: JsonObject,
  bucket: PlanResource,
  plan: TerraformPlan,
): JsonObject {
  const separate = plan.resources.find(
    (each) =>
      each.type === "aws_s3_bucket_website_configuration" && bucketOf(each, plan) === bucket,
  )?.values;
  const { index_document: index, error_document: error } = blockOf(values, "website");
  const website = separate ?? {
    ...(index === undefined ? {} : { index_document: [{ suffix: index }] }),
    ...(error === undefined ? {} : { error_document: [{ key: error }] }),
  };
  if (Object.keys(website).length === 0) return {};
  const { suffix: IndexDocument } = blockOf(website, "index_document");
  const { key: ErrorDocument } = blockOf(website, "error_document");
  const redirectAll = blockOf(website, "redirect_all_requests_to");
  return {
    WebsiteConfiguration: {
      ...(IndexDocument === undefined ? {} : { IndexDocument }),
      ...(ErrorDocument === undefined ? {} : { ErrorDocument }),
      ...(Object.keys(redirectAll).length > 0 && {
        RedirectAllRequestsTo: converted(redirectAll, {
          host_name: "HostName",
          protocol: "Protocol",
        }),
      }),
      RoutingRules: listAt(website, "routing_rule").filter(isJsonObject).map(convertRoutingRule),
    },
  };
}

function convertRoutingRule(rule: JsonObject): JsonObject {
  return converted(rule, {
    condition: {
      to: "RoutingRuleCondition",
      one: {
        http_error_code_returned_equals: "HttpErrorCodeReturnedEquals",
        key_prefix_equals: "KeyPrefixEquals",
      },
    },
    redirect: {
      to: "RedirectRule",
      one: {
        host_name: "HostName",
        http_redirect_code: "HttpRedirectCode",
        protocol: "Protocol",
        replace_key_prefix_with: "ReplaceKeyPrefixWith",
        replace_key_with: "ReplaceKeyWith",
      },
    },
  });
}

/**
 * Returns a bucket policy as CloudFormation has it. One that is not known before the deployment names the
 * distribution, as a rule: it is taken to let all distributions of the plan read the bucket.
 */
export function convertBucketPolicy(
  { policy, bucket: named }: JsonObject,
  bucket: PlanResource | undefined,
  plan: TerraformPlan,
): JsonObject {
  const Bucket = bucket === undefined ? named : { Ref: bucket.address };
  return { Bucket, PolicyDocument: parsed(policy, plan) ?? usualPolicy(bucket, plan) };
}

/** ARNs of distributions that are deployed have other ids here. */
function parsed(policy: unknown, { resources }: TerraformPlan): unknown {
  if (typeof policy !== "string") return undefined;
  const distributions = resources.filter(({ type }) => type === "aws_cloudfront_distribution");
  try {
    return JSON.parse(policy, (_, value: unknown) => {
      const distribution = distributions.find(
        ({ values }) => value !== undefined && values["arn"] === value,
      );
      return distribution === undefined ? value : distributionArn(distribution.address);
    });
  } catch {
    return undefined;
  }
}

/** The endpoint of a website serves what everybody may read. */
function isWebsite(bucket: PlanResource, plan: TerraformPlan): boolean {
  return Object.keys(websiteConfiguration(bucket.values, bucket, plan)).length > 0;
}

function usualPolicy(bucket: PlanResource | undefined, plan: TerraformPlan): JsonObject {
  const Resource =
    bucket === undefined
      ? "*"
      : { "Fn::Join": ["", [{ "Fn::GetAtt": [bucket.address, "Arn"] }, "/*"]] };
  const read = { Effect: "Allow", Action: "s3:GetObject", Resource };
  const ofType = (type: string): readonly PlanResource[] =>
    plan.resources.filter((each) => !each.isData && each.type === type);
  return {
    Version: "2012-10-17",
    Statement: [
      ...(bucket !== undefined && isWebsite(bucket, plan) ? [{ ...read, Principal: "*" }] : []),
      ...ofType("aws_cloudfront_distribution").map(({ address }) => ({
        ...read,
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: { StringEquals: { "AWS:SourceArn": distributionArn(address) } },
      })),
      ...ofType("aws_cloudfront_origin_access_identity").map(({ address }) => ({
        ...read,
        Principal: { CanonicalUser: { "Fn::GetAtt": [address, "S3CanonicalUserId"] } },
      })),
    ],
  };
}
