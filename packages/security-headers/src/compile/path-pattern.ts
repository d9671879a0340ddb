import { pathPatternSource } from "cf-rules";
import { checks } from "../security-headers-options-error.ts";

/**
 * Returns a path pattern as the source of a regular expression, or undefined for a pattern without wildcards, which
 * is compared as it is.
 *
 * @throws {SecurityHeadersOptionsError} `INVALID_VALUE` when it is not a path pattern.
 */
export function compilePathPattern(pathPattern: string, subject: string): string | undefined {
  checks.refuseInvalidPathPattern(subject, pathPattern);
  return /[*?]/.test(pathPattern) ? pathPatternSource(pathPattern) : undefined;
}
