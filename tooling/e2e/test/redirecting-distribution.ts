import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { type SecretRedirectOptions, compileSecretRedirect } from "secret-redirect";
import { onTestFinished } from "vitest";

const artefactFolder = dirname(createRequire(import.meta.url).resolve("secret-redirect/lambda"));

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
  mkdirSync(join(folder, "site"));
  writeFileSync(join(folder, "site", "index.html"), "the site");
  cpSync(artefactFolder, join(folder, "asset"), { recursive: true });
  const config = JSON.stringify(compileSecretRedirect(options));
  writeFileSync(join(folder, "asset", "config.json"), config);
  const assembly = join(folder, "template.json");
  writeFileSync(assembly, JSON.stringify(templateWith(names)));
  const origins = { site: origin ?? join(folder, "site") };
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, origins });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}

function templateWith({ headers = [], cookies = [], queryStrings = "none" }: CacheKeyNames) {
  return {
    Resources: {
      CachePolicy: {
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
      },
      Redirect: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Code: "./asset",
          Role: "arn:aws:iam::123456789012:role/edge",
          Timeout: 5,
          MemorySize: 128,
        },
      },
      RedirectVersion: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { Ref: "Redirect" } },
      },
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            Enabled: true,
            Origins: [
              {
                Id: "site",
                DomainName: "site.example.com",
                CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
              },
            ],
            DefaultCacheBehavior: {
              TargetOriginId: "site",
              ViewerProtocolPolicy: "allow-all",
              AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
              CachePolicyId: { Ref: "CachePolicy" },
              LambdaFunctionAssociations: [
                { EventType: "origin-request", LambdaFunctionARN: { Ref: "RedirectVersion" } },
              ],
            },
          },
        },
      },
    },
  };
}
