import type { Inspected } from "./inspected.ts";

/** What the page's head says of what is served. */
export interface ServedDistribution {
  readonly url: string;
  readonly logicalId: string;
  readonly id: string;
  readonly domainName: string;
  /** Paths to try, for a list that is still empty. */
  readonly tryOut: readonly { readonly uri: string; readonly shows: string }[];
}

/** Describes what is served now. */
export function describeServed(inspected: Inspected): ServedDistribution {
  const { logicalId, id, domainName, tryOut } = inspected.distribution();
  return { url: inspected.url, logicalId, id, domainName, tryOut };
}
