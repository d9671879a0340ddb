import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { compileOriginSelect } from "origin-select";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it, onTestFinished } from "vitest";
import { SiteInFolder, type SiteChanges } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const canary = { domainName: "canary.example.com", protocol: "http" } as const;
const rewrite = { package: "spa-rewrite", config: compileSpaRewrite({ routes: ["/notes/:id"] }) };
const cacheKey = { headers: ["x-origin"] };

/** Serves a site whose canary has a page of its own. */
async function served(changes: SiteChanges): Promise<LocalCloudFront> {
  const folder = new SiteInFolder(["previews/pr-7/a.txt"]);
  const other = mkdtempSync(join(tmpdir(), "canary-"));
  writeFileSync(join(other, "index.html"), "canary");
  const site = synthesized({ siteFolder: folder.folder, cacheKey, ...changes });
  const origins = { [canary.domainName]: other };
  const cloudfront = await LocalCloudFront.start({
    assembly: site.assemblyFolder,
    port: 0,
    origins,
  });
  onTestFinished(async () => {
    await cloudfront.close();
    site[Symbol.dispose]();
    folder[Symbol.dispose]();
    rmSync(other, { recursive: true });
  });
  return cloudfront;
}

async function page(cloudfront: LocalCloudFront, path: string, headers = {}) {
  const response = await cloudfront.fetch(path, { headers: { accept: "text/html", ...headers } });
  const xCache = response.headers.get("x-cache")?.split(" ")[0];
  return `${await response.text()} ${xCache}`;
}

describe("a site with many hosts", () => {
  it("FN-I-31, FN-I-48: has them in a key value store, as a CloudFront Function among others", async () => {
    const hosts = Array.from({ length: 600 }, (_, index) => [
      `shop-${index}.example.com`,
      "canary",
    ]);
    const config = compileOriginSelect({
      origins: { canary },
      hosts: { ...Object.fromEntries(hosts), localhost: "canary" },
    });
    const eventType = "viewer-request" as const;
    const functions = [rewrite, { package: "origin-select", config, eventType }];
    const cloudfront = await served({ engine: "cloudfront-function", functions });
    const { port } = new URL(cloudfront.url);
    const atLocalhost = await fetch(`http://localhost:${port}/notes/1`, {
      headers: { accept: "text/html" },
    });
    expect(await atLocalhost.text()).toBe("canary");
    expect(await page(cloudfront, "/notes/1")).toBe("index.html Miss");
  });
});

describe("a site with a canary", () => {
  const beta = compileOriginSelect({
    origins: { canary },
    rules: [
      { cookies: { beta: "1" }, origin: "canary" },
      { headers: { "x-preview": "7" }, prefix: "/previews/pr-7" },
    ],
  });

  it("CF-G-02, FN-I-29: keeps its objects apart from the others, as a CloudFront Function among others", async () => {
    const functions = [rewrite, { package: "origin-select", config: beta }];
    const changes = { engine: "cloudfront-function" as const };
    const eventType = "viewer-request" as const;
    const placed = functions.map((each) => ({ ...each, eventType }));
    const cloudfront = await served({ ...changes, functions: placed });
    const cookie = { cookie: "beta=1" };
    expect(await page(cloudfront, "/notes/1")).toBe("index.html Miss");
    expect(await page(cloudfront, "/notes/1", cookie)).toBe("canary Miss");
    expect(await page(cloudfront, "/notes/2", cookie)).toBe("canary Hit");
    expect(await page(cloudfront, "/notes/2")).toBe("index.html Hit");
    expect(await page(cloudfront, "/a.txt", { "x-preview": "7" })).toBe("previews/pr-7/a.txt Miss");
  });

  it("LE-B-41: has viewers keep it, at three events of Lambda@Edge", async () => {
    const config = compileOriginSelect({
      origins: { canary },
      split: { percent: { canary: 100 } },
    });
    const functions = (["viewer-request", "origin-request", "viewer-response"] as const).map(
      (eventType) => ({ package: "origin-select", config, eventType }),
    );
    const cloudfront = await served({ engine: "lambda-edge", functions });
    const first = await cloudfront.fetch("/");
    expect(await first.text()).toBe("canary");
    expect(first.headers.getSetCookie()[0]).toMatch(/^origin=canary; Path=\//);
    expect(await page(cloudfront, "/", { cookie: "origin=default" })).toBe("index.html Miss");
    expect(await page(cloudfront, "/", { cookie: "origin=canary" })).toBe("canary Hit");
    expect(await page(cloudfront, "/", { "x-origin": "default" })).toBe("canary Hit");
  });

  it("is refused where the cache would mix the two", () => {
    using site = new SiteInFolder([]);
    const functions = [{ package: "origin-select", config: beta, eventType: "viewer-request" }];
    expect(site.messages({ functions } as SiteChanges)).toEqual([
      expect.stringMatching(/^Two origins share the objects in the cache of "\*"/),
    ]);
  });
});
