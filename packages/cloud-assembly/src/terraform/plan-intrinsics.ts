import type { JsonObject } from "../value/json.ts";
import type { ResourceReference } from "./plan-references.ts";
import type { PlanResource } from "./terraform-plan.ts";

/** What CloudFormation writes for an attribute of a resource of Terraform, by its address. */
type Intrinsics = Readonly<Record<string, (address: string) => JsonObject>>;

const ref = (Ref: string): JsonObject => ({ Ref });
const attribute =
  (name: string) =>
  (address: string): JsonObject => ({ "Fn::GetAtt": [address, name] });

/** The id that a plan gives the published version of a function, which Terraform makes no resource of. */
export function versionOf(address: string): string {
  return `${address}.version`;
}

/** The host name within a URL that only the deployment knows. */
export function hostOf(url: JsonObject): JsonObject {
  return { "Fn::Select": [2, { "Fn::Split": ["/", url] }] };
}

function joined(...parts: readonly unknown[]): JsonObject {
  return { "Fn::Join": ["", parts] };
}

/** The ARN of a distribution, which is no attribute of CloudFormation's. */
export function distributionArn(address: string): JsonObject {
  return joined("arn:aws:cloudfront::", ref("AWS::AccountId"), ":distribution/", ref(address));
}

const identified: Intrinsics = { id: ref };
const withArn: Intrinsics = { id: ref, name: ref, arn: attribute("Arn") };

const intrinsicsByType: Readonly<Record<string, Intrinsics>> = {
  aws_s3_bucket: {
    id: ref,
    bucket: ref,
    arn: attribute("Arn"),
    bucket_domain_name: attribute("DomainName"),
    bucket_regional_domain_name: attribute("RegionalDomainName"),
    website_endpoint: (address) => hostOf(attribute("WebsiteURL")(address)),
  },
  aws_lambda_function: {
    id: ref,
    function_name: ref,
    arn: attribute("Arn"),
    invoke_arn: attribute("Arn"),
    qualified_arn: (address) => ref(versionOf(address)),
    qualified_invoke_arn: attribute("Arn"),
    version: (address) => attribute("Version")(versionOf(address)),
  },
  aws_lambda_alias: { arn: ref, invoke_arn: ref },
  aws_lambda_function_url: { function_url: attribute("FunctionUrl") },
  aws_apigatewayv2_api: { id: ref, api_endpoint: attribute("ApiEndpoint") },
  aws_apigatewayv2_integration: identified,
  aws_cloudfront_function: { id: ref, arn: attribute("FunctionARN") },
  aws_cloudfront_key_value_store: { id: attribute("Id"), arn: attribute("Arn") },
  aws_cloudfront_cache_policy: identified,
  aws_cloudfront_origin_request_policy: identified,
  aws_cloudfront_response_headers_policy: identified,
  aws_cloudfront_origin_access_control: identified,
  aws_cloudfront_public_key: identified,
  aws_cloudfront_key_group: identified,
  aws_cloudfront_origin_access_identity: {
    id: ref,
    s3_canonical_user_id: attribute("S3CanonicalUserId"),
    cloudfront_access_identity_path: (address) =>
      joined("origin-access-identity/cloudfront/", ref(address)),
    iam_arn: (address) =>
      joined("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ", ref(address)),
  },
  aws_cloudfront_distribution: {
    id: ref,
    arn: distributionArn,
    domain_name: attribute("DomainName"),
  },
  aws_iam_role: withArn,
};

/** What only one type of resource can be meant by, where an expression refers to several. */
const typeByAttribute: Readonly<Record<string, RegExp>> = {
  lambda_arn: /^aws_lambda_(function|alias)$/,
  function_arn: /^aws_cloudfront_function$/,
  domain_name:
    /^aws_(s3_bucket|s3_bucket_website_configuration|lambda_function_url|apigatewayv2_api|api_gateway_rest_api|lb|alb)$/,
  origin_access_control_id: /^aws_cloudfront_origin_access_control$/,
};

/** Whether a resource of a type is what an attribute may name. */
export function mayStandIn(attributeName: string, type: string): boolean {
  return typeByAttribute[attributeName]?.test(type) === true;
}

/**
 * Returns what CloudFormation writes for the value of an attribute that refers to another one. A plan
 * does not say what an expression makes of it: for host names, paths and targets it is known all the same.
 */
export function intrinsicOf(
  name: string,
  { resource: { address, type }, attribute: referred }: ResourceReference,
): JsonObject {
  if (name === "domain_name") {
    if (type === "aws_lambda_function_url") return hostOf(attribute("FunctionUrl")(address));
    if (type === "aws_apigatewayv2_api") return hostOf(attribute("ApiEndpoint")(address));
  }
  if (name === "target" && type === "aws_apigatewayv2_integration") {
    return joined("integrations/", ref(address));
  }
  if (name === "origin_access_identity" && type === "aws_cloudfront_origin_access_identity") {
    return joined("origin-access-identity/cloudfront/", ref(address));
  }
  const own = intrinsicsByType[type]?.[referred === "" ? "id" : referred];
  return own?.(address) ?? { "Fn::GetAtt": [address, referred || "id"] };
}

/** Attributes whose values name a resource that is deployed already. */
const naming = ["arn", "qualified_arn", "cloudfront_access_identity_path", "iam_arn"];

/**
 * Returns what stands for the values that name a resource of the plan: the ids that AWS gave it are
 * others here.
 */
export function knownNames(resources: readonly PlanResource[]): ReadonlyMap<string, unknown> {
  const names = new Map<string, unknown>();
  for (const { address, type, values, isData } of resources) {
    const intrinsics = isData ? undefined : intrinsicsByType[type];
    if (intrinsics === undefined) continue;
    for (const name of [...naming, ...(type.startsWith("aws_cloudfront_") ? ["id"] : [])]) {
      const value = values[name];
      const intrinsic = intrinsics[name];
      if (typeof value === "string" && intrinsic !== undefined)
        names.set(value, intrinsic(address));
    }
    const url = values["function_url"];
    if (typeof url === "string" && type === "aws_lambda_function_url") {
      const host = url.replace(/^https:\/\/|\/$/g, "");
      names.set(host, hostOf(attribute("FunctionUrl")(address)));
    }
  }
  return names;
}
