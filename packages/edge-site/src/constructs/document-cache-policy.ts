import { Duration } from "aws-cdk-lib";
import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { CacheKeyConfig } from "../config/cache-key-config.ts";

/**
 * Returns the cache policy of documents.
 *
 * @param ownHeaders Names of headers that are in the cache key beside those of the configuration.
 */
export function documentCachePolicy(
  scope: Construct,
  cacheKey: CacheKeyConfig,
  ownHeaders: readonly string[],
): CachePolicy {
  const { cookies = [], queryStrings = [] } = cacheKey;
  const headers = [...(cacheKey.headers ?? []), ...ownHeaders];
  return new CachePolicy(scope, "DocumentCachePolicy", {
    comment: "Follows the Cache-Control of the document, for a day at most",
    // CF-G-11: anything above 0 would override a no-store.
    minTtl: Duration.seconds(0),
    // For what comes without Cache-Control, as a function's redirect does.
    defaultTtl: Duration.minutes(1),
    maxTtl: Duration.days(1),
    headerBehavior:
      headers.length === 0 ? CacheHeaderBehavior.none() : CacheHeaderBehavior.allowList(...headers),
    cookieBehavior: selection(CacheCookieBehavior, cookies),
    queryStringBehavior: selection(CacheQueryStringBehavior, queryStrings),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
}

/** CloudFront's three behaviors, which the CDK makes of each kind alike. */
interface Behaviors<Behavior> {
  none(): Behavior;
  all(): Behavior;
  allowList(...names: string[]): Behavior;
}

function selection<Behavior>(
  behaviors: Behaviors<Behavior>,
  names: readonly string[] | "all",
): Behavior {
  if (names === "all") return behaviors.all();
  return names.length === 0 ? behaviors.none() : behaviors.allowList(...names);
}
