import { LocalCloudFront } from "local-cloudfront";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { cloudAssemblyPath } from "../src/cloud-assembly-path.ts";
import { launchBrowser } from "../src/launch-browser.ts";

/** The notes app with the inspector, and a browser, while the tests of a file run. */
export interface InspectedSite {
  readonly cloudfront: LocalCloudFront;
  /** Undefined where none can start. */
  readonly browser: Browser | undefined;
  readonly inspectorUrl: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<void>;
}

/** Serves the notes app for all tests of a file; each begins with an empty list and an empty cache. */
export function inspectedSite(): InspectedSite {
  let cloudfront: LocalCloudFront;
  let browser: Browser | undefined;

  beforeAll(async () => {
    const options = { assembly: cloudAssemblyPath, port: 0, inspector: true };
    cloudfront = await LocalCloudFront.start(options);
    const launched = await launchBrowser();
    if ("browser" in launched) browser = launched.browser;
    else process.stderr.write(`${launched.unavailable}\n`);
  });

  beforeEach(async () => {
    cloudfront.clearTraces();
    await cloudfront.invalidate(["/*"]);
  });

  afterAll(async () => {
    await browser?.close();
    await cloudfront.close();
  });

  return {
    get cloudfront() {
      return cloudfront;
    },
    get browser() {
      return browser;
    },
    get inspectorUrl() {
      return cloudfront.inspectorUrl ?? "";
    },
    async get(path, headers = {}) {
      await (await cloudfront.fetch(path, { headers })).arrayBuffer();
    },
  };
}

/** The rows of the inspector's list. */
export function rows(page: Page): Locator {
  return page.getByRole("option");
}
