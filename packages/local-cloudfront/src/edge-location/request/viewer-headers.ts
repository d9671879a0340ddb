import { bytesOfText } from "../../http/byte-string.ts";
import type { CacheBehavior } from "../../distribution/distribution.ts";
import type { BehaviorScope } from "../request-context.ts";
import { defaultViewerProfile } from "./viewer-profile.ts";
import type { ViewerRequest } from "./viewer-request.ts";

const nothing: Readonly<Record<string, string>> = {};

/**
 * Returns what CloudFront says of a viewer to the origin and in the cache key, by lower-case header
 * name; empty where no policy of the cache behavior asks for such a header (LE-B-50).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export function viewerHeadersFor({
  context,
  cacheBehavior,
  isCustomErrorPage,
}: BehaviorScope): Readonly<Record<string, string>> {
  if (!asksForViewerHeaders(cacheBehavior)) return nothing;
  const headers = viewerHeaders(context.viewerRequest);
  return isCustomErrorPage === true ? { ...headers, ...errorHeaders(context) } : headers;
}

/** What the viewer had asked for, when a custom error page is fetched instead (CF-H-19). */
function errorHeaders({
  viewerRequest: { request },
}: BehaviorScope["context"]): Record<string, string> {
  const { uri, querystring } = request;
  return {
    "cloudfront-error-uri": uri,
    ...(querystring === "" ? {} : { "cloudfront-error-args": querystring }),
  };
}

function asksForViewerHeaders({ cachePolicy, originRequestPolicy }: CacheBehavior): boolean {
  return [cachePolicy.headers, originRequestPolicy?.headers].some(
    (headers) =>
      headers !== undefined &&
      "names" in headers &&
      headers.names.some((name) => name.startsWith("cloudfront-")),
  );
}

function viewerHeaders({
  profile,
  request,
  protocol,
  httpVersion,
  port,
}: ViewerRequest): Record<string, string> {
  const country = profile.country ?? defaultViewerProfile.country;
  const device = profile.device ?? defaultViewerProfile.device;
  const known: Readonly<Record<string, string | undefined>> = {
    "cloudfront-forwarded-proto": protocol,
    "cloudfront-is-android-viewer": String(profile.os === "android"),
    "cloudfront-is-desktop-viewer": String(device === "desktop"),
    "cloudfront-is-ios-viewer": String(profile.os === "ios"),
    "cloudfront-is-mobile-viewer": String(device === "mobile"),
    "cloudfront-is-smarttv-viewer": String(device === "smarttv"),
    "cloudfront-is-tablet-viewer": String(device === "tablet"),
    "cloudfront-viewer-address": `${request.clientIp}:${port}`,
    "cloudfront-viewer-city": profile.city,
    "cloudfront-viewer-country": country,
    "cloudfront-viewer-country-name": countryName(country),
    "cloudfront-viewer-country-region": profile.region,
    "cloudfront-viewer-http-version": httpVersion,
    "cloudfront-viewer-latitude": profile.latitude,
    "cloudfront-viewer-longitude": profile.longitude,
    "cloudfront-viewer-postal-code": profile.postalCode,
    "cloudfront-viewer-time-zone": profile.timeZone,
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, bytesOfText(value)]],
    ),
  );
}

function countryName(country: string): string | undefined {
  return new Intl.DisplayNames("en", { type: "region" }).of(country);
}
