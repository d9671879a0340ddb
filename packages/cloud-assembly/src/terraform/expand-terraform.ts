import type { AssemblyWarning } from "../assembly/cloud-assembly.ts";
import { isJsonObject, listAt, type JsonObject } from "../value/json.ts";
import { converted } from "./block-schema.ts";
import { convertDistribution } from "./convert-distribution.ts";
import { type CodePlaces, convertFunction } from "./convert-lambda.ts";
import {
  convertCachePolicy,
  convertOriginRequestPolicy,
  convertResponseHeadersPolicy,
} from "./convert-policies.ts";
import { convertBucketPolicy, websiteConfiguration } from "./convert-bucket.ts";
import { knownNames, versionOf } from "./plan-intrinsics.ts";
import { bucketOf, resolvedValues } from "./plan-values.ts";
import { readTerraformPlan, type PlanResource, type TerraformPlan } from "./terraform-plan.ts";

/** A plan as a template: resources by their address. */
export interface ExpandedPlan {
  readonly template: JsonObject;
  readonly warnings: readonly AssemblyWarning[];
  /** Undefined where no value of the plan has it. */
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/**
 * Turns a plan of Terraform into a template of CloudFormation, as far as it matters at the edge. Each
 * resource is called by its address. What only the deployment knows is an intrinsic function where the
 * configuration refers to another resource, and an unknown attribute otherwise.
 *
 * @param folder absolute: where Terraform ran, which paths of a plan start at.
 */
export function expandTerraform(json: JsonObject, folder: string): ExpandedPlan {
  const plan = readTerraformPlan(json);
  const managed = plan.resources.filter(({ isData }) => !isData);
  const known = knownNames(managed);
  const places: CodePlaces = { plan, folder };
  const warnings: AssemblyWarning[] = [];
  const Resources: Record<string, unknown> = {};
  for (const resource of managed) {
    const values = resolvedValues(resource, plan, known);
    const converter = converters[resource.type];
    const made =
      converter === undefined
        ? { Type: `Terraform::${resource.type}` }
        : converter(values, resource, places);
    Resources[resource.address] = made;
    if (resource.type === "aws_lambda_function" && values["publish"] === true) {
      const FunctionName = { Ref: resource.address };
      const Properties = { FunctionName };
      Resources[versionOf(resource.address)] = { Type: "AWS::Lambda::Version", Properties };
    }
    const message = warningOf(resource, values);
    if (message !== undefined) warnings.push({ subject: resource.address, message });
  }
  return { template: { Resources }, warnings, account: accountOf(managed), region: regionOf(plan) };
}

function warningOf({ type }: PlanResource, { policy }: JsonObject): string | undefined {
  if (type === "aws_s3_bucket_policy" && typeof policy !== "string") {
    return "Only the deployment knows the policy: it is taken to let the distributions of the plan read the bucket.";
  }
  return type.startsWith("aws_cloudfrontkeyvaluestore_")
    ? "It is not read: pass the data of the key value store with --kvs NAME=FILE."
    : undefined;
}

type Converter = (values: JsonObject, resource: PlanResource, places: CodePlaces) => JsonObject;

/** A resource whose properties have other names in CloudFormation, and nothing more. */
function renamed(
  Type: string,
  schema: Parameters<typeof converted>[1],
  wrap: (properties: JsonObject) => JsonObject = (properties) => properties,
): Converter {
  return (values) => ({ Type, Properties: wrap(converted(values, schema)) });
}

const converters: Readonly<Record<string, Converter>> = {
  aws_cloudfront_distribution: (values) => ({
    Type: "AWS::CloudFront::Distribution",
    Properties: convertDistribution(values),
  }),
  aws_cloudfront_cache_policy: (values) => ({
    Type: "AWS::CloudFront::CachePolicy",
    Properties: convertCachePolicy(values),
  }),
  aws_cloudfront_origin_request_policy: (values) => ({
    Type: "AWS::CloudFront::OriginRequestPolicy",
    Properties: convertOriginRequestPolicy(values),
  }),
  aws_cloudfront_response_headers_policy: (values) => ({
    Type: "AWS::CloudFront::ResponseHeadersPolicy",
    Properties: convertResponseHeadersPolicy(values),
  }),
  aws_cloudfront_function: (values) => ({
    Type: "AWS::CloudFront::Function",
    Properties: {
      Name: values["name"],
      FunctionCode: values["code"],
      AutoPublish: values["publish"] ?? true,
      FunctionConfig: {
        Comment: values["comment"] ?? "",
        Runtime: values["runtime"],
        ...(listAt(values, "key_value_store_associations").length > 0 && {
          KeyValueStoreAssociations: listAt(values, "key_value_store_associations").map(
            (KeyValueStoreARN) => ({ KeyValueStoreARN }),
          ),
        }),
      },
    },
  }),
  aws_cloudfront_key_value_store: renamed("AWS::CloudFront::KeyValueStore", {
    name: "Name",
    comment: "Comment",
  }),
  aws_cloudfront_origin_access_control: renamed(
    "AWS::CloudFront::OriginAccessControl",
    {
      name: "Name",
      origin_access_control_origin_type: "OriginAccessControlOriginType",
      signing_behavior: "SigningBehavior",
      signing_protocol: "SigningProtocol",
    },
    (OriginAccessControlConfig) => ({ OriginAccessControlConfig }),
  ),
  aws_cloudfront_origin_access_identity: renamed(
    "AWS::CloudFront::CloudFrontOriginAccessIdentity",
    { comment: "Comment" },
    (CloudFrontOriginAccessIdentityConfig) => ({ CloudFrontOriginAccessIdentityConfig }),
  ),
  aws_cloudfront_public_key: renamed(
    "AWS::CloudFront::PublicKey",
    { name: "Name", encoded_key: "EncodedKey" },
    (PublicKeyConfig) => ({ PublicKeyConfig }),
  ),
  aws_cloudfront_key_group: renamed(
    "AWS::CloudFront::KeyGroup",
    { name: "Name", items: "Items" },
    (KeyGroupConfig) => ({ KeyGroupConfig }),
  ),
  aws_s3_bucket: (values, resource, { plan }) => ({
    Type: "AWS::S3::Bucket",
    Properties: {
      ...converted(values, { bucket: "BucketName" }),
      ...websiteConfiguration(values, resource, plan),
    },
  }),
  aws_s3_bucket_policy: (values, resource, { plan }) => ({
    Type: "AWS::S3::BucketPolicy",
    Properties: convertBucketPolicy(values, bucketOf(resource, plan), plan),
  }),
  aws_lambda_function: (values, resource, places) => ({
    Type: "AWS::Lambda::Function",
    Properties: convertFunction(values, resource, places),
  }),
  aws_lambda_alias: renamed("AWS::Lambda::Alias", {
    name: "Name",
    function_name: "FunctionName",
    function_version: "FunctionVersion",
  }),
  aws_lambda_function_url: renamed("AWS::Lambda::Url", {
    authorization_type: "AuthType",
    function_name: "TargetFunctionArn",
    qualifier: "Qualifier",
    invoke_mode: "InvokeMode",
  }),
  aws_lambda_permission: renamed("AWS::Lambda::Permission", {
    action: "Action",
    function_name: "FunctionName",
    principal: "Principal",
    source_arn: "SourceArn",
    function_url_auth_type: "FunctionUrlAuthType",
  }),
  aws_apigatewayv2_api: renamed("AWS::ApiGatewayV2::Api", {
    name: "Name",
    protocol_type: "ProtocolType",
    target: "Target",
    route_key: "RouteKey",
  }),
  aws_apigatewayv2_stage: renamed("AWS::ApiGatewayV2::Stage", {
    api_id: "ApiId",
    name: "StageName",
    stage_variables: "StageVariables",
  }),
  aws_apigatewayv2_integration: renamed("AWS::ApiGatewayV2::Integration", {
    api_id: "ApiId",
    integration_type: "IntegrationType",
    integration_uri: "IntegrationUri",
    payload_format_version: "PayloadFormatVersion",
    timeout_milliseconds: "TimeoutInMillis",
    credentials_arn: "CredentialsArn",
  }),
  aws_apigatewayv2_route: renamed("AWS::ApiGatewayV2::Route", {
    api_id: "ApiId",
    route_key: "RouteKey",
    target: "Target",
    authorization_type: "AuthorizationType",
  }),
  aws_iam_role: (values) => ({
    Type: "AWS::IAM::Role",
    Properties: {
      ...converted(values, { name: "RoleName", path: "Path" }),
      ...documentOf("AssumeRolePolicyDocument", values["assume_role_policy"]),
    },
  }),
};

function documentOf(name: string, json: unknown): JsonObject {
  if (typeof json !== "string") return {};
  try {
    const document: unknown = JSON.parse(json);
    return isJsonObject(document) ? { [name]: document } : {};
  } catch {
    return {};
  }
}

/** Of what is deployed, ARNs have it. */
function accountOf(resources: readonly PlanResource[]): string | undefined {
  for (const { values } of resources) {
    const [, account] = /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(String(values["arn"])) ?? [];
    if (account !== undefined) return account;
  }
  return undefined;
}

/** That of the functions that are published, which Lambda@Edge are; else that of the distribution's provider. */
function regionOf(plan: TerraformPlan): string | undefined {
  const published = plan.resources.filter(
    ({ type, values }) => type === "aws_lambda_function" && values["publish"] === true,
  );
  const distributions = plan.resources.filter(({ type }) => type === "aws_cloudfront_distribution");
  const regions = [...published, ...distributions].map(({ values, providerKey }) =>
    typeof values["region"] === "string" ? values["region"] : plan.regionOf(providerKey),
  );
  return regions.find((region) => region !== undefined);
}
