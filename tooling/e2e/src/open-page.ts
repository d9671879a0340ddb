import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";

/** A page with what its browser complained of so far: console errors, uncaught errors, dialogs. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a page that closes with the test; skips the test where there is no browser. */
export async function openPage(
  browser: Browser | undefined,
  context: TestContext,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  if (browser === undefined) return context.skip("no browser");
  const opened = await browser.newContext(options);
  onTestFinished(() => opened.close());
  const page = await opened.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, complaints };
}
