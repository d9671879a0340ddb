import type { TemplateResource } from "../template/evaluated-template.ts";
import { madeUpId } from "./made-up-id.ts";

/** A stack's place, and what else of it the ids of its resources depend on. */
export interface PhysicalIdScope {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  /** The number that a version of a function gets, counted from 1. */
  versionNumber(version: TemplateResource): number;
}

type Attributes = { readonly [attribute: string]: string };

/** `Ref` and the attributes of a resource; `Ref` stands under the empty name. */
type AttributesOf = (resource: TemplateResource, scope: PhysicalIdScope) => Attributes;

const attributesByType: ReadonlyMap<string, AttributesOf> = new Map<string, AttributesOf>([
  ["AWS::S3::Bucket", bucketAttributes],
  ["AWS::Lambda::Function", functionAttributes],
  ["AWS::Lambda::Version", versionAttributes],
  ["AWS::Lambda::Alias", aliasAttributes],
  ["AWS::Lambda::Url", functionUrlAttributes],
  ["AWS::ApiGatewayV2::Api", apiAttributes],
  ["AWS::IAM::Role", roleAttributes],
  ["AWS::CloudFront::CachePolicy", idAttributes],
  ["AWS::CloudFront::OriginRequestPolicy", idAttributes],
  ["AWS::CloudFront::ResponseHeadersPolicy", idAttributes],
  ["AWS::CloudFront::OriginAccessControl", idAttributes],
  ["AWS::CloudFront::CloudFrontOriginAccessIdentity", originAccessIdentityAttributes],
  ["AWS::CloudFront::Distribution", distributionAttributes],
  ["AWS::CloudFront::Function", cloudFrontFunctionAttributes],
]);

/**
 * Returns the physical id (`attribute` undefined) or an attribute of a resource, as a deployment
 * would give it or made up in its shape; undefined for types and attributes that are not known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
 */
export function physicalId(
  resource: TemplateResource,
  attribute: string | undefined,
  scope: PhysicalIdScope,
): string | undefined {
  const attributes = attributesByType.get(resource.type)?.(resource, scope);
  const name = attribute ?? "";
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Returns the id of a distribution in the shape of AWS's. */
export function distributionId(logicalId: string): string {
  return `E${madeUpId(`distribution ${logicalId}`).toUpperCase()}`;
}

/** Returns the domain name of a distribution in the shape of AWS's. */
export function distributionDomainName(logicalId: string): string {
  return `d${madeUpId(`domain name ${logicalId}`)}.cloudfront.net`;
}

/** The function's name in an ARN or in a name as `FunctionName` allows both. */
export function functionNameOf(nameOrArn: string): string {
  const [, name] = /:function:([^:]+)/.exec(nameOrArn) ?? [];
  return name ?? nameOrArn.replace(/:[^:]*$/, "");
}

function nameOf(resource: TemplateResource, property: string, scope: PhysicalIdScope): string {
  return resource.properties.property(property).optionalString() ?? madeUpName(resource, scope, 64);
}

/** CloudFormation ends its names in random characters; here only those that are cut need an end. */
function madeUpName(
  { logicalId }: TemplateResource,
  { stackName }: PhysicalIdScope,
  maxLength: number,
): string {
  const name = `${stackName}-${logicalId}`;
  if (name.length <= maxLength) return name;
  const end = madeUpId(name);
  return `${name.slice(0, maxLength - end.length - 1)}-${end}`;
}

function bucketAttributes(bucket: TemplateResource, scope: PhysicalIdScope): Attributes {
  const { region } = scope;
  const name =
    bucket.properties.property("BucketName").optionalString() ??
    madeUpName(bucket, scope, 63).toLowerCase();
  // Newer regions write a dot before their name in website endpoints; both forms are read here.
  return {
    "": name,
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
  };
}

function functionArn(name: string, scope: PhysicalIdScope): string {
  return `arn:aws:lambda:${scope.region}:${scope.accountId}:function:${name}`;
}

function functionAttributes(lambda: TemplateResource, scope: PhysicalIdScope): Attributes {
  const name = nameOf(lambda, "FunctionName", scope);
  return { "": name, Arn: functionArn(name, scope) };
}

function versionAttributes(version: TemplateResource, scope: PhysicalIdScope): Attributes {
  const name = functionNameOf(version.properties.property("FunctionName").string());
  const number = String(scope.versionNumber(version));
  const arn = `${functionArn(name, scope)}:${number}`;
  return { "": arn, FunctionArn: arn, Version: number };
}

function aliasAttributes(alias: TemplateResource, scope: PhysicalIdScope): Attributes {
  const name = functionNameOf(alias.properties.property("FunctionName").string());
  const arn = `${functionArn(name, scope)}:${alias.properties.property("Name").string()}`;
  return { "": arn, AliasArn: arn };
}

function functionUrlAttributes(url: TemplateResource, scope: PhysicalIdScope): Attributes {
  const host = `${madeUpId(url.logicalId)}.lambda-url.${scope.region}.on.aws`;
  return { FunctionUrl: `https://${host}/` };
}

function apiAttributes(api: TemplateResource, scope: PhysicalIdScope): Attributes {
  const id = madeUpId(api.logicalId).slice(0, 10);
  return {
    "": id,
    ApiId: id,
    ApiEndpoint: `https://${id}.execute-api.${scope.region}.amazonaws.com`,
  };
}

function roleAttributes(role: TemplateResource, scope: PhysicalIdScope): Attributes {
  const name = nameOf(role, "RoleName", scope);
  const path = role.properties.property("Path").optionalString() ?? "/";
  return { "": name, Arn: `arn:aws:iam::${scope.accountId}:role${path}${name}` };
}

function idAttributes(resource: TemplateResource, scope: PhysicalIdScope): Attributes {
  const id = `${scope.stackName}.${resource.logicalId}`;
  return { "": id, Id: id };
}

function originAccessIdentityAttributes(
  identity: TemplateResource,
  scope: PhysicalIdScope,
): Attributes {
  const id = `E${madeUpId(`${scope.stackName}.${identity.logicalId}`).toUpperCase()}`;
  return { "": id, Id: id, S3CanonicalUserId: canonicalUserOf(id) };
}

/** Returns the made-up S3 canonical user of an origin access identity. */
export function canonicalUserOf(originAccessIdentityId: string): string {
  return `canonical-user-of-${originAccessIdentityId}`;
}

function distributionAttributes(distribution: TemplateResource): Attributes {
  const id = distributionId(distribution.logicalId);
  return { "": id, Id: id, DomainName: distributionDomainName(distribution.logicalId) };
}

function cloudFrontFunctionAttributes(
  resource: TemplateResource,
  scope: PhysicalIdScope,
): Attributes {
  const arn = `arn:aws:cloudfront::${scope.accountId}:function/${nameOf(resource, "Name", scope)}`;
  return { "": arn, FunctionARN: arn };
}
