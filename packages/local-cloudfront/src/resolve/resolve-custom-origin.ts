import { isOriginPort, originPorts, originSettings } from "cf-rules";
import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import { boundedNumber } from "./bounded-number.ts";
import { originContent } from "./origin-content.ts";
import type { CustomOrigin, OriginContent } from "../distribution/origins.ts";
import { resolveWebsite, usualWebsite } from "./resolve-website.ts";
import type { Resolution } from "./resolution.ts";
import { resolveSigningBehavior } from "./resolve-signing-behavior.ts";
import { resolveOriginBase } from "./resolve-origin-base.ts";
import { parseS3DomainName } from "./s3-domain-name.ts";
import {
  checkUnsupportedProperties,
  customOriginConfigTreatments,
} from "./unsupported-properties.ts";

const originProperties = [
  "ConnectionAttempts",
  "ConnectionTimeout",
  "CustomOriginConfig",
  "DomainName",
  "Id",
  "OriginAccessControlId",
  "OriginCustomHeaders",
  "OriginPath",
  "OriginShield",
  "ResponseCompletionTimeout",
  "VpcOriginConfig",
];

const configProperties = [
  "HTTPPort",
  "HTTPSPort",
  "IpAddressType",
  "OriginKeepaliveTimeout",
  "OriginProtocolPolicy",
  "OriginReadTimeout",
  "OriginSSLProtocols",
  "OwnerAccountId",
  "VpcOriginId",
];

/**
 * Resolves an origin with `CustomOriginConfig` or `VpcOriginConfig`.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse it.
 */
export function resolveCustomOrigin(
  origin: TemplateProperty,
  kind: "CustomOriginConfig" | "VpcOriginConfig",
  resolution: Resolution,
): CustomOrigin {
  const config = origin.property(kind);
  checkUnsupportedProperties(origin, new Map(), originProperties, resolution);
  checkUnsupportedProperties(config, customOriginConfigTreatments, configProperties, resolution);
  const domainName = hostNameOf(origin.property("DomainName"));
  const s3 = parseS3DomainName(domainName);
  const bucket =
    s3 === undefined
      ? undefined
      : resolution.resources.find(resolution.stack, "AWS::S3::Bucket", s3.bucketName);
  const signingBehavior = signingBehaviorOf(origin, resolution);
  const content = originContent(origin, bucket, resolution, signingBehavior);
  warnOfContent(origin, kind, content, resolution);
  const base = resolveOriginBase(origin, config.property("OriginReadTimeout"), content, resolution);
  const website = s3?.kind === "website" ? websiteOf(origin, bucket, base, resolution) : undefined;
  if (website?.mayGetObject === false && website.redirectAll === undefined) {
    resolution.warn(
      origin.path,
      `Every request to this origin gets a 403 response: no AWS::S3::BucketPolicy lets everybody s3:GetObject from bucket ${bucket?.logicalId}.`,
    );
  }
  return {
    kind: "custom",
    ...base,
    ...(website === undefined ? {} : { website }),
    ...(signingBehavior === undefined ? {} : { signingBehavior }),
    protocolPolicy:
      kind === "VpcOriginConfig"
        ? "https-only"
        : config
            .property("OriginProtocolPolicy")
            .oneOf(["http-only", "https-only", "match-viewer"]),
    httpPort: resolvePort(config.property("HTTPPort"), 80),
    httpsPort: resolvePort(config.property("HTTPSPort"), 443),
    sslProtocols: config.property("OriginSSLProtocols").strings(),
    keepaliveTimeoutSeconds: boundedNumber(
      config.property("OriginKeepaliveTimeout"),
      5,
      originSettings.keepaliveTimeoutSeconds,
      "LE-B-36",
    ),
  };
}

/** @throws {CloudAssemblyError} when it is an IP address, or no host name at all, as a URL is none. */
function hostNameOf(property: TemplateProperty): string {
  const name = property.string();
  if (/^[\d.]+$|^\[?[\da-f.]*:[\da-f:.]*\]?$/i.test(name)) {
    throw property.error("is an IP address", "Use a DNS name that leads to it.", "LE-B-33");
  }
  // What only a deployment knows reads `<Balancer.DNSName>`; that of a multi-tenant distribution may have parameters.
  if (!property.isKnown || /^(?:[\w.-]|\{\{[\w-]+\}\})+$/.test(name)) return name;
  throw property.error(
    "is not a host name",
    "Write the name alone, without https:// and without a path, as in www.example.com.",
  );
}

function resolvePort(property: TemplateProperty, defaultPort: number): number {
  const port = property.number(defaultPort);
  if (isOriginPort(port)) return port;
  throw property.error("is a port that CloudFront does not connect to", originPorts, "LE-B-38");
}

function websiteOf(
  origin: TemplateProperty,
  bucket: TemplateResource | undefined,
  { path, content }: Pick<CustomOrigin, "path" | "content">,
  resolution: Resolution,
): CustomOrigin["website"] {
  if (bucket !== undefined) {
    const website = resolveWebsite(bucket, path, resolution);
    if (website === undefined) {
      resolution.warn(
        origin.path,
        `Bucket ${bucket.logicalId} has no WebsiteConfiguration: S3 responds with 404 at its website endpoint. Its files are served here.`,
      );
    }
    return website;
  }
  if (content.kind !== "folder") return undefined;
  resolution.warn(
    origin.path,
    "The bucket of this website endpoint is not in the template: it is taken to have the index document index.html, and no error document.",
  );
  return usualWebsite;
}

function signingBehaviorOf(
  origin: TemplateProperty,
  resolution: Resolution,
): CustomOrigin["signingBehavior"] {
  const accessControl = origin.property("OriginAccessControlId");
  const isWritten = (accessControl.optionalString() ?? "") !== "";
  return isWritten ? resolveSigningBehavior(accessControl, resolution) : undefined;
}

function warnOfContent(
  origin: TemplateProperty,
  kind: "CustomOriginConfig" | "VpcOriginConfig",
  content: OriginContent,
  resolution: Resolution,
): void {
  if (content.kind === "not-deployed" || (content.kind === "none" && kind === "VpcOriginConfig")) {
    const reason = content.kind === "not-deployed" ? content.reason : undefined;
    const why = reason ?? origin.property("DomainName").string();
    const id = origin.property("Id").string();
    resolution.warn(
      origin.path,
      `Origin cannot be reached from this machine (${why}). Pass --origin ${id}=DIR or ${id}=URL.`,
    );
  }
  const accessControl = origin.property("OriginAccessControlId");
  if ((accessControl.optionalString() ?? "") !== "" && content.kind !== "lambda") {
    resolution.warn(accessControl.path, "Requests to custom origins are not signed.");
  }
}
