import type { AwsRequest } from "./aws-request.ts";

/** Returns the IAM actions that a request needs, as in `s3:PutObject`. */
export function actionsOf(request: AwsRequest): readonly string[] {
  switch (request.service) {
    case "s3":
      return s3Actions(request);
    case "cloudfront":
      return [`cloudfront:${cloudFrontOperation(request)}`];
    case "cloudfront-keyvaluestore":
      return [`cloudfront-keyvaluestore:${keyValueOperation(request)}`];
    case "lambda":
      return [`lambda:${lambdaOperation(request)}`];
    case "tagging":
      return [`tag:${request.operation}`];
    case "monitoring":
      return [`cloudwatch:${request.operation}`];
    default:
      return [`${request.service}:${request.operation}`];
  }
}

function s3Actions({ method, path, query, headers }: AwsRequest): readonly string[] {
  if (query.has("location")) return ["s3:GetBucketLocation"];
  if (query.has("encryption")) return ["s3:GetEncryptionConfiguration"];
  if (query.has("versions")) return ["s3:ListBucketVersions"];
  if (query.has("delete")) return ["s3:DeleteObject", "s3:DeleteObjectVersion"];
  if (/^\/[^/]+\/?$/.test(path)) return [method === "DELETE" ? "s3:DeleteBucket" : "s3:ListBucket"];
  if (method === "DELETE" && query.has("uploadId")) return ["s3:AbortMultipartUpload"];
  if (method === "DELETE") return ["s3:DeleteObject"];
  if (method === "GET" || method === "HEAD") return ["s3:GetObject"];
  return [
    "s3:PutObject",
    ...(headers["x-amz-copy-source"] === undefined ? [] : ["s3:GetObject"]),
    ...(headers["x-amz-tagging"] === undefined ? [] : ["s3:PutObjectTagging"]),
  ];
}

function lambdaOperation({ method, path }: AwsRequest): string {
  if (!path.includes("/functions/")) return "GetAccountSettings";
  return method === "DELETE" ? "DeleteFunction" : "GetFunctionConfiguration";
}

function cloudFrontOperation({ method, path }: AwsRequest): string {
  if (path.includes("/function/")) {
    if (path.endsWith("/publish")) return "PublishFunction";
    if (path.endsWith("/describe")) return "DescribeFunction";
    return method === "PUT" ? "UpdateFunction" : "GetFunction";
  }
  if (path.endsWith("/distribution")) return "ListDistributions";
  if (method === "POST") return "CreateInvalidation";
  if (method === "PUT") return "UpdateDistribution";
  return path.includes("/invalidation/") ? "GetInvalidation" : "GetDistribution";
}

function keyValueOperation({ method, path }: AwsRequest): string {
  if (method === "POST") return "UpdateKeys";
  if (/\/keys\/[^/]+$/.test(path)) return "GetKey";
  return path.endsWith("/keys") ? "ListKeys" : "DescribeKeyValueStore";
}
