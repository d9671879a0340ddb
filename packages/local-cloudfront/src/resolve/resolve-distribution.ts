import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import { checkDistributionQuotas } from "./check-quotas.ts";
import type { Distribution, GeoRestriction } from "../distribution/distribution.ts";
import { distributionDomainName, distributionId } from "./synthetic-ids.ts";
import { namingAllMissingFunctions } from "./missing-function-error.ts";
import type { Resolution } from "./resolution.ts";
import { resolveCacheBehavior } from "./resolve-cache-behavior.ts";
import { resolveCustomErrorResponses } from "./resolve-custom-error-responses.ts";
import { functionLookups } from "./resolve-function-associations.ts";
import { resolveOriginGroups } from "./resolve-origin-groups.ts";
import { resolveOrigins } from "./resolve-origins.ts";
import { tenantParameters } from "./tenant-parameters.ts";
import { checkUnsupportedProperties, distributionTreatments } from "./unsupported-properties.ts";

/** Supported, or without meaning on this machine (certificates, price class, IPv6). */
const knownProperties = [
  "Aliases",
  "AnycastIpListId",
  "CacheBehaviors",
  "CacheTagConfig",
  "Comment",
  "ConnectionMode",
  "CustomErrorResponses",
  "DefaultCacheBehavior",
  "DefaultRootObject",
  "Enabled",
  "HttpVersion",
  "IPV6Enabled",
  "OriginGroups",
  "Origins",
  "PriceClass",
  "Restrictions",
  "TenantConfig",
  "ViewerCertificate",
];

/**
 * Resolves a distribution of a template, with all that it refers to.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse it, or when running it without a part
 *   that cannot run here would show what CloudFront protects.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html
 */
export function resolveDistribution(
  resource: TemplateResource,
  resolution: Resolution,
): Distribution {
  const config = resource.properties.property("DistributionConfig");
  checkUnsupportedProperties(config, distributionTreatments, knownProperties, resolution);
  checkMode(config, resolution);
  checkDistributionQuotas(config, resolution.quotas);
  const origins = resolveOrigins(config, tenantParameters(config), resolution);
  const originGroups = resolveOriginGroups(config, origins);
  const targetIds = [...origins.keys(), ...originGroups.keys()];
  const behaviors = config.property("CacheBehaviors").items();
  const errorResponses = config.property("CustomErrorResponses").items();
  refuseRepeated(errorResponses, "ErrorCode", "is the status of two custom error responses");
  refuseRepeated(behaviors, "PathPattern", "is the path pattern of two cache behaviors");
  const defaultProperty = config.property("DefaultCacheBehavior");
  const { defaultBehavior, otherBehaviors } = namingAllMissingFunctions(
    () => ({
      defaultBehavior: resolveCacheBehavior(defaultProperty, true, targetIds, resolution),
      otherBehaviors: behaviors.map((behavior) =>
        resolveCacheBehavior(behavior, false, targetIds, resolution),
      ),
    }),
    () => [defaultProperty, ...behaviors].flatMap((one) => functionLookups(one, resolution)),
  );
  const { targetOriginId } = defaultBehavior;
  const rootOriginId = originGroups.get(targetOriginId)?.primaryOriginId ?? targetOriginId;
  return {
    logicalId: resource.logicalId,
    id: distributionId(resource.logicalId),
    domainName: distributionDomainName(resource.logicalId),
    aliases: resolveAliases(config.property("Aliases")),
    comment: config.property("Comment").optionalString() ?? "",
    defaultRootObject: resolveDefaultRootObject(
      config.property("DefaultRootObject"),
      origins.get(rootOriginId)?.kind === "s3",
      resolution,
    ),
    http2: config.property("HttpVersion").oneOf(httpVersions, "http1.1").includes("http2"),
    origins,
    originGroups,
    cacheBehaviors: [...otherBehaviors, defaultBehavior],
    customErrorResponses: resolveCustomErrorResponses(config),
    tryOut: resolveTryOut(resource.metadata.property(tryMetadataKey)),
    ...policyRemedies(resource.metadata.property(policyRemediesKey)),
    cacheTagHeader: config
      .property("CacheTagConfig")
      .property("HeaderName")
      .optionalString()
      ?.toLowerCase(),
    logsCookies: config.property("Logging").property("IncludeCookies").boolean(false),
    geoRestriction: resolveGeoRestriction(config.property("Restrictions")),
  };
}

/** Aliases change nothing that is served here: those that only the deployment knows are no mistake. */
function resolveAliases(aliases: TemplateProperty): readonly string[] {
  return aliases.isKnown ? aliases.strings() : [aliases.string()];
}

/** The key of a distribution's metadata under which an app names paths worth trying. */
const tryMetadataKey = "cf-edge:try";

/** The key under which an app names what allows what its packages' policies block. */
const policyRemediesKey = "cf-edge:policy-remedies";

const httpVersions = ["http1.1", "http2", "http3", "http2and3"] as const;

/**
 * Refuses a list in which two entries have the same value of a property.
 *
 * @throws {CloudAssemblyError} about the second.
 */
function refuseRepeated(entries: readonly TemplateProperty[], name: string, problem: string): void {
  const seen = new Set<string>();
  for (const property of entries.map((entry) => entry.property(name))) {
    const value = property.optionalString();
    if (value !== undefined && seen.has(value)) throw property.error(problem, "Keep one of them.");
    if (value !== undefined) seen.add(value);
  }
}

function checkMode(config: TemplateProperty, resolution: Resolution): void {
  const mode = config.property("ConnectionMode");
  if (mode.oneOf(["direct", "tenant-only"], "direct") === "tenant-only") {
    resolution.warn(
      mode.path,
      "It is served as to a tenant without customizations: parameters have their default values, and the certificate, web ACL and geographic restrictions of tenants are not known here.",
    );
  }
  const enabled = config.property("Enabled");
  if (!enabled.boolean(true)) {
    resolution.warn(
      enabled.path,
      "CloudFront serves nothing while it is false; the distribution is served here.",
    );
  }
}

function resolveDefaultRootObject(
  property: TemplateProperty,
  isInBucket: boolean,
  resolution: Resolution,
): string | undefined {
  const name = property.optionalKnownString() ?? "";
  if (name.startsWith("/")) {
    const outcome = isInBucket
      ? "CloudFront responds with 403 for the root"
      : `the origin is asked for ${JSON.stringify(`/${name}`)}`;
    resolution.warn(
      property.path,
      `It must not start with a slash: ${outcome}. Write ${JSON.stringify(name.slice(1))} (LE-A-40).`,
    );
  }
  return name === "" ? undefined : name;
}

function resolveGeoRestriction(restrictions: TemplateProperty): GeoRestriction {
  const geoRestriction = restrictions.property("GeoRestriction");
  const kind = geoRestriction
    .property("RestrictionType")
    .oneOf(["none", "whitelist", "blacklist"], "none");
  if (kind === "none") return { kind };
  return { kind, countryCodes: geoRestriction.property("Locations").knownStrings() };
}

function policyRemedies(property: TemplateProperty): Pick<Distribution, "policyRemedies"> {
  if (!property.isPresent) return {};
  const entries = property.names().map((name) => [name, property.property(name).string()] as const);
  return { policyRemedies: Object.fromEntries(entries) };
}

function resolveTryOut(list: TemplateProperty): Distribution["tryOut"] {
  return list.items().map((item) => ({
    uri: item.property("uri").string(),
    shows: item.property("shows").string(),
  }));
}
