import type {
  CustomOrigin as EventCustomOrigin,
  Origin as EventOrigin,
  ResultHeaders,
  S3Origin as EventS3Origin,
} from "cf-types";
import type {
  CustomOrigin,
  Origin,
  OriginContent,
  S3Access,
  S3Origin,
} from "../distribution/origins.ts";

/**
 * Returns the origin that an origin-request function chose (LE-B-41). Where its domain name is that
 * of an origin of the distribution, it has that origin's content; any other has what is passed for its
 * host name, or is contacted for real.
 *
 * @param origin the one that the cache behavior targets
 * @param eventOrigin as the function's checked result holds it
 * @param origins those of the distribution
 * @param contentByHost content by lower-case host name
 */
export function applyOriginChange(
  origin: Origin,
  eventOrigin: EventOrigin,
  origins: readonly Origin[],
  contentByHost: ReadonlyMap<string, OriginContent> = new Map(),
): Origin {
  const changed =
    eventOrigin.s3 === undefined
      ? toCustomOrigin(origin, eventOrigin.custom, origins)
      : toS3Origin(origin, eventOrigin.s3, origins);
  const content = contentByHost.get(changed.domainName.toLowerCase());
  if (content === undefined || changed.content.kind !== "none") return changed;
  // Nothing is known of such a bucket: its policy is taken to let CloudFront read it.
  return changed.kind === "s3"
    ? { ...changed, content, mayGetObject: true }
    : { ...changed, content };
}

function toCustomOrigin(
  origin: Origin,
  changed: EventCustomOrigin,
  origins: readonly Origin[],
): CustomOrigin {
  const standIn = standInFor(changed.domainName, "custom", origin, origins);
  return {
    ...originBase(origin, changed, standIn),
    kind: "custom",
    protocolPolicy: changed.protocol === "http" ? "http-only" : "https-only",
    httpPort: changed.protocol === "http" ? changed.port : 80,
    httpsPort: changed.protocol === "https" ? changed.port : 443,
    sslProtocols: changed.sslProtocols,
    keepaliveTimeoutSeconds: changed.keepaliveTimeout,
    ...(standIn?.kind === "custom" &&
      standIn.signingBehavior !== undefined && { signingBehavior: standIn.signingBehavior }),
  };
}

function toS3Origin(origin: Origin, changed: EventS3Origin, origins: readonly Origin[]): S3Origin {
  const standIn = standInFor(changed.domainName, "s3", origin, origins);
  const bucket = standIn?.kind === "s3" ? standIn : undefined;
  const access = accessAfterChange(origin, changed);
  return {
    ...originBase(origin, changed, standIn),
    kind: "s3",
    access,
    region: changed.region ?? bucket?.region ?? "us-east-1",
    bucketLogicalId: bucket?.bucketLogicalId,
    mayGetObject: bucket !== undefined && mayStillGet(bucket, access),
    mayListBucket: bucket?.mayListBucket ?? false,
    ...(bucket?.objectHeaders === undefined ? {} : { objectHeaders: bucket.objectHeaders }),
    ...(bucket?.contentTypes === undefined ? {} : { contentTypes: bucket.contentTypes }),
  };
}

function originBase(
  origin: Origin,
  changed: EventCustomOrigin | EventS3Origin,
  standIn: Origin | undefined,
): Omit<Origin, "kind"> {
  return {
    id: standIn?.id ?? origin.id,
    domainName: changed.domainName,
    path: changed.path,
    customHeaders: customHeadersFromEvent(changed.customHeaders),
    connectionAttempts: origin.connectionAttempts,
    connectionTimeoutSeconds: origin.connectionTimeoutSeconds,
    readTimeoutSeconds: changed.readTimeout ?? origin.readTimeoutSeconds,
    responseCompletionTimeoutSeconds: changed.responseCompletionTimeout ?? 0,
    originShieldEnabled: origin.originShieldEnabled,
    content: standIn?.content ?? nothing,
    ...(standIn === undefined && { isElsewhere: true }),
  };
}

const nothing: OriginContent = { kind: "none" };

/** Finds the configured origin of a domain name; the target first, then one of the same kind. */
function standInFor(
  domainName: string,
  kind: Origin["kind"],
  target: Origin,
  origins: readonly Origin[],
): Origin | undefined {
  const named = [target, ...origins].filter(
    (candidate) => candidate.domainName.toLowerCase() === domainName.toLowerCase(),
  );
  return named.find((candidate) => candidate.kind === kind) ?? named[0];
}

/**
 * FIDELITY LE-B-32: the event has no word for OAC. An S3 origin keeps its OAC when a function
 * changes the bucket; from a custom origin, requests go out unsigned (LE-B-40).
 */
function accessAfterChange(origin: Origin, changed: EventS3Origin): S3Access {
  if (changed.authMethod === "origin-access-identity") return { kind: "origin-access-identity" };
  if (origin.kind === "s3" && origin.access.kind === "origin-access-control") return origin.access;
  return { kind: "public" };
}

/** A bucket policy that admits CloudFront's signature does not admit unsigned requests. */
function mayStillGet(bucket: S3Origin, access: S3Access): boolean {
  return bucket.mayGetObject && (access.kind !== "public" || bucket.access.kind === "public");
}

function customHeadersFromEvent(headers: ResultHeaders): Origin["customHeaders"] {
  return Object.entries(headers).flatMap(([name, lines]) =>
    lines.map(({ key, value }) => ({ name: key ?? name, value })),
  );
}
