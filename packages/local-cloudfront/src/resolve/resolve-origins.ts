import type { TemplateProperty } from "cloud-assembly";
import type { Origin } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";
import { resolveCustomOrigin } from "./resolve-custom-origin.ts";
import { resolveS3Origin } from "./resolve-s3-origin.ts";
import { type TenantParameters, withTenantParameters } from "./tenant-parameters.ts";

/**
 * Resolves the origins of a distribution, by id.
 *
 * @param parameters of a multi-tenant distribution; its origins may have them in their names and paths.
 * @throws {CloudAssemblyError} when CloudFront would refuse one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-origin.html
 */
export function resolveOrigins(
  config: TemplateProperty,
  parameters: TenantParameters,
  resolution: Resolution,
): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const property of config.property("Origins").items()) {
    const id = property.property("Id");
    if (origins.has(id.string())) {
      throw id.error("is the id of two origins", "Give each origin an id of its own.");
    }
    const origin = resolveOrigin(property, resolution);
    origins.set(id.string(), {
      ...origin,
      domainName: withTenantParameters(origin.domainName, parameters),
      path: withTenantParameters(origin.path, parameters),
    });
  }
  if (origins.size === 0) {
    throw config.property("Origins").error("must hold at least one origin", "Add an origin.");
  }
  return origins;
}

function resolveOrigin(origin: TemplateProperty, resolution: Resolution): Origin {
  const kinds = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"] as const;
  const [kind, ...others] = kinds.filter((name) => origin.property(name).isPresent);
  if (kind === undefined || others.length > 0) {
    throw origin
      .property("Id")
      .error(
        `is that of an origin that must have exactly one of ${kinds.join(", ")}`,
        `${kind === undefined ? "Add" : "Keep"} S3OriginConfig for a bucket, CustomOriginConfig for a server.`,
      );
  }
  return kind === "S3OriginConfig"
    ? resolveS3Origin(origin, resolution)
    : resolveCustomOrigin(origin, kind, resolution);
}
