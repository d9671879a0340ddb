import { afterApply, type TestValues } from "../support/terraform-plan.ts";

const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/** The origin access control of a site. */
export const accessControl: TestValues = {
  name: "site",
  origin_access_control_origin_type: "s3",
  signing_behavior: "always",
  signing_protocol: "sigv4",
};

/** A bucket behind an origin access control, its policy known after the deployment only. */
export const siteResources = {
  "aws_s3_bucket.site": { bucket: "my-site", force_destroy: false },
  "aws_s3_bucket_policy.site": {
    bucket: afterApply("aws_s3_bucket.site.id"),
    policy: afterApply("data.aws_iam_policy_document.site.json"),
  },
  "aws_cloudfront_origin_access_control.site": accessControl,
};

/** A distribution whose default cache behavior leads to the site. */
export function distribution(change: TestValues = {}, behavior: TestValues = {}): TestValues {
  return {
    enabled: true,
    default_root_object: "index.html",
    comment: null,
    web_acl_id: null,
    custom_error_response: [],
    origin: [
      {
        origin_id: "site",
        domain_name: afterApply("aws_s3_bucket.site.bucket_regional_domain_name"),
        origin_access_control_id: afterApply("aws_cloudfront_origin_access_control.site.id"),
        origin_path: "",
        custom_header: [],
        custom_origin_config: [],
        s3_origin_config: [],
      },
    ],
    default_cache_behavior: [
      {
        target_origin_id: "site",
        viewer_protocol_policy: "redirect-to-https",
        allowed_methods: ["GET", "HEAD"],
        cached_methods: ["GET", "HEAD"],
        cache_policy_id: cachingOptimized,
        compress: true,
        min_ttl: 0,
        lambda_function_association: [],
        function_association: [],
        ...behavior,
      },
    ],
    restrictions: [{ geo_restriction: [{ restriction_type: "none", locations: [] }] }],
    viewer_certificate: [{ cloudfront_default_certificate: true }],
    ...change,
  };
}

/** A function that is published. */
export const edgeFunction: TestValues = {
  function_name: "rewrite",
  handler: "index.handler",
  runtime: "nodejs24.x",
  memory_size: 128,
  timeout: 5,
  publish: true,
  reserved_concurrent_executions: -1,
  role: afterApply("aws_iam_role.edge.arn"),
  filename: "build/rewrite.zip",
};

/** A role that Lambda@Edge may assume. */
export const role: TestValues = {
  name: "edge",
  assume_role_policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] },
      },
    ],
  }),
};
