import { LocalCloudFront } from "local-cloudfront";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { assemblyOn, engines } from "../src/engines.ts";
import { launchBrowser } from "../src/launch-browser.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(async () => {
  await browser?.close();
});

async function openPage(context: TestContext): Promise<{ page: Page; complaints: string[] }> {
  if (browser === undefined) return context.skip("no browser");
  const page = await browser.newPage();
  const complaints: string[] = [];
  // A CSP violation is a console error too; the event names the directive.
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  return { page, complaints };
}

describe.each(engines)("the notes app on the local CloudFront, with %s", (engine) => {
  let cloudfront: LocalCloudFront;

  beforeAll(async () => {
    cloudfront = await LocalCloudFront.start({ assembly: assemblyOn(engine), port: 0 });
  });

  afterAll(() => cloudfront.close());

  it("a note's edit page opens directly, saves, and survives a reload", async (context) => {
    const { page, complaints } = await openPage(context);
    const response = await page.goto(`${cloudfront.url}/notes/1/edit`);
    expect(response?.status()).toBe(200);
    expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");

    await page.getByLabel("Title").fill("Buy lemons");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Buy lemons" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/notes/1");

    await page.reload();
    await page.getByRole("heading", { name: "Buy lemons" }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("links and the Back button move between pages without a page load", async (context) => {
    const { page, complaints } = await openPage(context);
    await page.goto(`${cloudfront.url}/`);
    cloudfront.clearTraces();
    await page.getByRole("link").filter({ hasNotText: "New" }).nth(1).click();
    await page.waitForURL(/\/notes\/\d+$/);
    await page.goBack();
    await page.waitForURL((url) => url.pathname === "/");
    expect(cloudfront.traces()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
