import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { type SpaRewriteOptions, compileSpaRewrite } from "spa-rewrite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { writeDistribution } from "./write-distribution.ts";
import { writeSite } from "./write-site.ts";

const site: Readonly<Record<string, string>> = {
  "index.html": "the app",
  "admin/index.html": "the admin app",
  "docs/index.html": "the docs",
  "about.html": "about",
  LICENSE: "the licence",
  "users/photo.jpg": "a photo",
  "assets/app.js": "a script",
  "caf\u00e9/a b.html": "a caf\u00e9",
};
const siteFiles = Object.keys(site);

/** Serves the site through a distribution that runs the built artefact with the options. */
async function start(
  options: SpaRewriteOptions,
): Promise<readonly [LocalCloudFront, () => Promise<void>]> {
  const folder = mkdtempSync(join(tmpdir(), "spa-rewrite-"));
  writeSite(join(folder, "site"), site);
  const assembly = writeDistribution(folder, {
    functionPackage: "spa-rewrite",
    config: compileSpaRewrite(options),
    eventType: "viewer-request",
    cacheBehavior: {
      ViewerProtocolPolicy: "allow-all",
      AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      // Managed-CachingOptimized
      CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
  });
  const origins = { site: join(folder, "site") };
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, origins });
  return [
    cloudfront,
    async () => {
      await cloudfront.close();
      rmSync(folder, { recursive: true });
    },
  ];
}

const navigation = {
  accept: "text/html,*/*;q=0.8",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
};
const script = { accept: "*/*", "sec-fetch-dest": "script", "sec-fetch-mode": "no-cors" };

let cloudfront: LocalCloudFront;
let stop: () => Promise<void>;

beforeAll(async () => {
  [cloudfront, stop] = await start({
    mode: "fallback",
    apps: [{ prefix: "/admin" }],
    dottedPaths: ["/users/:name"],
    siteFiles,
  });
});

afterAll(async () => {
  await stop();
});

async function answer(
  path: string,
  headers: Readonly<Record<string, string>> = navigation,
): Promise<string> {
  const response = await cloudfront.fetch(path, { headers });
  const body = await response.text();
  return response.status === 200 ? body : `${response.status}`;
}

describe("a site with two apps, pages and files", () => {
  it.each([
    ["/", "the app"],
    ["/notes/1", "the app"],
    ["/notes/1?tab=2", "the app"],
    ["/notes//1", "the app"],
    ["/notes/%31", "the app"],
    ["/users/jane.doe", "the app"],
    ["/@user", "the app"],
    ["/admin", "the admin app"],
    ["/admin/users/7", "the admin app"],
    ["/docs", "the docs"],
    ["/docs/", "the docs"],
    ["/docs/intro", "the app"],
    ["/about", "about"],
    ["/about/", "about"],
    ["/about.html", "about"],
    ["/caf%C3%A9/a%20b", "a caf\u00e9"],
    ["/LICENSE", "the licence"],
    ["/users/photo.jpg", "a photo"],
    ["/assets/app.js", "a script"],
    ["/assets/app-old.js", "404"],
    ["/notes/1.json", "404"],
    ["/api/notes/1", "404"],
    ["/.env", "404"],
    ["/.well-known/change-password", "404"],
  ])("answers %s with %s", async (path, expected) => {
    expect(await answer(path)).toBe(expected);
  });

  it("never answers a missing script with HTML, whatever its path", async () => {
    for (const path of ["/assets/app-old.js", "/chunk", "/users/app.js", "/admin/chunk"]) {
      expect(await answer(path, script)).toBe("404");
    }
  });

  it("does not answer a program that asks for data with a page", async () => {
    expect(await answer("/notes/1", { accept: "application/json" })).toBe("404");
  });

  it("LE-A-03: all pages of an app share one cached document", async () => {
    await cloudfront.invalidate(["/*"]);
    const get = (path: string) => cloudfront.fetch(path, { headers: navigation });
    expect(await get("/notes/1")).toBeCacheMiss();
    expect(await get("/notes/2/edit")).toBeCacheHit();
    expect(await get("/admin/x")).toBeCacheMiss();
  });
});

describe("a trailing-slash policy", () => {
  it("redirects a page to its one spelling, with the query string, and does not cache that", async () => {
    const [removing, end] = await start({ mode: "fallback", siteFiles, trailingSlash: "remove" });
    onTestFinished(end);
    const response = await removing.fetch("/docs/?a=1", {
      headers: navigation,
      redirect: "manual",
    });
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe("/docs?a=1");
    expect(response.headers.get("x-cache")).toBe("LambdaGeneratedResponse from cloudfront");
    const page = await removing.fetch("/docs?a=1", { headers: navigation });
    expect(await page.text()).toBe("the docs");
  });
});
