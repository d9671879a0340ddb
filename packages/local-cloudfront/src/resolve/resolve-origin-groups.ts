import type { TemplateProperty } from "cloud-assembly";
import type { Origin, OriginGroup } from "../distribution/origins.ts";

/**
 * Resolves the origin groups of a distribution, by id.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-origingroup.html
 */
export function resolveOriginGroups(
  config: TemplateProperty,
  origins: ReadonlyMap<string, Origin>,
): ReadonlyMap<string, OriginGroup> {
  const groups = config
    .property("OriginGroups")
    .property("Items")
    .items()
    .map((group) => resolveOriginGroup(group, origins));
  return new Map(groups.map((group) => [group.id, group]));
}

function resolveOriginGroup(
  group: TemplateProperty,
  origins: ReadonlyMap<string, Origin>,
): OriginGroup {
  const members = group.property("Members").property("Items");
  const [primaryOriginId, secondaryOriginId, ...others] = members
    .items()
    .map((member) => memberId(member.property("OriginId"), origins));
  if (primaryOriginId === undefined || secondaryOriginId === undefined || others.length > 0) {
    throw members.error("must be two origins", "Name a primary and a secondary origin.");
  }
  const id = group.property("Id");
  if (origins.has(id.string())) {
    throw id.error("is also the id of an origin", "Give the group an id of its own.");
  }
  return {
    id: id.string(),
    primaryOriginId,
    secondaryOriginId,
    failoverStatuses: group
      .property("FailoverCriteria")
      .property("StatusCodes")
      .property("Items")
      .items()
      .map(failoverStatus),
  };
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
// (LE-A-24)
const failoverStatuses = [400, 403, 404, 416, 429, 500, 502, 503, 504];

function failoverStatus(property: TemplateProperty): number {
  const status = property.number(0);
  if (failoverStatuses.includes(status)) return status;
  throw property.error(
    "is a status that no origin group fails over at",
    `Allowed are ${failoverStatuses.join(", ")}.`,
    "LE-A-24",
  );
}

function memberId(property: TemplateProperty, origins: ReadonlyMap<string, Origin>): string {
  const id = property.string();
  if (origins.has(id)) return id;
  throw property.error(
    "is the id of no origin",
    `Known are ${[...origins.keys()].map((id) => JSON.stringify(id)).join(", ")}.`,
  );
}
