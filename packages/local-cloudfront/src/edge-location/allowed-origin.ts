import { compileWildcards } from "../distribution/compile-wildcards.ts";

/**
 * Returns whether one of the origins that a response headers policy allows is the viewer's.
 *
 * @param origin the value of the viewer's Origin header
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-cors
 */
export function isAllowedOrigin(allowOrigins: readonly string[], origin: string): boolean {
  return allowOrigins.some((pattern) => matchesOrigin(pattern, origin));
}

/**
 * `*` stands for any number of characters, none included. Without a scheme, a pattern stands for
 * all of them; without a port, for the scheme's own alone; with the port `*`, for all of them.
 */
function matchesOrigin(pattern: string, origin: string): boolean {
  if (pattern === "*") return true;
  const candidate = pattern.includes("://") ? origin : origin.replace(/^[^/]*:\/\//, "");
  if (compileWildcards(pattern)(candidate)) return true;
  return pattern.endsWith(":*") && compileWildcards(pattern.slice(0, -2))(candidate);
}
