import { isJsonObject, listAt, type JsonObject } from "../value/json.ts";
import { blockOf, type BlockSchema, converted } from "./block-schema.ts";

const forwardedValues: BlockSchema = {
  query_string: "QueryString",
  query_string_cache_keys: "QueryStringCacheKeys",
  headers: "Headers",
  cookies: { to: "Cookies", one: { forward: "Forward", whitelisted_names: "WhitelistedNames" } },
};

const cacheBehavior: BlockSchema = {
  path_pattern: "PathPattern",
  allowed_methods: "AllowedMethods",
  cached_methods: "CachedMethods",
  target_origin_id: "TargetOriginId",
  viewer_protocol_policy: "ViewerProtocolPolicy",
  compress: "Compress",
  cache_policy_id: "CachePolicyId",
  origin_request_policy_id: "OriginRequestPolicyId",
  response_headers_policy_id: "ResponseHeadersPolicyId",
  realtime_log_config_arn: "RealtimeLogConfigArn",
  field_level_encryption_id: "FieldLevelEncryptionId",
  trusted_key_groups: "TrustedKeyGroups",
  trusted_signers: "TrustedSigners",
  lambda_function_association: {
    to: "LambdaFunctionAssociations",
    many: { event_type: "EventType", lambda_arn: "LambdaFunctionARN", include_body: "IncludeBody" },
  },
  function_association: {
    to: "FunctionAssociations",
    many: { event_type: "EventType", function_arn: "FunctionARN" },
  },
  grpc_config: { to: "GrpcConfig", one: { enabled: "Enabled" } },
};

/** Without a cache policy these say what is cached. */
const legacyCaching: BlockSchema = {
  forwarded_values: { to: "ForwardedValues", one: forwardedValues },
  min_ttl: "MinTTL",
  default_ttl: "DefaultTTL",
  max_ttl: "MaxTTL",
};

const origin: BlockSchema = {
  origin_id: "Id",
  domain_name: "DomainName",
  origin_path: "OriginPath",
  connection_attempts: "ConnectionAttempts",
  connection_timeout: "ConnectionTimeout",
  response_completion_timeout: "ResponseCompletionTimeout",
  origin_access_control_id: "OriginAccessControlId",
  custom_header: {
    to: "OriginCustomHeaders",
    many: { name: "HeaderName", value: "HeaderValue" },
  },
  custom_origin_config: {
    to: "CustomOriginConfig",
    one: {
      http_port: "HTTPPort",
      https_port: "HTTPSPort",
      origin_protocol_policy: "OriginProtocolPolicy",
      origin_ssl_protocols: "OriginSSLProtocols",
      origin_keepalive_timeout: "OriginKeepaliveTimeout",
      origin_read_timeout: "OriginReadTimeout",
      ip_address_type: "IpAddressType",
    },
  },
  vpc_origin_config: {
    to: "VpcOriginConfig",
    one: {
      vpc_origin_id: "VpcOriginId",
      origin_keepalive_timeout: "OriginKeepaliveTimeout",
      origin_read_timeout: "OriginReadTimeout",
    },
  },
  origin_shield: {
    to: "OriginShield",
    one: { enabled: "Enabled", origin_shield_region: "OriginShieldRegion" },
  },
};

const distribution: BlockSchema = {
  enabled: "Enabled",
  aliases: "Aliases",
  comment: "Comment",
  default_root_object: "DefaultRootObject",
  http_version: "HttpVersion",
  price_class: "PriceClass",
  web_acl_id: "WebACLId",
  continuous_deployment_policy_id: "ContinuousDeploymentPolicyId",
  logging_config: {
    to: "Logging",
    one: { bucket: "Bucket", prefix: "Prefix", include_cookies: "IncludeCookies" },
  },
};

