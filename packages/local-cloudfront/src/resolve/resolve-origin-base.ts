import { isDeniedOriginCustomHeader, originSettings } from "cf-rules";
import type { TemplateProperty } from "cloud-assembly";
import type { CustomOrigin, Origin, OriginContent, S3Origin } from "../distribution/origins.ts";
import { boundedNumber } from "./bounded-number.ts";
import type { Resolution } from "./resolution.ts";

type SharedProperty = keyof S3Origin & keyof CustomOrigin;

/** What every kind of origin has; the read timeout belongs to the kind's own settings. */
export function resolveOriginBase(
  origin: TemplateProperty,
  readTimeout: TemplateProperty,
  content: OriginContent,
  resolution: Resolution,
): Omit<Pick<Origin, SharedProperty>, "kind"> {
  const readTimeoutSeconds = boundedNumber(
    readTimeout,
    30,
    originSettings.readTimeoutSeconds,
    "LE-B-36",
  );
  return {
    id: origin.property("Id").string(),
    domainName: origin.property("DomainName").string(),
    path: resolveOriginPath(origin.property("OriginPath")),
    customHeaders: origin
      .property("OriginCustomHeaders")
      .items()
      .map((header) => resolveCustomHeader(header, resolution)),
    connectionAttempts: boundedNumber(
      origin.property("ConnectionAttempts"),
      3,
      originSettings.connectionAttempts,
    ),
    connectionTimeoutSeconds: boundedNumber(
      origin.property("ConnectionTimeout"),
      10,
      originSettings.connectionTimeoutSeconds,
    ),
    readTimeoutSeconds,
    responseCompletionTimeoutSeconds: resolveCompletionTimeout(
      origin.property("ResponseCompletionTimeout"),
      readTimeoutSeconds,
    ),
    originShieldEnabled: origin.property("OriginShield").property("Enabled").boolean(false),
    content,
  };
}

function resolveCompletionTimeout(property: TemplateProperty, readTimeoutSeconds: number): number {
  const seconds = property.number(0);
  if (seconds === 0 || seconds >= readTimeoutSeconds) return seconds;
  throw property.error(
    "must not be below the origin's read timeout",
    `Leave it out, or use ${readTimeoutSeconds} seconds or more.`,
    "LE-B-37",
  );
}

/**
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-denylist
 */
function resolveCustomHeader(
  header: TemplateProperty,
  resolution: Resolution,
): Origin["customHeaders"][number] {
  const name = header.property("HeaderName");
  const value = header.property("HeaderValue");
  if (isDeniedOriginCustomHeader(name.string().toLowerCase())) {
    throw name.error(
      "is a header that CloudFront does not let an origin add",
      "Leave it out.",
      "LE-B-43",
    );
  }
  if (!value.isKnown) {
    resolution.warn(
      value.path,
      "Only the deployment knows its value: the header is sent as it is written here. Pass --parameter, --import or --value.",
    );
  }
  return { name: name.string(), value: value.string() };
}

/**
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginPath
 */
function resolveOriginPath(property: TemplateProperty): string {
  const path = property.optionalKnownString() ?? "";
  if (path === "" || (path.startsWith("/") && !path.endsWith("/"))) return path;
  throw property.error(
    "must start with a slash and not end with one",
    `Write "/${path.replace(/^\/+|\/+$/g, "")}".`,
  );
}
