import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import { bucketPermissions } from "./bucket-permissions.ts";
import type { Resolution } from "./resolution.ts";
import type { S3Website, WebsiteRoutingRule } from "../distribution/origins.ts";

/**
 * Reads how a bucket serves a website; undefined where it serves none.
 *
 * @throws {CloudAssemblyError} when S3 would refuse it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-websiteconfiguration.html
 */
export function resolveWebsite(
  bucket: TemplateResource,
  originPath: string,
  resolution: Resolution,
): S3Website | undefined {
  const { properties } = bucket;
  const website = properties.property("WebsiteConfiguration");
  if (!website.isPresent) return undefined;
  const redirectAll = website.property("RedirectAllRequestsTo");
  const indexDocument = website.property("IndexDocument");
  return {
    indexDocument: redirectAll.isPresent ? "" : indexDocument.knownString(),
    errorDocument: website.property("ErrorDocument").optionalKnownString(),
    redirectAll: redirectAll.isPresent
      ? {
          hostName: redirectAll.property("HostName").string(),
          protocol: protocolOf(redirectAll.property("Protocol")),
        }
      : undefined,
    routingRules: website.property("RoutingRules").items().map(resolveRoutingRule),
    ...bucketPermissions(bucket, { kind: "anonymous" }, originPath, resolution),
  };
}

/** What a website endpoint is taken to be whose bucket is not in the assembly. */
export const usualWebsite: S3Website = {
  indexDocument: "index.html",
  errorDocument: undefined,
  redirectAll: undefined,
  routingRules: [],
  mayGetObject: true,
  mayListBucket: true,
};

function resolveRoutingRule(rule: TemplateProperty): WebsiteRoutingRule {
  const condition = rule.property("RoutingRuleCondition");
  const redirect = rule.property("RedirectRule");
  return {
    keyPrefix: condition.property("KeyPrefixEquals").optionalKnownString(),
    errorCode: condition.property("HttpErrorCodeReturnedEquals").number(undefined),
    hostName: redirect.property("HostName").optionalString(),
    protocol: protocolOf(redirect.property("Protocol")),
    redirectCode: redirect.property("HttpRedirectCode").number(301),
    replaceKeyWith: redirect.property("ReplaceKeyWith").optionalString(),
    replaceKeyPrefixWith: redirect.property("ReplaceKeyPrefixWith").optionalString(),
  };
}

function protocolOf(property: TemplateProperty): "http" | "https" | undefined {
  return property.isPresent ? property.oneOf<"http" | "https">(["http", "https"]) : undefined;
}
