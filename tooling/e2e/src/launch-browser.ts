import { chromium as playwright, type Browser } from "playwright-core";
import { unpackedBrowser } from "./unpacked-browser.ts";

/** A machine with other work needs longer than the usual half a minute. */
const launchTimeoutMs = 120_000;

/**
 * No sandbox, since CI often runs as root, and nothing that calls out or asks. The package's own
 * flags are for a Lambda function; they switch off the web security that is tested here.
 */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a headless Chromium from npm alone; says why where this machine cannot run one. */
export async function launchBrowser(): Promise<
  { readonly browser: Browser } | { readonly unavailable: string }
> {
  try {
    const browser = await playwright.launch({
      executablePath: await unpackedBrowser(),
      args: flags,
      headless: true,
      timeout: launchTimeoutMs,
    });
    return { browser };
  } catch (error) {
    const [reason = ""] = String(error).split("\n", 1);
    return { unavailable: `No browser can start here, its tests are skipped: ${reason}` };
  }
}
