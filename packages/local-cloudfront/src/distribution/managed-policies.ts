import data from "./managed-policies.json" with { type: "json" };
import type { CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy } from "./policies.ts";

/** A managed response headers policy as the data file holds it: what it does not use is left out. */
type ManagedResponseHeadersPolicy = Pick<
  ResponseHeadersPolicy,
  "id" | "name" | "securityHeaders"
> & {
  readonly cors?: Omit<NonNullable<ResponseHeadersPolicy["cors"]>, "maxAgeSeconds">;
};

// The compiler widens the strings of a JSON file; the test of the managed policies holds its shape.
const cachePolicies = data.cachePolicies as unknown as readonly CachePolicy[];
const originRequestPolicies =
  data.originRequestPolicies as unknown as readonly OriginRequestPolicy[];
const responseHeadersPolicies: readonly ManagedResponseHeadersPolicy[] =
  data.responseHeadersPolicies;

/**
 * Returns the managed cache policy of an id; undefined where no managed policy has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export function managedCachePolicy(id: string): CachePolicy | undefined {
  return cachePolicies.find((policy) => policy.id === id);
}

/**
 * Returns the managed origin request policy of an id; undefined where no managed policy has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export function managedOriginRequestPolicy(id: string): OriginRequestPolicy | undefined {
  return originRequestPolicies.find((policy) => policy.id === id);
}

/**
 * Returns the managed response headers policy of an id; undefined where no managed policy has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export function managedResponseHeadersPolicy(id: string): ResponseHeadersPolicy | undefined {
  const policy = responseHeadersPolicies.find((policy) => policy.id === id);
  if (policy === undefined) return undefined;
  return {
    id: policy.id,
    name: policy.name,
    cors: policy.cors === undefined ? undefined : { ...policy.cors, maxAgeSeconds: undefined },
    securityHeaders: policy.securityHeaders,
    customHeaders: [],
    removeHeaders: [],
    serverTimingSamplingRate: undefined,
  };
}
