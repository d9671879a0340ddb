import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { type SecretRedirectOptions, compileSecretRedirect } from "secret-redirect";
import { onTestFinished } from "vitest";
import { writeDistribution } from "./write-distribution.ts";
import { writeSite } from "./write-site.ts";

/** What the cache policy puts into the cache key. */
export interface CacheKeyNames {
  readonly headers?: readonly string[];
  readonly cookies?: readonly string[];
  readonly queryStrings?: "all" | "none";
}

/**
 * Starts a distribution that runs the built artefact with the options; it ends with the test.
 *
 * @param origin The URL of the origin that stands behind it; a site of one page where it is left out.
 */
export async function startRedirecting(
  options: SecretRedirectOptions,
  names: CacheKeyNames = {},
  origin?: string,
): Promise<LocalCloudFront> {
  const folder = mkdtempSync(join(tmpdir(), "secret-redirect-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeSite(join(folder, "site"), { "index.html": "the site" });
  const assembly = writeDistribution(folder, {
    functionPackage: "secret-redirect",
    config: compileSecretRedirect(options),
    eventType: "origin-request",
    cacheBehavior: {
      ViewerProtocolPolicy: "allow-all",
      AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      CachePolicyId: { Ref: "CachePolicy" },
    },
    resources: { CachePolicy: cachePolicy(names) },
  });
  const origins = { site: origin ?? join(folder, "site") };
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, origins });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}

function cachePolicy({ headers = [], cookies = [], queryStrings = "none" }: CacheKeyNames): object {
  return {
    Type: "AWS::CloudFront::CachePolicy",
    Properties: {
      CachePolicyConfig: {
        Name: "redirects",
        MinTTL: 0,
        DefaultTTL: 86_400,
        MaxTTL: 31_536_000,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: true,
          HeadersConfig:
            headers.length > 0
              ? { HeaderBehavior: "whitelist", Headers: headers }
              : { HeaderBehavior: "none" },
          CookiesConfig:
            cookies.length > 0
              ? { CookieBehavior: "whitelist", Cookies: cookies }
              : { CookieBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: queryStrings },
        },
      },
    },
  };
}
