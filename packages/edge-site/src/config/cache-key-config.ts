import { shown } from "option-checks";
import { fieldsOf, invalid, list, type Shape } from "./setting-checks.ts";

/**
 * The parts of a request that distinguish objects in the cache, beside the path. Functions on origin events see
 * no other header, cookie or query string than these, and each value that differs is cached for itself.
 */
export interface CacheKeyConfig {
  /**
   * Names of headers, CloudFront's own included, as in `CloudFront-Viewer-Country`.
   * @default - none
   */
  readonly headers?: readonly string[];
  /** Names, or `"all"`. @default - none */
  readonly cookies?: readonly string[] | "all";
  /**
   * Names, or `"all"`: functions on origin events see the query string only when it is in the key as a whole.
   * @default - none
   */
  readonly queryStrings?: readonly string[] | "all";
}

const shape: Shape = { optional: ["headers", "cookies", "queryStrings"] };

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html (read 2026-11-26)
/** How many names of a kind a cache policy takes. */
export const mostCacheKeyNames = 10;

/**
 * Refuses a cache key that CloudFront would not take.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseInvalidCacheKey(value: unknown): void {
  const fields = fieldsOf(shape, "cacheKey", value);
  for (const [key, names] of Object.entries(fields)) {
    const subject = `cacheKey.${key}`;
    if (names === "all" && key !== "headers") continue;
    const texts = list(subject, names);
    const wrong = texts.find((name) => typeof name !== "string" || !/^[\w.-]+$/.test(name));
    if (wrong !== undefined) {
      throw invalid(
        `${subject} has no valid name: got ${shown(wrong)}. Allowed: names, as in "lang".`,
      );
    }
    if (texts.length > mostCacheKeyNames) {
      throw invalid(
        `${subject} has too many names: got ${texts.length}. Allowed: ${mostCacheKeyNames} at most.`,
      );
    }
  }
}
