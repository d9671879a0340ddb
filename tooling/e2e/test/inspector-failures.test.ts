import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showRequest } from "../src/inspector-pictures.ts";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";
import { inspectedFunctions, thrown } from "./inspected-functions.ts";
import { rows } from "./inspected-site.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
});

afterAll(async () => browser?.close());

const phone = { width: 390, height: 844 };

describe("a failed request in the inspector", () => {
  it("has the error in its head, who caused it, and the text of the fact behind it", async (context) => {
    const { page, complaints } = await openPage(browser, context);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/boom");
    // The row says it, too.
    await showRequest(page, cloudfront.inspectorUrl ?? "", thrown);
    const error = page.locator("article header").getByRole("group", { name: "Error" });
    expect(await error.locator("strong").textContent()).toMatch(/ at viewer request$/);
    expect(await error.textContent()).toContain(thrown);
    await error.getByRole("button").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^(AWS states it|It follows from|It was seen)/).waitFor();
    const factId = await error.getByRole("button").textContent();
    expect(await dialog.getByRole("heading").textContent()).toBe(factId);
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows the stage that failed first on a phone, and in its place elsewhere", async (context) => {
    const { page } = await openPage(browser, context, { viewport: phone });
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/refused");
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/refused");
    const first = page.locator("article .section").first();
    await expect.poll(() => first.getAttribute("id")).toBe("stage-viewer-request");
    await page.setViewportSize({ width: 1200, height: 800 });
    await expect.poll(() => first.getAttribute("id")).toBe("stage-viewer");
  });

  it("tells documents from assets, API requests and errors by chips", async (context) => {
    const { page } = await openPage(browser, context);
    const cloudfront = await inspectedFunctions();
    const { page: visitor } = await openPage(browser, context);
    await visitor.goto(`${cloudfront.url}/page`);
    await visitor.addScriptTag({ url: "/app.js" }).catch(() => undefined);
    await visitor.evaluate("fetch('/api/notes').then((response) => response.text())");
    await visitor.goto(`${cloudfront.url}/boom`);
    await page.goto(cloudfront.inspectorUrl ?? "");
    const shown = async () => {
      const texts = await rows(page).locator(".target").allTextContents();
      return texts.filter((text) => text !== "/favicon.ico");
    };
    await expect.poll(shown).toEqual(["/boom", "/api/notes", "/app.js", "/page"]);
    const chip = (name: string) => page.getByRole("button", { name, exact: true });
    await chip("Documents").click();
    await expect.poll(shown).toEqual(["/boom", "/page"]);
    await chip("Errors").click();
    await expect.poll(shown).toEqual(["/boom"]);
    await chip("Errors").click();
    await chip("Assets").click();
    await expect.poll(shown).toEqual(["/app.js"]);
    await chip("API").click();
    await expect.poll(shown).toEqual(["/api/notes"]);
    await chip("All").click();
    await expect.poll(shown).toHaveLength(4);
  });

  it("breaks the time down by stage", async (context) => {
    const { page } = await openPage(browser, context);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/page");
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/page");
    const time = page.getByRole("region", { name: "Time by stage" });
    await expect
      .poll(() => time.locator("dt").allTextContents())
      .toEqual(expect.arrayContaining(["In all", "Viewer request"]));
  });
});
