import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { type SecretRedirectOptions, compileSecretRedirect } from "secret-redirect";
import { describe, expect, it, onTestFinished } from "vitest";

const artefactFolder = dirname(createRequire(import.meta.url).resolve("secret-redirect/lambda"));

/** What the cache policy puts into the cache key. */
interface CacheKeyNames {
  readonly headers?: readonly string[];
  readonly cookies?: readonly string[];
  readonly queryStrings?: "all" | "none";
}

/** Starts a distribution that runs the built artefact with the options; it ends with the test. */
async function start(
  options: SecretRedirectOptions,
  names: CacheKeyNames = {},
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
  const origins = { site: join(folder, "site") };
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

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly xCache: string | null;
}

async function ask(
  cloudfront: LocalCloudFront,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const { status, headers } = await cloudfront.fetch(path, { redirect: "manual", ...init });
  return { status, location: headers.get("location"), xCache: headers.get("x-cache") };
}

describe("secret-redirect behind CloudFront", () => {
  it("answers the secret path and its disguises, whatever the method, and nothing else", async () => {
    const cloudfront = await start({ location: "https://example.com/hidden" });
    const hidden = { status: 302, location: "https://example.com/hidden" };
    for (const path of ["/secret", "/secret/", "/%73ecret", "/.//secret"]) {
      expect(await ask(cloudfront, path)).toMatchObject(hidden);
    }
    expect(await ask(cloudfront, "/secret", { method: "POST", body: "x" })).toMatchObject(hidden);
    expect(await ask(cloudfront, "/secrets")).toMatchObject({ status: 404 });
    expect(await ask(cloudfront, "/index.html")).toMatchObject({ status: 200 });
  });

  it("LE-A-50: an answer is cached as long as its Cache-Control says", async () => {
    const cloudfront = await start({
      rules: [{ from: "/old/:x", to: "/new/:x", status: 308, cacheControl: "s-maxage=30" }],
    });
    const hit = "Hit from cloudfront";
    const asked = async () => (await ask(cloudfront, "/old/a")).xCache;
    expect(await asked()).toBe("LambdaGeneratedResponse from cloudfront");
    expect(await asked()).toBe(hit);
    cloudfront.clock.advance(31);
    expect(await asked()).not.toBe(hit);
  });

  it("a wrong token is answered as a path that does not exist, and nothing is stored for the right one", async () => {
    const cloudfront = await start(
      { location: "/inside", token: { in: "query", name: "key", value: "hush" } },
      { queryStrings: "all" },
    );
    const missing = await ask(cloudfront, "/nothing?key=wrong");
    expect(await ask(cloudfront, "/secret?key=wrong")).toEqual(missing);
    expect(await ask(cloudfront, "/secret")).toEqual(missing);
    for (let count = 0; count < 2; count += 1) {
      expect(await ask(cloudfront, "/secret?key=hush")).toEqual({
        status: 302,
        location: "/inside",
        xCache: "LambdaGeneratedResponse from cloudfront",
      });
    }
  });

  it("answers that depend on a header and a cookie are kept apart by the cache key", async () => {
    const cloudfront = await start(
      {
        rules: [
          { from: "/", to: "/de/", conditions: { language: "de" } },
          { from: "/", to: "/beta/", conditions: { cookie: { beta: true } } },
          { from: "/", to: "/en/" },
        ],
      },
      { headers: ["Accept-Language"], cookies: ["beta"] },
    );
    for (let count = 0; count < 2; count += 1) {
      const of = async (headers: Record<string, string>) =>
        (await ask(cloudfront, "/", { headers })).location;
      expect(await of({ "accept-language": "de-AT,de;q=0.9" })).toBe("/de/");
      expect(await of({ "accept-language": "en", cookie: "beta=1" })).toBe("/beta/");
      expect(await of({ "accept-language": "en" })).toBe("/en/");
    }
  });

  it("passes on the query string that CloudFront forwards", async () => {
    const rules = [{ from: "/old", to: "/new?from=old#top" }];
    const forwarding = await start({ rules }, { queryStrings: "all" });
    expect((await ask(forwarding, "/old?utm=x&from=y")).location).toBe("/new?from=old&utm=x#top");
    const without = await start({ rules });
    expect((await ask(without, "/old?utm=x")).location).toBe("/new?from=old#top");
  });
});
