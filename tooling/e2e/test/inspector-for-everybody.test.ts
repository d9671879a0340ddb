import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  overlayPicture,
  pictures,
  showRequest,
  takeOverlayPicture,
  takePictures,
} from "../src/inspector-pictures.ts";
import { openPage } from "../src/open-page.ts";
import { inspectedSite, rows } from "./inspected-site.ts";

const site = inspectedSite();

describe("the inspector, for everybody", () => {
  const phone = { width: 390, height: 844 };
  it.for([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone, light", { colorScheme: "light", viewport: phone }],
    ["on a phone, dark", { colorScheme: "dark", viewport: phone }],
  ] as const)("axe finds nothing to complain of, %s", async ([, options], context) => {
    const { page } = await openPage(site.browser, context, { ...options, bypassCSP: true });
    for (const path of ["/notes/1", "/notes/2", "/missing"]) await site.get(path);
    await page.goto(site.inspectorUrl);
    await rows(page).first().waitFor();
    expect(await violations(page)).toEqual([]);
    for (const path of ["/notes/2", "/missing"]) {
      await page.goto("about:blank");
      await showRequest(page, site.inspectorUrl, path);
      expect(await violations(page)).toEqual([]);
      expect(
        await page.evaluate("document.documentElement.scrollWidth - innerWidth"),
      ).toBeLessThanOrEqual(0);
    }
    await page.getByText(/^Response body/).click();
    await page.getByRole("button", { name: "Hex" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator("article button.fact").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator("article header").getByRole("button", { name: "Edit" }).click();
    await page.getByRole("dialog").getByLabel("Headers").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("the pictures in the documents are those that the inspector gives now", async (context) => {
    const { browser } = site;
    if (browser === undefined) return context.skip("no browser");
    const folder = mkdtempSync(join(tmpdir(), "pictures-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await takePictures(browser, folder);
    await takeOverlayPicture(browser, folder);
    const names = [...pictures.map(({ name }) => name), overlayPicture].map(
      (name) => `${name}.png`,
    );
    expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
    const documents = ["../README.md", "INSPECTOR.md"].map((file) =>
      readFileSync(join(docs, file), "utf8"),
    );
    for (const name of names) {
      expect(statSync(join(docs, name)).size).toBeLessThan(150_000);
      expect(documents.join("")).toContain(name);
    }
  });
});

const docs = fileURLToPath(new URL("../../../packages/local-cloudfront/docs", import.meta.url));

/** The rules of WCAG 2.2 AA and axe's best practices that the page breaks, and where. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const found = await page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + " " + failureSummary)))`,
  );
  return found as string[];
}
