import type { TemplateProperty } from "cloud-assembly";
import type { CachePolicy, NameSelection, OriginRequestPolicy } from "../distribution/policies.ts";
import type { Resolution } from "./resolution.ts";
import { resolveTtls } from "./resolve-cache-policy.ts";

/**
 * Viewer headers that do not reach the origin under legacy settings unless they are named.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-headers-behavior
 */
const notForwardedHeaders = [
  "accept",
  "accept-charset",
  "accept-language",
  "authorization",
  "host",
  "referer",
  "user-agent",
  "x-http-method-override",
];

/** The policies that do what legacy settings do. */
export interface LegacyPolicies {
  readonly cachePolicy: CachePolicy;
  readonly originRequestPolicy: OriginRequestPolicy;
}

/**
 * Turns legacy settings (`ForwardedValues`, and the TTLs on the cache behavior itself) into the
 * policies that do the same.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-forwardedvalues.html
 */
export function resolveForwardedValues(
  behavior: TemplateProperty,
  resolution: Pick<Resolution, "warn">,
): LegacyPolicies {
  const forwarded = behavior.property("ForwardedValues");
  const headers = forwarded
    .property("Headers")
    .knownStrings()
    .map((name) => name.toLowerCase());
  const cookies = resolveCookies(forwarded.property("Cookies"));
  const identity = { id: forwarded.path, name: "Legacy cache settings" };
  // All headers forwarded means that nothing is cached.
  const forwardsAllHeaders = headers.includes("*");
  return {
    cachePolicy: {
      ...identity,
      ...(forwardsAllHeaders ? noCaching : resolveTtls(behavior, resolution)),
      enableAcceptEncodingGzip: !forwardsAllHeaders && !headers.includes("accept-encoding"),
      enableAcceptEncodingBrotli: false,
      headers:
        forwardsAllHeaders || headers.length === 0
          ? { behavior: "none" }
          : { behavior: "whitelist", names: headers },
      cookies,
      queryStrings: resolveCacheKeyQueryStrings(forwarded),
    },
    originRequestPolicy: {
      ...identity,
      headers: forwardsAllHeaders
        ? { behavior: "allViewer" }
        : {
            behavior: "allExcept",
            names: notForwardedHeaders.filter((name) => !headers.includes(name)),
          },
      cookies,
      queryStrings: { behavior: forwarded.property("QueryString").boolean(false) ? "all" : "none" },
    },
  };
}

const noCaching = { minTtlSeconds: 0, defaultTtlSeconds: 0, maxTtlSeconds: 0 };

function resolveCookies(cookies: TemplateProperty): NameSelection {
  const behavior = cookies.property("Forward").oneOf(["none", "whitelist", "all"], "none");
  if (behavior !== "whitelist") return { behavior };
  const names = cookies.property("WhitelistedNames").knownStrings();
  return names.some((name) => /[*?]/.test(name))
    ? { behavior: "whitelistWithWildcards", patterns: names }
    : { behavior, names };
}

/** With `QueryStringCacheKeys` all query strings are forwarded, and those few are part of the key. */
function resolveCacheKeyQueryStrings(forwarded: TemplateProperty): NameSelection {
  if (!forwarded.property("QueryString").boolean(false)) return { behavior: "none" };
  const names = forwarded.property("QueryStringCacheKeys").knownStrings();
  return names.length === 0 ? { behavior: "all" } : { behavior: "whitelist", names };
}
