import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showRequest } from "../src/inspector-pictures.ts";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";
import { inspectedCloudFrontFunction, inspectedFunctions } from "./inspected-functions.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
});

afterAll(async () => browser?.close());

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

describe("bodies in the inspector's page", () => {
  it("are shown as text and as bytes, with how much is shown of how much, and copied", async (context) => {
    const { page, complaints } = await openPage(browser, context, clipboard);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/api/notes", { method: "POST", body: '{"password":"hunter22"}' });
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/api/notes");
    const article = page.getByRole("article");
    await article.getByText("Request body (23 B)").click();
    const body = article.getByLabel("Request body", { exact: true });
    await expect.poll(() => body.textContent()).toBe('{"password":"[masked]"}');
    await article.getByText("All of 23 B").waitFor();
    await article.getByRole("button", { name: "Hex" }).click();
    await expect.poll(() => body.textContent()).toMatch(/^000000 {2}7b 22 70 61 73 73/);
    await article.getByRole("button", { name: "Text" }).click();
    await article.getByRole("button", { name: "Copy the request body" }).click();
    await page.getByRole("status").getByText("The request body is copied.").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe('{"password":"[masked]"}');
    expect(complaints).toEqual([]);
  });
});

describe("a function's event and result", () => {
  it("are copied", async (context) => {
    const { page } = await openPage(browser, context, clipboard);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/page");
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/page");
    const stage = page.getByRole("region", { name: "Viewer request" });
    await stage.getByText("Event", { exact: true }).click();
    await stage.getByRole("button", { name: "Copy the event" }).click();
    await page.getByRole("status").getByText("The event is copied.").waitFor();
    const event = JSON.parse(String(await page.evaluate("navigator.clipboard.readText()")));
    expect(event.Records[0].cf.request.uri).toBe("/page");
  });
});

describe("a CloudFront Function", () => {
  it("shows its console, what it read and what it adds to the access log", async (context) => {
    const { page, complaints } = await openPage(browser, context);
    const cloudfront = await inspectedCloudFrontFunction(`import cf from "cloudfront";
      async function handler(event) {
        console.log("asked for " + event.request.uri);
        const isKnown = await cf.kvs().exists("/page");
        cf.logCustomData("known=" + isKnown);
        return { statusCode: 204 };
      }`);
    await cloudfront.fetch("/page");
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/page");
    const stage = page.getByRole("region", { name: "Viewer request" });
    await stage.getByText("cloudfront-js-2.0").waitFor();
    await stage.getByText("asked for /page", { exact: true }).waitFor();
    await stage.getByText('store.exists("/page"): not found').waitFor();
    await stage.getByText("In the access log").waitFor();
    await stage.getByText("known=false").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("edit and replay", () => {
  it.for([
    ["light", { colorScheme: "light" }],
    ["on a phone, dark", { colorScheme: "dark", viewport: { width: 390, height: 844 } }],
  ] as const)("sends a real request and opens its trace, %s", async ([, options], context) => {
    const { page, complaints } = await openPage(browser, context, options);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/page", { headers: { authorization: "Bearer s3cr3t" } });
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/page");
    await page.locator("article header").getByRole("button", { name: "Edit and replay" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Method").fill("PUT");
    await dialog.getByLabel("Path").fill("page");
    const headers = await dialog.getByLabel("Headers").inputValue();
    expect(headers).toContain("authorization: Bearer [masked]");
    await dialog.getByLabel("Headers").fill(`${headers}\nX-Edited: yes`);
    await dialog.getByLabel("Body").fill("sent");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByRole("alert").getByText("Pass one that starts with /").waitFor();
    await dialog.getByLabel("Path").fill("/api/edited?a=b");
    await dialog.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "PUT /api/edited" }).waitFor();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    const [, sent] = cloudfront.traces();
    expect(sent?.request).toMatchObject({
      method: "PUT",
      uri: "/api/edited",
      querystring: "a=b",
      bodyBytes: 4,
      headers: {
        "x-edited": [{ key: "X-Edited", value: "yes" }],
        authorization: [{ value: "Bearer [masked]" }],
      },
    });
    // The browser logs the refused one.
    expect(complaints.filter((text) => !text.includes("400 (Bad Request)"))).toEqual([]);
  });

  it("a line that is no header is told, and nothing is sent", async (context) => {
    const { page } = await openPage(browser, context);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/page");
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/page");
    const stage = page.getByRole("region", { name: "Viewer request" });
    await stage.getByRole("button", { name: "Edit and replay" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Headers").fill("nonsense");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByRole("alert").getByText('"nonsense" is no header.').waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(cloudfront.traces()).toHaveLength(1);
  });
});

describe("exports", () => {
  it("copy a request as a test, and save it and all as HAR", async (context) => {
    const { page, complaints } = await openPage(browser, context, clipboard);
    const cloudfront = await inspectedFunctions();
    await cloudfront.fetch("/page");
    await cloudfront.fetch("/boom");
    await showRequest(page, cloudfront.inspectorUrl ?? "", "/boom");
    await page.getByRole("button", { name: "Copy as test" }).click();
    await page.getByRole("status").getByText("The test is copied.").waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toContain('it("GET /boom responds with 503"');
    const saved = async (of: string): Promise<string[]> => {
      const download = page.waitForEvent("download");
      await page
        .locator(of)
        .getByRole("link", { name: /^Save .*as HAR$/ })
        .click();
      const har = JSON.parse(readFileSync(await (await download).path(), "utf8"));
      return har.log.entries.map(({ request }: { request: { url: string } }) => request.url);
    };
    expect(await saved("article")).toEqual([`${cloudfront.url}/boom`]);
    expect(await saved(".top-bar")).toEqual([`${cloudfront.url}/page`, `${cloudfront.url}/boom`]);
    expect(complaints).toEqual([]);
  });
});
