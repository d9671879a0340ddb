import data from "./managed-response-headers-policies.json" with { type: "json" };
import type { ResponseHeadersPolicy } from "./policies.ts";

/** A managed response headers policy as the data file holds it: what it does not use is left out. */
type ManagedResponseHeadersPolicy = Pick<
  ResponseHeadersPolicy,
  "id" | "name" | "securityHeaders"
> & {
  readonly cors?: Omit<NonNullable<ResponseHeadersPolicy["cors"]>, "maxAgeSeconds">;
};

const policies: readonly ManagedResponseHeadersPolicy[] = data;

/**
 * Returns the managed response headers policy of an id; undefined where no managed policy has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export function managedResponseHeadersPolicy(id: string): ResponseHeadersPolicy | undefined {
  const policy = policies.find((policy) => policy.id === id);
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
