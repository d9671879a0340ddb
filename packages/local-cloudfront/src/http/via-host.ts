import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";

const hosts = new LRUCache<string, string>({ max: 100 });

/**
 * Returns the host of a distribution in `Via`: 32 hexadecimal digits (CF-G-38), always the same for
 * the same distribution.
 *
 * @param distributionDomainName as in `d111111abcdef8.cloudfront.net`
 */
export function viaHost(distributionDomainName: string): string {
  const known = hosts.get(distributionDomainName);
  if (known !== undefined) return known;
  const digits = createHash("sha256").update(distributionDomainName).digest("hex").slice(0, 32);
  const host = `${digits}.cloudfront.net`;
  hosts.set(distributionDomainName, host);
  return host;
}
