import { partitionOf, type TemplateResource, tryResolve, urlSuffixOf } from "cloud-assembly";
import { syntheticText } from "./synthetic-text.ts";

/** Where and under which name a stack is deployed. */
export interface StackIdentity {
  readonly stackName: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** A stack's identity, and what else of it the ids of its resources depend on. */
export interface SyntheticIdScope extends StackIdentity {
  /** The stack's AWS::Lambda::Version resources, in the template's order. */
  versions(): readonly TemplateResource[];
}

type Attributes = { readonly [attribute: string]: string };

/** `Ref` and the attributes of a resource; `Ref` stands under the empty name. */
type AttributesOf = (resource: TemplateResource, scope: SyntheticIdScope) => Attributes;

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
 * Returns the physical id (`attribute` undefined) or an attribute of a resource, in the shape
 * that a deployment would give it; undefined for types and attributes that are not known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
 */
export function syntheticId(
  resource: TemplateResource,
  attribute: string | undefined,
  scope: SyntheticIdScope,
): string | undefined {
  const attributes = attributesByType.get(resource.type)?.(resource, scope);
  const name = attribute ?? "";
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Returns the id of a stack in the shape of AWS's. */
export function stackId({ stackName, account, region }: StackIdentity): string {
  const uuid = "00000000-0000-0000-0000-000000000000";
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${stackName}/${uuid}`;
}

/** Returns the id of a distribution in the shape of AWS's. */
export function distributionId(logicalId: string): string {
  return `E${syntheticText(`distribution ${logicalId}`).toUpperCase()}`;
}

/** Returns the domain name of a distribution in the shape of AWS's. */
export function distributionDomainName(logicalId: string): string {
  return `d${syntheticText(`domain name ${logicalId}`)}.cloudfront.net`;
}

/** The function's name in an ARN or in a name as `FunctionName` allows both. */
function functionNameOf(nameOrArn: string): string {
  const [, name] = /:function:([^:]+)/.exec(nameOrArn) ?? [];
  return name ?? nameOrArn.replace(/:[^:]*$/, "");
}

function nameOf(resource: TemplateResource, property: string, scope: SyntheticIdScope): string {
  return (
    resource.properties.property(property).optionalString() ?? syntheticName(resource, scope, 64)
  );
}

/** CloudFormation ends its names in random characters; here only those that are cut need an end. */
function syntheticName(
  { logicalId }: TemplateResource,
  { stackName }: SyntheticIdScope,
  maxLength: number,
): string {
  const name = `${stackName}-${logicalId}`;
  if (name.length <= maxLength) return name;
  const end = syntheticText(name);
  return `${name.slice(0, maxLength - end.length - 1)}-${end}`;
}

function bucketAttributes(bucket: TemplateResource, scope: SyntheticIdScope): Attributes {
  const { region } = scope;
  const suffix = urlSuffixOf(region);
  const name =
    bucket.properties.property("BucketName").optionalString() ??
    syntheticName(bucket, scope, 63).toLowerCase();
  // Newer regions write a dot before their name in website endpoints; both forms are read here.
  return {
    "": name,
    Arn: `arn:${partitionOf(region)}:s3:::${name}`,
    DomainName: `${name}.s3.${suffix}`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.${suffix}`,
    RegionalDomainName: `${name}.s3.${region}.${suffix}`,
    WebsiteURL: `http://${name}.s3-website-${region}.${suffix}`,
  };
}

function functionArn(name: string, { account, region }: StackIdentity): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
}

function functionAttributes(lambda: TemplateResource, scope: SyntheticIdScope): Attributes {
  const name = nameOf(lambda, "FunctionName", scope);
  return { "": name, Arn: functionArn(name, scope) };
}

function versionAttributes(version: TemplateResource, scope: SyntheticIdScope): Attributes {
  const name = functionNameOf(version.properties.property("FunctionName").string());
  const number = String(versionNumber(version, scope.versions()));
  const arn = `${functionArn(name, scope)}:${number}`;
  return { "": arn, FunctionArn: arn, Version: number };
}

/** Versions of one function are numbered in the template's order. */
function versionNumber(version: TemplateResource, all: readonly TemplateResource[]): number {
  const nameOf = ({ properties }: TemplateResource): string | undefined =>
    tryResolve(() => functionNameOf(properties.property("FunctionName").string()));
  return (
    all
      .filter((sibling) => nameOf(sibling) === nameOf(version))
      .findIndex(({ logicalId }) => logicalId === version.logicalId) + 1
  );
}

function aliasAttributes(alias: TemplateResource, scope: SyntheticIdScope): Attributes {
  const name = functionNameOf(alias.properties.property("FunctionName").string());
  const arn = `${functionArn(name, scope)}:${alias.properties.property("Name").string()}`;
  return { "": arn, AliasArn: arn };
}

function functionUrlAttributes(url: TemplateResource, scope: SyntheticIdScope): Attributes {
  const host = `${syntheticText(url.logicalId)}.lambda-url.${scope.region}.on.aws`;
  return { FunctionUrl: `https://${host}/` };
}

function apiAttributes(api: TemplateResource, scope: SyntheticIdScope): Attributes {
  const id = syntheticText(api.logicalId).slice(0, 10);
  return {
    "": id,
    ApiId: id,
    ApiEndpoint: `https://${id}.execute-api.${scope.region}.${urlSuffixOf(scope.region)}`,
  };
}

function roleAttributes(role: TemplateResource, scope: SyntheticIdScope): Attributes {
  const name = nameOf(role, "RoleName", scope);
  const path = role.properties.property("Path").optionalString() ?? "/";
  return {
    "": name,
    Arn: `arn:${partitionOf(scope.region)}:iam::${scope.account}:role${path}${name}`,
  };
}

function idAttributes(resource: TemplateResource, scope: SyntheticIdScope): Attributes {
  const id = `${scope.stackName}.${resource.logicalId}`;
  return { "": id, Id: id };
}

function originAccessIdentityAttributes(
  identity: TemplateResource,
  scope: SyntheticIdScope,
): Attributes {
  const id = `E${syntheticText(`${scope.stackName}.${identity.logicalId}`).toUpperCase()}`;
  return { "": id, Id: id, S3CanonicalUserId: canonicalUserOf(id) };
}

/** Returns the synthetic S3 canonical user of an origin access identity. */
export function canonicalUserOf(originAccessIdentityId: string): string {
  return `canonical-user-of-${originAccessIdentityId}`;
}

function distributionAttributes(distribution: TemplateResource): Attributes {
  const id = distributionId(distribution.logicalId);
  return { "": id, Id: id, DomainName: distributionDomainName(distribution.logicalId) };
}

function cloudFrontFunctionAttributes(
  resource: TemplateResource,
  scope: SyntheticIdScope,
): Attributes {
  const arn = `arn:aws:cloudfront::${scope.account}:function/${nameOf(resource, "Name", scope)}`;
  return { "": arn, FunctionARN: arn };
}
