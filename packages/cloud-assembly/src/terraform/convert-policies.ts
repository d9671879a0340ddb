import { isJsonObject, listAt, type JsonObject } from "../value/json.ts";
import { blockOf, type BlockSchema, converted } from "./block-schema.ts";

const selections: BlockSchema = {
  cookies_config: {
    to: "CookiesConfig",
    one: { cookie_behavior: "CookieBehavior", cookies: { to: "Cookies", items: true } },
  },
  headers_config: {
    to: "HeadersConfig",
    one: { header_behavior: "HeaderBehavior", headers: { to: "Headers", items: true } },
  },
  query_strings_config: {
    to: "QueryStringsConfig",
    one: {
      query_string_behavior: "QueryStringBehavior",
      query_strings: { to: "QueryStrings", items: true },
    },
  },
};

const cachePolicy: BlockSchema = {
  name: "Name",
  comment: "Comment",
  min_ttl: "MinTTL",
  default_ttl: "DefaultTTL",
  max_ttl: "MaxTTL",
  parameters_in_cache_key_and_forwarded_to_origin: {
    to: "ParametersInCacheKeyAndForwardedToOrigin",
    one: {
      ...selections,
      enable_accept_encoding_brotli: "EnableAcceptEncodingBrotli",
      enable_accept_encoding_gzip: "EnableAcceptEncodingGzip",
    },
  },
};

const override = { override: "Override" };

const securityHeaders: BlockSchema = {
  content_security_policy: {
    to: "ContentSecurityPolicy",
    one: { content_security_policy: "ContentSecurityPolicy", ...override },
  },
  content_type_options: { to: "ContentTypeOptions", one: override },
  frame_options: { to: "FrameOptions", one: { frame_option: "FrameOption", ...override } },
  referrer_policy: {
    to: "ReferrerPolicy",
    one: { referrer_policy: "ReferrerPolicy", ...override },
  },
  strict_transport_security: {
    to: "StrictTransportSecurity",
    one: {
      access_control_max_age_sec: "AccessControlMaxAgeSec",
      include_subdomains: "IncludeSubdomains",
      preload: "Preload",
      ...override,
    },
  },
  xss_protection: {
    to: "XSSProtection",
    one: {
      mode_block: "ModeBlock",
      protection: "Protection",
      report_uri: "ReportUri",
      ...override,
    },
  },
};

const responseHeadersPolicy: BlockSchema = {
  name: "Name",
  comment: "Comment",
  security_headers_config: { to: "SecurityHeadersConfig", one: securityHeaders },
  server_timing_headers_config: {
    to: "ServerTimingHeadersConfig",
    one: { enabled: "Enabled", sampling_rate: "SamplingRate" },
  },
};

const cors: BlockSchema = {
  access_control_allow_credentials: "AccessControlAllowCredentials",
  access_control_max_age_sec: "AccessControlMaxAgeSec",
  origin_override: "OriginOverride",
};

const corsLists: BlockSchema = {
  access_control_allow_headers: { to: "AccessControlAllowHeaders", items: true },
  access_control_allow_methods: { to: "AccessControlAllowMethods", items: true },
  access_control_allow_origins: { to: "AccessControlAllowOrigins", items: true },
  access_control_expose_headers: { to: "AccessControlExposeHeaders", items: true },
};

/** Returns the properties of a cache policy as CloudFormation has them. */
export function convertCachePolicy(values: JsonObject): JsonObject {
  return { CachePolicyConfig: converted(values, cachePolicy) };
}

/** Returns the properties of an origin request policy as CloudFormation has them. */
export function convertOriginRequestPolicy(values: JsonObject): JsonObject {
  const schema = { name: "Name", comment: "Comment", ...selections };
  return { OriginRequestPolicyConfig: converted(values, schema) };
}

/** Returns the properties of a response headers policy as CloudFormation has them. */
export function convertResponseHeadersPolicy(values: JsonObject): JsonObject {
  const corsValues = blockOf(values, "cors_config");
  const items = (name: string): readonly JsonObject[] =>
    listAt(blockOf(values, name), "items").filter(isJsonObject);
  const custom = items("custom_headers_config").map((item) =>
    converted(item, { header: "Header", value: "Value", ...override }),
  );
  const removed = items("remove_headers_config").map(({ header: Header }) => ({ Header }));
  return {
    ResponseHeadersPolicyConfig: {
      ...converted(values, responseHeadersPolicy),
      ...(Object.keys(corsValues).length > 0 && {
        CorsConfig: { ...converted(corsValues, cors), ...corsListsOf(corsValues) },
      }),
      ...(custom.length > 0 && { CustomHeadersConfig: { Items: custom } }),
      ...(removed.length > 0 && { RemoveHeadersConfig: { Items: removed } }),
    },
  };
}

function corsListsOf(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(converted(values, corsLists)).map(([name, Items]) => [name, { Items }]),
  );
}
