import { isIP } from "node:net";
import { LocalCloudFrontError } from "../../local-cloudfront-error.ts";

/**
 * Who a viewer is to CloudFront, which on this machine nobody can look up: what the
 * `CloudFront-Viewer-*` and `CloudFront-Is-*-Viewer` headers will say.
 */
export interface ViewerProfile {
  /**
   * An IPv4 or IPv6 address: `clientIp` in events, X-Forwarded-For at the origin, `c-ip` in the access log.
   * @default - that from which the request came
   */
  readonly address?: string;
  /**
   * ISO 3166-1 alpha-2.
   * @default "US"
   */
  readonly country?: string;
  /** @default "desktop" */
  readonly device?: "desktop" | "mobile" | "tablet" | "smarttv";
  /** @default - not known, the header is absent */
  readonly os?: "android" | "ios";
  /** ISO 3166-2, without the country. @default - not known, the header is absent */
  readonly region?: string;
  /** @default - not known, the header is absent */
  readonly city?: string;
  /** @default - not known, the header is absent */
  readonly postalCode?: string;
  /** As in `Asia/Tokyo`. @default - not known, the header is absent */
  readonly timeZone?: string;
  /** Degrees, as in `35.68`. @default - not known, the header is absent */
  readonly latitude?: string;
  /** Degrees, as in `139.69`. @default - not known, the header is absent */
  readonly longitude?: string;
}

/** The viewer where nothing else is said: AWS's own region of most functions, at a desk. */
export const defaultViewerProfile: Required<Pick<ViewerProfile, "country" | "device">> = {
  country: "US",
  device: "desktop",
};

const devices = ["desktop", "mobile", "tablet", "smarttv"] as const;
const operatingSystems = ["android", "ios"] as const;
const freeNames = ["region", "city", "postalCode", "timeZone", "latitude", "longitude"] as const;

/**
 * Reads a profile such as `country=JP,device=mobile`.
 *
 * @throws {LocalCloudFrontError} when a name or a value is not one that a profile has
 */
export function parseViewerProfile(text: string): ViewerProfile {
  const entries = text.split(",").map((part): [string, string] => {
    const separator = part.indexOf("=");
    if (separator < 1) {
      throw new LocalCloudFrontError(
        `Viewer is not a list of NAME=VALUE: got ${JSON.stringify(part)}. Write it as in --viewer country=JP,device=mobile.`,
      );
    }
    return [part.slice(0, separator).trim(), part.slice(separator + 1).trim()];
  });
  return checkViewerProfile(Object.fromEntries(entries));
}

/**
 * Returns the values as a profile.
 *
 * @throws {LocalCloudFrontError} when a name or a value is not one that a profile has
 */
export function checkViewerProfile(
  values: Readonly<{ [name: string]: string | undefined }>,
): ViewerProfile {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const allowed = allowedValues(name);
    if (allowed === undefined || (Array.isArray(allowed) && !allowed.includes(value))) {
      throw new LocalCloudFrontError(
        `Viewer ${allowed === undefined ? "has no such name" : "has no such value"}: got ${JSON.stringify(`${name}=${value}`)}. ` +
          `Allowed: address, country, device (${devices.join(", ")}), os (${operatingSystems.join(", ")}), ${freeNames.join(", ")}.`,
      );
    }
  }
  const { address, country } = values;
  if (address !== undefined && isIP(address) === 0) {
    throw new LocalCloudFrontError(
      `Viewer's address is no IP address: got ${JSON.stringify(address)}. Write IPv4 or IPv6, as in 203.0.113.9.`,
    );
  }
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw new LocalCloudFrontError(
      `Viewer's country is no country code: got ${JSON.stringify(country)}. Write two upper-case letters, as in JP.`,
    );
  }
  return values as ViewerProfile;
}

function allowedValues(name: string): readonly string[] | "any" | undefined {
  if (name === "device") return devices;
  if (name === "os") return operatingSystems;
  return name === "address" || name === "country" || freeNames.some((free) => free === name)
    ? "any"
    : undefined;
}
