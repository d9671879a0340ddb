import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { templateWithFunction } from "edge-function-testing";
import type { Browser } from "playwright-core";
import { type SecurityHeadersOptions, compileSecurityHeaders } from "security-headers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";
import { writeDistribution } from "./write-distribution.ts";
import { writeSite } from "./write-site.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
});

afterAll(async () => browser?.close());

const binary = fileURLToPath(new URL("../node_modules/.bin/local-cloudfront", import.meta.url));
const cacheBehavior = {
  ViewerProtocolPolicy: "redirect-to-https",
  // Managed-CachingOptimized
  CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
};
const distributionConfig = { DefaultRootObject: "index.html" };

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "development-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the command with `--watch` until the test ends; resolves with what it wrote, when it serves. */
async function watch(assembly: string, site: string, ...more: readonly string[]) {
  const ports = ["--port", "0", "--inspector-port", "0"];
  const args = [
    assembly,
    ...ports,
    "--watch",
    "--log",
    "json",
    "--origin",
    `site=${site}`,
    ...more,
  ];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(0);
  const { url, inspector } = JSON.parse(lines[0] ?? "") as { url: string; inspector: string };
  return { url, inspector, lines };
}

const page = (title: string) =>
  `<!doctype html><title>${title}</title><link rel="icon" href="/icon.svg"><h1>${title}</h1>`;
const icon = { "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>' };

/** Writes a site, and a distribution that protects it with security-headers. */
function protectedSite(options: SecurityHeadersOptions) {
  const folder = temporaryFolder();
  const site = join(folder, "site");
  writeSite(site, { "index.html": page("First"), ...icon });
  const assembly = writeDistribution(folder, {
    functionPackage: "security-headers",
    config: compileSecurityHeaders(options),
    eventType: "viewer-response",
    cacheBehavior,
    distributionConfig,
  });
  return { assembly, site };
}

describe("live reload", () => {
  it.for([
    ["the default policy, which permits no connections", {}, []],
    ["the policy of the preset spa", { preset: "spa" }, []],
    ["the policy of the preset spa, over HTTP/2", { preset: "spa" }, ["--https"]],
  ] as const)(
    "loads a page again when its file has changed, under %s",
    async ([, options, args], context) => {
      const { assembly, site } = protectedSite(options);
      const { url, lines } = await watch(assembly, site, ...args);
      const { page: opened, complaints } = await openPage(browser, context, {
        ignoreHTTPSErrors: true,
      });
      const response = await opened.goto(url);
      const policy = response?.headers()["content-security-policy"] ?? "";
      expect(policy).toMatch(/default-src '(none|self)'/);
      for (const title of ["Second", "Third"]) {
        writeSite(site, { "index.html": page(title) });
        await opened.getByRole("heading", { name: title }).waitFor();
      }
      // It is reloaded once for each change, and nothing of it is blocked or reported.
      await opened.waitForTimeout(500);
      const documents = lines.filter((line) => line.includes('"uri":"/"'));
      expect(documents).toHaveLength(3);
      expect(lines.filter((line) => line.includes("policy-violation"))).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("reloads once where the document comes out of the browser's cache", async (context) => {
    const { assembly, site } = protectedSite({ preset: "spa" });
    const { url, lines } = await watch(assembly, site);
    const { page: opened } = await openPage(browser, context);
    await opened.goto(url);
    writeSite(site, { "other.txt": "new" });
    const documents = () => lines.filter((line) => line.includes('"uri":"/"')).length;
    await expect.poll(documents).toBe(2);
    await opened.waitForTimeout(1000);
    expect(documents()).toBe(2);
  });

  it("is switched off by --no-live-reload", async (context) => {
    const { assembly, site } = protectedSite({ preset: "spa" });
    const { url } = await watch(assembly, site, "--no-live-reload");
    const { page: opened } = await openPage(browser, context);
    await opened.goto(url);
    expect(await opened.content()).not.toContain("live-reload");
  });
});

const failing = `exports.handler = async ({ Records: [{ cf: { request } }] }) => {
  throw new Error("The session store is gone.");
};`;
const mended = "exports.handler = async ({ Records: [{ cf: { request } }] }) => request;";

/** Writes a site with a function of its own. */
function siteWithFunction() {
  const folder = temporaryFolder();
  const site = join(folder, "site");
  const code = join(folder, "function");
  writeSite(site, { "index.html": page("Works"), ...icon });
  const write = (source: string): void => writeSite(code, { "index.js": source });
  write(failing);
  const template = { code, eventType: "viewer-request", cacheBehavior, distributionConfig };
  const assembly = join(folder, "template.json");
  writeFileSync(assembly, JSON.stringify(templateWithFunction(template)));
  return { assembly, site, write };
}

describe("the error overlay", () => {
  const phone = { width: 390, height: 844 };
  it.for([
    ["light", { colorScheme: "light" }],
    ["on a phone, dark", { colorScheme: "dark", viewport: phone }],
  ] as const)(
    "shows why a function failed, links to its trace, and goes when it is mended, %s",
    async ([name, options], context) => {
      const { assembly, site, write } = siteWithFunction();
      const { url, inspector } = await watch(assembly, site);
      const { page: opened } = await openPage(browser, context, { ...options, bypassCSP: true });
      const response = await opened.goto(url);
      expect(response?.status()).toBe(503);
      expect(response?.headers()["x-cache"]).toBe("LambdaExecutionError from cloudfront");
      await opened.getByRole("heading", { name: "The session store is gone." }).waitFor();
      expect(await opened.locator("mark").textContent()).toContain("throw new Error");
      if (process.env["PICTURES"] !== undefined) {
        await opened.screenshot({ path: join(process.env["PICTURES"], `overlay ${name}.png`) });
      }
      await opened.addScriptTag({ content: axe.source });
      const violations = await opened.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id }) => id))",
      );
      expect(violations).toEqual([]);
      expect(
        await opened.evaluate("document.documentElement.scrollWidth - innerWidth"),
      ).toBeLessThanOrEqual(0);

      const { page: traced } = await openPage(browser, context);
      await traced.goto((await opened.getByRole("link").getAttribute("href")) ?? "");
      expect(traced.url()).toContain(inspector);
      await traced.getByRole("group", { name: "Error" }).getByText("session store").waitFor();

      write(mended);
      await opened.getByRole("heading", { name: "Works" }).waitFor();
    },
  );

  it("gives way to CloudFront's page by --no-overlay", async (context) => {
    const { assembly, site } = siteWithFunction();
    const { url } = await watch(assembly, site, "--no-overlay");
    const { page: opened } = await openPage(browser, context);
    await opened.goto(url);
    await opened.getByText("The request could not be satisfied").waitFor();
  });
});
