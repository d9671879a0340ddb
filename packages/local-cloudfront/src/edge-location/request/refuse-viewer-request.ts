import { isIP } from "node:net";
import type { CacheBehavior, Distribution } from "../../distribution/distribution.ts";
import type { HttpRequest } from "../../http/http-message.ts";
import { headerValue } from "../http-headers.ts";
import { defaultViewerProfile } from "./viewer-profile.ts";
import type { RequestProblem, ViewerRequest } from "./viewer-request.ts";

/**
 * Refuses what no cache behavior can take: a request that is malformed, a host that is not the
 * distribution's, a viewer in a country that is shut out, a GET with a body, a chain of
 * distributions that is too long.
 */
export function refuseViewerRequest(
  { request, profile, problem }: ViewerRequest,
  distribution: Distribution,
): RequestProblem | undefined {
  return (
    problem ??
    refuseHost(request, distribution) ??
    refuseStackedDistributions(request) ??
    refuseCountry(profile.country ?? defaultViewerProfile.country, distribution) ??
    refuseBody(request)
  );
}

/** Refuses a method that the cache behavior does not allow (LE-A-36). */
export function refuseMethod(
  cacheBehavior: CacheBehavior,
  request: HttpRequest,
): RequestProblem | undefined {
  if (cacheBehavior.allowedMethods.includes(request.method)) return undefined;
  return {
    status: 403,
    reason: `LE-A-36: The cache behavior ${cacheBehavior.pathPattern} does not allow ${request.method}: it allows ${cacheBehavior.allowedMethods.join(", ")}.`,
    detailedResultType: "InvalidRequestMethod",
  };
}

function refuseBody({ method, body }: HttpRequest): RequestProblem | undefined {
  if (method !== "GET" || body === undefined) return undefined;
  return {
    status: 403,
    reason: "LE-A-35: Bad request: a GET request must not carry a body.",
    detailedResultType: "InvalidRequest",
  };
}

/**
 * CloudFront returns 403 for a host that no distribution has. Addresses and the local names of this
 * machine count as the distribution's; other names do not, which also keeps DNS rebinding out.
 */
function refuseHost(request: HttpRequest, distribution: Distribution): RequestProblem | undefined {
  const host = headerValue(request.headers, "host");
  if (host === undefined || isHostOf(distribution, host)) return undefined;
  return {
    status: 403,
    reason: `The distribution has no alternate domain name ${JSON.stringify(host)}. Add it to the distribution's Aliases, or use ${distribution.domainName} or localhost.`,
    detailedResultType: "InvalidRequestHeader",
  };
}

function isHostOf(distribution: Distribution, host: string): boolean {
  const name = host.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
  if (!name.includes(".") || name.endsWith(".localhost") || name.endsWith(".local")) return true;
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  return [distribution.domainName, ...distribution.aliases].some((alias) =>
    alias.startsWith("*.")
      ? name.endsWith(alias.slice(1).toLowerCase())
      : name === alias.toLowerCase(),
  );
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
const maxStackedDistributions = 2;

/** Each distribution that a request has passed left its line in Via (LE-A-49). */
function refuseStackedDistributions({ headers }: HttpRequest): RequestProblem | undefined {
  const via = (headers["via"] ?? []).map(({ value }) => value).join(", ");
  const passed = via.split(",").filter((proxy) => proxy.trim().endsWith("(CloudFront)")).length;
  if (passed < maxStackedDistributions) return undefined;
  return {
    status: 403,
    reason: `LE-A-49: The request has passed ${passed} distributions already: no more than ${maxStackedDistributions} may stand one behind the other.`,
    detailedResultType: "InvalidRequest",
  };
}

function refuseCountry(
  country: string,
  { geoRestriction }: Distribution,
): RequestProblem | undefined {
  if (geoRestriction === undefined || geoRestriction.kind === "none") return undefined;
  const isListed = geoRestriction.countryCodes.includes(country);
  if (isListed === (geoRestriction.kind === "whitelist")) return undefined;
  return {
    status: 403,
    reason: `LE-A-17: The distribution is configured to block access from the viewer's country, ${country}. The option --viewer country=XX chooses another.`,
    detailedResultType: "ClientGeoBlocked",
  };
}
