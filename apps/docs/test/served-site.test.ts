import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { synthesize } from "edge-site/cdk";
import { launchBrowser } from "e2e/launch-browser";
import { openPage } from "e2e/open-page";
import { LocalCloudFront } from "local-cloudfront";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { edgeConfig } from "../edge.config.ts";

// The site as it is deployed: synthesized by edge-site, with the built functions.
const assembly = mkdtempSync(join(tmpdir(), "docs-"));
const messages: string[] = [];
let cloudfront: LocalCloudFront;
let browser: Browser | undefined;

beforeAll(async () => {
  const configFile = resolve(import.meta.dirname, "../edge.config.ts");
  const { stacks } = synthesize(edgeConfig, { configFile, assemblyFolder: assembly });
  messages.push(
    ...stacks.flatMap((stack) =>
      stack.messages.map(({ level, entry }) => `${level} ${entry.data}`),
    ),
  );
  cloudfront = await LocalCloudFront.start({ assembly, port: 0, policyReports: true });
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(async () => {
  await browser?.close();
  await cloudfront.close();
  rmSync(assembly, { recursive: true });
});

it("synth has nothing to warn of", () => {
  expect(messages.filter((message) => message.startsWith("warning"))).toEqual([]);
});

it.each([
  ["/", 200, "cf-edge"],
  ["/guides/my-spa/", 200, "My SPA"],
  ["/rules/le-c-04/", 200, "LE-C-04"],
  ["/rules/le-z-99/", 404, "404"],
  ["/_astro/gone.js", 404, "404"],
])("%s has status %i and the security headers", async (path, status, text) => {
  const response = await cloudfront.fetch(path);
  expect(response.status).toBe(status);
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).toContain("'strict-dynamic'");
  expect(response.headers.get("strict-transport-security")).toContain("max-age=");
  expect(await response.text()).toMatch(new RegExp(`<title>[^<]*${text}`));
});

it("a page has one URL", async () => {
  const response = await cloudfront.fetch("/guides/my-spa");
  expect([response.status, response.headers.get("location")]).toEqual([301, "/guides/my-spa/"]);
});

it("hashed assets are kept for a year", async () => {
  const page = await (await cloudfront.fetch("/")).text();
  const [script = ""] = /\/_astro\/[^"]+\.js/.exec(page) ?? [];
  const response = await cloudfront.fetch(script);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
});

describe("in a browser", () => {
  /** A page with all that it asks for. */
  const visit = async (context: TestContext, path: string) => {
    const { page, complaints } = await openPage(browser, context);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${cloudfront.url}${path}`, { waitUntil: "networkidle" });
    return { page, complaints, requests };
  };
  const elsewhere = (requests: readonly string[]) =>
    requests.filter((url) => !url.startsWith(`${cloudfront.url}/`) && !url.startsWith("data:"));

  it.for(["/", "/guides/my-spa/", "/facts/c/", "/reference/local-cloudfront/"])(
    "%s breaks no policy and asks nobody else",
    async (path, context) => {
      const { page, complaints, requests } = await visit(context, path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect({ complaints, elsewhere: elsewhere(requests) }).toEqual({
        complaints: [],
        elsewhere: [],
      });
    },
  );

  it("code is coloured", async (context) => {
    const { page } = await visit(context, "/rules/le-c-04/");
    const colours = await page
      .locator(".ec-line span")
      .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
    expect(new Set(colours).size).toBeGreaterThan(2);
  });

  it("what is not there is the site's own page, in its own colours", async (context) => {
    const { page, complaints } = await visit(context, "/nowhere");
    await page.getByText("Page not found").waitFor();
    // The document itself is a 404, which the console says; a violation would be another line.
    expect(complaints.filter((line) => !line.includes("404"))).toEqual([]);
    const scheme = await page.evaluate(() => document.documentElement.dataset["theme"]);
    expect(scheme).toMatch(/^(?:dark|light)$/);
  });

  it("the search finds a rule, without a server", async (context) => {
    const { page, complaints, requests } = await visit(context, "/");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByPlaceholder("Search").fill("LE-C-04");
    await page.locator(".pagefind-ui__result-link").first().waitFor();
    await page.locator('.pagefind-ui__result-link[href^="/rules/le-c-04/"]').first().click();
    await page.getByRole("heading", { level: 1, name: "LE-C-04" }).waitFor();
    expect({ complaints, elsewhere: elsewhere(requests) }).toEqual({
      complaints: [],
      elsewhere: [],
    });
  });

  it("no policy was broken in all of this", async () => {
    await cloudfront.idle();
    expect(cloudfront.policyViolations).toEqual([]);
  });
});
