import type { TemplateProperty } from "cloud-assembly";
import { originContent } from "./origin-content.ts";
import type { CustomOrigin } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";
import { resolveOriginBase } from "./resolve-origin-base.ts";
import { parseS3DomainName } from "./s3-domain-name.ts";
import {
  checkUnsupportedProperties,
  customOriginConfigTreatments,
  customOriginTreatments,
} from "./unsupported-properties.ts";

const originProperties = [
  "ConnectionAttempts",
  "ConnectionTimeout",
  "CustomOriginConfig",
  "DomainName",
  "Id",
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
  checkUnsupportedProperties(origin, customOriginTreatments, originProperties, resolution);
  checkUnsupportedProperties(config, customOriginConfigTreatments, configProperties, resolution);
  const domainName = origin.property("DomainName").string();
  const s3 = parseS3DomainName(domainName);
  const bucket =
    s3 === undefined
      ? undefined
      : resolution.resources.find(resolution.stack, "AWS::S3::Bucket", s3.bucketName);
  const content = originContent(origin, bucket, resolution);
  if (content.kind === "not-deployed" || (content.kind === "none" && kind === "VpcOriginConfig")) {
    warnOfUnreachable(origin, domainName, resolution);
  }
  if (content.kind === "folder" && s3?.kind === "website") {
    resolution.warn(
      origin.path,
      "Website hosting is not run locally: the bucket's files are served without index documents and redirects.",
    );
  }
  return {
    kind: "custom",
    ...resolveOriginBase(origin, config.property("OriginReadTimeout"), content, resolution),
    protocolPolicy:
      kind === "VpcOriginConfig"
        ? "https-only"
        : config
            .property("OriginProtocolPolicy")
            .oneOf(["http-only", "https-only", "match-viewer"]),
    httpPort: config.property("HTTPPort").number(80),
    httpsPort: config.property("HTTPSPort").number(443),
    sslProtocols: config.property("OriginSSLProtocols").strings(),
    keepaliveTimeoutSeconds: config.property("OriginKeepaliveTimeout").number(5),
  };
}

function warnOfUnreachable(
  origin: TemplateProperty,
  domainName: string,
  resolution: Resolution,
): void {
  const id = origin.property("Id").string();
  resolution.warn(
    origin.path,
    `Origin cannot be reached from this machine (${domainName}). Pass --origin ${id}=URL.`,
  );
}
