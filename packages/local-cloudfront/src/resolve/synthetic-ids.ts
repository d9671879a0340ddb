import { createHash } from "node:crypto";
import {
  type AssemblyStack,
  partitionOf,
  type TemplateResource,
  tryResolve,
  urlSuffixOf,
} from "cloud-assembly";

/** Where stacks are deployed whose app leaves it to the deployment; the account is AWS's own example. */
export const defaultEnvironment = { account: "123456789012", region: "us-east-1" };

type Environment = typeof defaultEnvironment;

/** Returns a stack with its account and Region: defaults where the app leaves them to the deployment. */
export function withEnvironment(stack: AssemblyStack): AssemblyStack & Environment {
  return {
    ...stack,
    account: stack.account ?? defaultEnvironment.account,
    region: stack.region ?? defaultEnvironment.region,
  };
}

/** Where a resource is deployed, and what ids are made of. */
interface Place extends Environment {
  readonly partition: string;
  readonly urlSuffix: string;
  /** The stack's AWS::Lambda::Version resources, in the template's order. */
  versions(): readonly TemplateResource[];
}

/** `Ref` under the empty name, and the attributes of a resource. */
type AttributesOf = (
  resource: TemplateResource,
  place: Place,
) => { readonly [attribute: string]: string };

const idOf: AttributesOf = ({ stack, logicalId }) => {
  const id = `${stack.name}.${logicalId}`;
  return { "": id, Id: id };
};

function stageName({ properties }: TemplateResource): { readonly "": string } {
  return { "": properties.property("StageName").string() };
}