/** What is converted on its own, and what says nothing of requests. */
const otherAttributes: ReadonlySet<string> = new Set([
  ...Object.keys(distribution),
  "arn",
  "caller_reference",
  "custom_error_response",
  "default_cache_behavior",
  "domain_name",
  "etag",
  "hosted_zone_id",
  "id",
  "in_progress_validation_batches",
  "is_ipv6_enabled",
  "last_modified_time",
  "logging_v1_enabled",
  "ordered_cache_behavior",
  "origin",
  "origin_group",
  "restrictions",
  "retain_on_delete",
  "staging",
  "status",
  "tags",
  "tags_all",
  "trusted_key_groups",
  "trusted_signers",
  "viewer_certificate",
  "wait_for_deployment",
]);

/** What is not known here keeps its name, so that its reader can warn of it, or refuse it. */
function unknownAttributes(values: JsonObject): JsonObject {
  const unknown = Object.entries(values).filter(
    ([name, value]) =>
      !otherAttributes.has(name) &&
      value !== "" &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(
    unknown.map(([name, value]) => [
      name.replaceAll(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase()),
      value,
    ]),
  );
}

/**
 * Returns the properties of a distribution of Terraform as CloudFormation has them.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudfront_distribution
 */
export function convertDistribution(values: JsonObject): JsonObject {
  const blocks = (name: string): readonly JsonObject[] => listAt(values, name).filter(isJsonObject);
  const behaviors = blocks("ordered_cache_behavior").map(convertBehavior);
  const groups = blocks("origin_group").map(convertOriginGroup);
  const geo = blockOf(blockOf(values, "restrictions"), "geo_restriction");
  return {
    DistributionConfig: {
      ...unknownAttributes(values),
      ...converted(values, distribution),
      ...(values["staging"] === true && { Staging: true }),
      Origins: blocks("origin").map(convertOrigin),
      DefaultCacheBehavior: convertBehavior(blockOf(values, "default_cache_behavior")),
      ...(behaviors.length > 0 && { CacheBehaviors: behaviors }),
      ...(groups.length > 0 && { OriginGroups: { Items: groups, Quantity: groups.length } }),
      CustomErrorResponses: blocks("custom_error_response").map(convertErrorResponse),
      ...(Object.keys(geo).length > 0 && {
        Restrictions: {
          GeoRestriction: converted(geo, {
            restriction_type: "RestrictionType",
            locations: "Locations",
          }),
        },
      }),
    },
  };
}

function convertBehavior(values: JsonObject): JsonObject {
  const { cache_policy_id: policy } = values;
  const hasPolicy = policy !== undefined && policy !== "";
  return {
    ...converted(values, cacheBehavior),
    ...(hasPolicy ? {} : converted(values, legacyCaching)),
  };
}

/** An origin without a configuration of its own is a bucket. */
function convertOrigin(values: JsonObject): JsonObject {
  const properties = converted(values, origin);
  if ("CustomOriginConfig" in properties || "VpcOriginConfig" in properties) return properties;
  const { origin_access_identity: identity = "" } = blockOf(values, "s3_origin_config");
  return { ...properties, S3OriginConfig: { OriginAccessIdentity: identity } };
}

function convertOriginGroup(values: JsonObject): JsonObject {
  const statuses = listAt(blockOf(values, "failover_criteria"), "status_codes");
  const members = listAt(values, "member").filter(isJsonObject);
  return {
    Id: values["origin_id"],
    FailoverCriteria: { StatusCodes: { Items: statuses, Quantity: statuses.length } },
    Members: {
      Items: members.map(({ origin_id: OriginId }) => ({ OriginId })),
      Quantity: members.length,
    },
  };
}

/** Terraform writes 0 where no status is set. */
function convertErrorResponse(values: JsonObject): JsonObject {
  const { response_code: code } = values;
  return converted(code === 0 ? { ...values, response_code: null } : values, {
    error_code: "ErrorCode",
    response_code: "ResponseCode",
    response_page_path: "ResponsePagePath",
    error_caching_min_ttl: "ErrorCachingMinTTL",
  });
}
