import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import type { Browser } from "playwright-core";
import {
  type SecurityHeadersOptions,
  analyzeSiteFolder,
  compileSecurityHeaders,
  plainSecurityHeaders,
  responseHeadersPolicyConfig,
  scorecard,
  writeIntegrity,
} from "security-headers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "../src/launch-browser.ts";
import { probeFeatures, probeSite } from "./security-headers-probe.ts";
import { writeDistribution } from "./write-distribution.ts";
import { writeSite } from "./write-site.ts";

/** A built site in a folder of the test's own, its scripts with integrity attributes. */
function buildSite(files: Readonly<Record<string, string>> = probeSite): string {
  const folder = mkdtempSync(join(tmpdir(), "security-headers-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const site = join(folder, "site");
  writeSite(site, files);
  writeIntegrity(site);
  return site;
}

/** Serves a site through a distribution that runs the built artefact. */
async function serve(
  site: string,
  options: SecurityHeadersOptions,
  responseHeadersPolicy?: object,
): Promise<LocalCloudFront> {
  const { eventType = "viewer-response" } = options;
  const assembly = writeDistribution(dirname(site), {
    functionPackage: "security-headers",
    config: compileSecurityHeaders(options),
    eventType,
    cacheBehavior: {
      ViewerProtocolPolicy: "redirect-to-https",
      // Managed-CachingOptimized
      CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      ...(responseHeadersPolicy && { ResponseHeadersPolicyId: { Ref: "ResponseHeadersPolicy" } }),
    },
    distributionConfig: { DefaultRootObject: "index.html" },
    ...(responseHeadersPolicy && {
      resources: {
        ResponseHeadersPolicy: {
          Type: "AWS::CloudFront::ResponseHeadersPolicy",
          Properties: { ResponseHeadersPolicyConfig: responseHeadersPolicy },
        },
      },
    }),
  });
  const cloudfront = await LocalCloudFront.start({
    assembly,
    port: 0,
    origins: { site },
  });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}

interface ProbeResult {
  readonly working: readonly string[];
}

describe("the probe page of 22 features", () => {
  let browser: Browser | undefined;

  beforeAll(async () => {
    const launched = await launchBrowser();
    if ("browser" in launched) browser = launched.browser;
    else process.stderr.write(`${launched.unavailable}\n`);
  });

  afterAll(async () => browser?.close());

  it.for([
    { preset: "spa", broken: ["inline event handler"] },
    { preset: "spa-popups", broken: ["inline event handler"] },
    { preset: "isolated", broken: ["inline event handler"] },
    {
      preset: "static",
      broken: [
        "inline event handler",
        "style element by script",
        "blob: image",
        "blob: audio",
        "blob: worker",
        "iframe",
        "form",
        "WebAssembly",
      ],
    },
    {
      preset: "original",
      broken: [
        "inline script",
        "inline event handler",
        "style attribute",
        "style element by script",
        "data: image",
        "blob: image",
        "blob: audio",
        "web font",
        "fetch",
        "WebSocket",
        "blob: worker",
        "iframe",
        "form",
        "WebAssembly",
      ],
    },
  ] as const)(
    "with the preset $preset all work but $broken",
    async ({ preset, broken }, context) => {
      if (browser === undefined) return context.skip("no browser");
      const site = buildSite();
      // The original seven know nothing of the build.
      const known = preset === "original" ? {} : { site: analyzeSiteFolder(site) };
      const cloudfront = await serve(site, { preset, ...known });
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(`${cloudfront.url}/`);
      const result = await page.waitForFunction(
        () => (globalThis as { probeResult?: ProbeResult }).probeResult,
      );
      const { working = [] } = (await result.jsonValue()) ?? {};
      expect(probeFeatures.filter((feature) => !working.includes(feature))).toEqual(broken);
      // No browser complains of a name in a header that it does not know.
      expect(complaints.filter((text) => /Unrecognized|Error with/.test(text))).toEqual([]);
      await page.close();
    },
  );

  it.each(["spa", "spa-popups", "isolated"] as const)(
    "the preset %s has no finding of csp_evaluator, and 140 points of Observatory on a preloaded domain",
    (preset) => {
      const { pages } = analyzeSiteFolder(buildSite());
      const compiled = compileSecurityHeaders({ preset, site: { pages } });
      const card = scorecard(compiled, { pages, hstsPreloaded: true });
      expect(card.cspFindings).toEqual([]);
      expect(card.observatory.score).toBe(140);
    },
  );
});

describe("through the local CloudFront", () => {
  const files = {
    "index.html": "<!doctype html><title>Home</title>",
    "embed/index.html": "<!doctype html><title>Embed</title>",
    "data.json": "{}",
  };
  const options: SecurityHeadersOptions = {
    preset: "spa",
    pathOverrides: [
      {
        pathPattern: "/embed/*",
        xFrameOptions: false,
        contentSecurityPolicy: { directives: { frameAncestors: ["https://partner.example"] } },
      },
    ],
  };

  it("the policy and framing go on documents, the rest on everything", async () => {
    const cloudfront = await serve(buildSite(files), options);
    const document = await cloudfront.fetch("/");
    const data = await cloudfront.fetch("/data.json");
    expect(document.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect(document.headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(data.headers.get("content-security-policy")).toBeNull();
    expect(data.headers.get("x-frame-options")).toBeNull();
    for (const { headers } of [document, data]) {
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
    }
  });

  it("a path override decides for its paths", async () => {
    const cloudfront = await serve(buildSite(files), options);
    const { headers } = await cloudfront.fetch("/embed/index.html");
    expect(headers.get("content-security-policy")).toContain(
      "frame-ancestors https://partner.example",
    );
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("LE-A-08: at viewer-response an error of the origin goes out bare, at origin-response it does not", async () => {
    const bare = await (await serve(buildSite(files), options)).fetch("/missing.html");
    const covered = await (
      await serve(buildSite(files), { ...options, eventType: "origin-response" })
    ).fetch("/missing.html");
    expect([bare.status, covered.status]).toEqual([404, 404]);
    expect(bare.headers.get("x-content-type-options")).toBeNull();
    expect(covered.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("at origin-response the work of the first request serves the second", async () => {
    const cloudfront = await serve(buildSite(files), { ...options, eventType: "origin-response" });
    await cloudfront.fetch("/index.html");
    const second = await cloudfront.fetch("/index.html");
    expect(second).toBeCacheHit();
    expect(second).toHaveRun([]);
    expect(second.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("the response headers policy of the same options covers errors of the origin", async () => {
    const responseHeadersPolicy = responseHeadersPolicyConfig(options);
    const cloudfront = await serve(buildSite(files), options, responseHeadersPolicy);
    const { status, headers } = await cloudfront.fetch("/missing.html");
    expect(status).toBe(404);
    const expected = plainSecurityHeaders(compileSecurityHeaders(options), {
      uri: "/missing.html",
    });
    expect(Object.keys(expected)).toHaveLength(10);
    for (const [name, text] of Object.entries(expected)) expect(headers.get(name)).toBe(text);
  });

  it("the policy and the function together leave each header where it belongs", async () => {
    const policy = responseHeadersPolicyConfig(options);
    const cloudfront = await serve(buildSite(files), options, policy);
    const data = await cloudfront.fetch("/data.json");
    expect(data.headers.get("x-content-type-options")).toBe("nosniff");
    expect(data.headers.get("content-security-policy")).toBeNull();
    const embed = await cloudfront.fetch("/embed/index.html");
    expect(embed.headers.get("x-frame-options")).toBeNull();
    expect(embed.headers.get("content-security-policy")).toMatch(
      /^[^,]*frame-ancestors https:\/\/partner.example[^,]*$/,
    );
  });

  it("at origin-response the policy gives way to what the function has set", async () => {
    const both = { ...options, eventType: "origin-response" } as const;
    const cloudfront = await serve(buildSite(files), both, responseHeadersPolicyConfig(both));
    const { headers } = await cloudfront.fetch("/embed/index.html");
    expect(headers.get("content-security-policy")).toContain("partner.example");
    expect(headers.get("x-frame-options")).toBeNull();
    const data = await cloudfront.fetch("/data.json");
    expect(data.headers.get("content-security-policy")).toBeNull();
  });
});