const attributesByType: { readonly [type: string]: AttributesOf } = {
  "AWS::S3::Bucket": (bucket, { partition, region, urlSuffix }) => {
    const name =
      bucket.properties.property("BucketName").optionalString() ??
      syntheticName(bucket, 63).toLowerCase();
    return {
      "": name,
      Arn: `arn:${partition}:s3:::${name}`,
      DomainName: `${name}.s3.${urlSuffix}`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.${urlSuffix}`,
      RegionalDomainName: `${name}.s3.${region}.${urlSuffix}`,
      // Newer Regions write a dot before their name; both forms are read here.
      WebsiteURL: `http://${name}.s3-website-${region}.${urlSuffix}`,
    };
  },
  "AWS::Lambda::Function": (lambda, place) => {
    const name = nameOf(lambda, "FunctionName");
    return { "": name, Arn: functionArn(name, place) };
  },
  "AWS::Lambda::Version": (version, place) => {
    const number = versionNumber(version, place.versions());
    const arn = `${functionArn(functionNameOf(version), place)}:${number}`;
    return { "": arn, FunctionArn: arn, Version: String(number) };
  },
  "AWS::Lambda::Alias": (alias, place) => {
    const name = alias.properties.property("Name").string();
    const arn = `${functionArn(functionNameOf(alias), place)}:${name}`;
    return { "": arn, AliasArn: arn };
  },
  "AWS::Lambda::Url": ({ logicalId }, { region }) => ({
    FunctionUrl: `https://${syntheticText(logicalId)}.lambda-url.${region}.on.aws/`,
  }),
  "AWS::ApiGatewayV2::Api": ({ logicalId }, { region, urlSuffix }) => {
    const id = syntheticText(logicalId).slice(0, 10);
    return { "": id, ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.${urlSuffix}` };
  },
  "AWS::ApiGatewayV2::Stage": stageName,
  "AWS::ApiGatewayV2::Integration": idOf,
  "AWS::ApiGatewayV2::Route": idOf,
  "AWS::ApiGateway::RestApi": ({ logicalId }) => {
    const id = syntheticText(logicalId).slice(0, 10);
    return { "": id, RestApiId: id, RootResourceId: `${id}-root` };
  },
  "AWS::ApiGateway::Resource": (resource, place) => {
    const { "": id = "" } = idOf(resource, place);
    return { "": id, ResourceId: id };
  },
  "AWS::ApiGateway::Stage": stageName,
  "AWS::ApiGateway::Deployment": idOf,
  "AWS::IAM::Role": (role, { account, partition }) => {
    const name = nameOf(role, "RoleName");
    const path = role.properties.property("Path").optionalString() ?? "/";
    return { "": name, Arn: `arn:${partition}:iam::${account}:role${path}${name}` };
  },
  "AWS::CloudFront::CachePolicy": idOf,
  "AWS::CloudFront::OriginRequestPolicy": idOf,
  "AWS::CloudFront::ResponseHeadersPolicy": idOf,
  "AWS::CloudFront::OriginAccessControl": idOf,
  "AWS::CloudFront::KeyGroup": idOf,
  "AWS::CloudFront::PublicKey": ({ stack, logicalId }) => {
    const id = `K${syntheticText(`${stack.name}.${logicalId}`).toUpperCase()}`;
    return { "": id, Id: id };
  },
  "AWS::CloudFront::CloudFrontOriginAccessIdentity": ({ stack, logicalId }) => {
    const id = `E${syntheticText(`${stack.name}.${logicalId}`).toUpperCase()}`;
    return { "": id, Id: id, S3CanonicalUserId: canonicalUserOf(id) };
  },
  "AWS::CloudFront::Distribution": ({ logicalId }) => {
    const id = distributionId(logicalId);
    return { "": id, Id: id, DomainName: distributionDomainName(logicalId) };
  },
  "AWS::CloudFront::Function": (resource, { account, partition }) => {
    const arn = `arn:${partition}:cloudfront::${account}:function/${nameOf(resource, "Name")}`;
    return { "": arn, FunctionARN: arn, "FunctionMetadata.FunctionARN": arn, Stage: "LIVE" };
  },
  "AWS::CloudFront::KeyValueStore": (store, { account, partition }) => {
    const id = syntheticUuid(`${store.stack.name}.${store.logicalId}`);
    const arn = `arn:${partition}:cloudfront::${account}:key-value-store/${id}`;
    return { "": nameOf(store, "Name"), Arn: arn, Id: id, Status: "READY" };
  },
};

/**
 * Returns the physical id (`attribute` undefined) or an attribute of a resource, in the shape that a
 * deployment would give it; undefined for types and attributes that are not known.
 *
 * @param versions returns the AWS::Lambda::Version resources of its stack, in the template's order.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
 */
export function syntheticId(
  resource: TemplateResource,
  attribute: string | undefined,
  versions: () => readonly TemplateResource[],
): string | undefined {
  const { account, region } = withEnvironment(resource.stack);
  const attributesOf = Object.hasOwn(attributesByType, resource.type)
    ? attributesByType[resource.type]
    : undefined;
  const place = { partition: partitionOf(region), urlSuffix: urlSuffixOf(region), versions };
  const attributes = attributesOf?.(resource, { account, region, ...place }) ?? {};
  const name = attribute ?? "";
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Returns a UUID for a text, always the same. */
function syntheticUuid(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** Returns the id of a distribution in the shape of AWS's. */
export function distributionId(logicalId: string): string {
  return `E${syntheticText(`distribution ${logicalId}`).toUpperCase()}`;
}

/** Returns the domain name of a distribution in the shape of AWS's. */
export function distributionDomainName(logicalId: string): string {
  return `d${syntheticText(`domain name ${logicalId}`)}.cloudfront.net`;
}

/** Returns the synthetic S3 canonical user of an origin access identity. */
export function canonicalUserOf(originAccessIdentityId: string): string {
  return `canonical-user-of-${originAccessIdentityId}`;
}

function nameOf(resource: TemplateResource, property: string): string {
  return resource.properties.property(property).optionalString() ?? syntheticName(resource, 64);
}

/** CloudFormation ends its names in random characters; here only those that are cut need an end. */
function syntheticName({ stack, logicalId }: TemplateResource, maxLength: number): string {
  const name = `${stack.name}-${logicalId}`;
  if (name.length <= maxLength) return name;
  const end = syntheticText(name);
  return `${name.slice(0, maxLength - end.length - 1)}-${end}`;
}

function functionArn(name: string, { account, partition, region }: Place): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

/** `FunctionName` of a version or an alias may be a name or an ARN. */
function functionNameOf({ properties }: TemplateResource): string {
  const nameOrArn = properties.property("FunctionName").string();
  const [, name] = /:function:([^:]+)/.exec(nameOrArn) ?? [];
  return name ?? nameOrArn.replace(/:[^:]*$/, "");
}

/** Versions of one function are numbered in the template's order. */
function versionNumber(version: TemplateResource, all: readonly TemplateResource[]): number {
  const name = functionNameOf(version);
  const siblings = all.filter((sibling) => tryResolve(() => functionNameOf(sibling)) === name);
  return siblings.findIndex(({ logicalId }) => logicalId === version.logicalId) + 1;
}

const fnvOffsetBasis = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;
const textLength = 13;

/**
 * Returns 13 lower-case letters and digits made from a text: always the same for the same text.
 * Here, logical ids give what AWS chooses at random.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
function syntheticText(text: string): string {
  let hash = fnvOffsetBasis;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * fnvPrime);
  }
  return hash.toString(36).padStart(textLength, "0").slice(-textLength);
}
