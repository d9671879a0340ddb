/** What a cache policy says besides its name. */
export interface CachePolicyTtls {
  readonly MinTTL: number;
  readonly DefaultTTL: number;
  readonly MaxTTL: number;
}

/** Returns a cache policy whose cache key holds the query string, and no header or cookie. */
export function queryStringCachePolicy(name: string, ttls: CachePolicyTtls): object {
  return {
    Type: "AWS::CloudFront::CachePolicy",
    Properties: {
      CachePolicyConfig: {
        Name: name,
        ...ttls,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: true,
          EnableAcceptEncodingBrotli: true,
          HeadersConfig: { HeaderBehavior: "none" },
          CookiesConfig: { CookieBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "all" },
        },
      },
    },
  };
}
