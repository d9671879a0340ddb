import { isIP } from "node:net";
import type { CacheBehavior, Distribution } from "../distribution/distribution.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import { headerValue } from "./http-headers.ts";
import { defaultViewerProfile } from "./viewer-profile.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/** The longest URL, path and query string, that CloudFront takes, in bytes (CF-J-10). */
export const maxUrlBytes = 8192;

/** A request that CloudFront answers with an error page before anything runs. */
export interface Refusal {
  readonly status: number;
  /** Shown on the page and in the trace. */
  readonly reason: string;
}

const malformedPercentEncoding = /%(?![0-9a-f]{2})/i;

/**
 * Refuses what no cache behavior can take: an oversized or malformed URL, a GET with a body, a host
 * that is not the distribution's, a viewer in a country that is shut out.
 */
export function refuseViewerRequest(
  { request, profile }: ViewerRequest,
  distribution: Distribution,
): Refusal | undefined {
  const querystringBytes = request.querystring === "" ? 0 : request.querystring.length + 1;
  if (request.uri.length + querystringBytes > maxUrlBytes) {
    return { status: 414, reason: `CF-J-10: the URL is longer than ${maxUrlBytes} bytes.` };
  }
  if (malformedPercentEncoding.test(request.uri)) {
    return { status: 400, reason: "CF-J-11: Bad request: the path has a malformed % sequence." };
  }
  if (request.method === "GET" && request.body !== undefined) {
    return { status: 403, reason: "LE-A-35: Bad request: a GET request must not carry a body." };
  }
  return (
    refuseHost(request, distribution) ??
    refuseCountry(profile.country ?? defaultViewerProfile.country, distribution)
  );
}

/** Refuses a method that the cache behavior does not allow (LE-A-36). */
export function refuseMethod(
  cacheBehavior: CacheBehavior,
  request: HttpRequest,
): Refusal | undefined {
  if (cacheBehavior.allowedMethods.includes(request.method)) return undefined;
  return {
    status: 403,
    reason: `LE-A-36: The cache behavior ${cacheBehavior.pathPattern} does not allow ${request.method}: it allows ${cacheBehavior.allowedMethods.join(", ")}.`,
  };
}

/**
 * CloudFront answers 403 to a host that no distribution has. Addresses and the local names of this
 * machine count as the distribution's; other names do not, which also keeps DNS rebinding out.
 */
function refuseHost(request: HttpRequest, distribution: Distribution): Refusal | undefined {
  const host = headerValue(request.headers, "host");
  if (host === undefined || isHostOf(distribution, host)) return undefined;
  return {
    status: 403,
    reason: `The distribution has no alternate domain name ${JSON.stringify(host)}. Add it to the distribution's Aliases, or use ${distribution.domainName} or localhost.`,
  };
}

function isHostOf(distribution: Distribution, host: string): boolean {
  const name = host.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  if (!name.includes(".") || name.endsWith(".localhost") || name.endsWith(".local")) return true;
  return [distribution.domainName, ...distribution.aliases].some((alias) =>
    alias.startsWith("*.")
      ? name.endsWith(alias.slice(1).toLowerCase())
      : name === alias.toLowerCase(),
  );
}

function refuseCountry(country: string, { geoRestriction }: Distribution): Refusal | undefined {
  if (geoRestriction === undefined || geoRestriction.kind === "none") return undefined;
  const isListed = geoRestriction.countryCodes.includes(country);
  if (isListed === (geoRestriction.kind === "whitelist")) return undefined;
  return {
    status: 403,
    reason: `LE-A-17: The distribution is configured to block access from the viewer's country, ${country}. The option --viewer country=XX chooses another.`,
  };
}
