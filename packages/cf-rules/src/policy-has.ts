import type { PolicySelection, PolicySelections } from "cf-types";

/**
 * Whether a cache policy or an origin request policy takes a part of a request: into the cache key, or to the origin
 * (CF-G-02). CloudFront's own headers must be listed.
 *
 * @param name A header's in lower case.
 */
export function policyHas(
  policy: PolicySelections,
  part: "header" | "cookie" | "query",
  name: string,
): boolean {
  if (part === "query") return includes(policy.queryStrings, name);
  if (part === "cookie") return includes(policy.cookies, name);
  const { headers } = policy;
  // CF-G-04: header names are compared in any letter case.
  const fold = (names: readonly string[]): string[] => names.map((each) => each.toLowerCase());
  if (typeof headers === "string") return headers === "all" && !name.startsWith("cloudfront-");
  if ("allViewerAnd" in headers) {
    return !name.startsWith("cloudfront-") || fold(headers.allViewerAnd).includes(name);
  }
  if ("allExcept" in headers) {
    return !name.startsWith("cloudfront-") && !fold(headers.allExcept).includes(name);
  }
  return fold(headers).includes(name);
}

function includes(names: PolicySelection, name: string): boolean {
  if (typeof names === "string") return names === "all";
  return "allExcept" in names ? !names.allExcept.includes(name) : names.includes(name);
}
