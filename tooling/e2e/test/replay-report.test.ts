import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { templateWithFunction } from "edge-function-testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const { resolve } = createRequire(import.meta.url);
const command = join(resolve("local-cloudfront/package.json"), "../bin/local-cloudfront.cjs");
const folder = mkdtempSync(join(tmpdir(), "replay-report-"));
const report = join(folder, "report.html");
let browser: Browser | undefined;

const sourceOf = (csp: string, uri: string): string => `exports.handler = async (event) => {
  const { request, response } = event.Records[0].cf;
  if (request.uri.startsWith("/notes/")) request.uri = ${JSON.stringify(uri)};
  if (request.uri === "/old") return {
    status: "301",
    headers: { location: [{ value: "https://www.example.com/a/long/way/to/what/is/new" }], "content-security-policy": [{ value: ${JSON.stringify(csp)} }] },
  };
  return request;
};`;

function writeTemplate(name: string, source: string): string {
  const file = join(folder, name);
  const template = templateWithFunction({
    code: { ZipFile: source },
    eventType: "viewer-request",
    cacheBehavior: {
      ViewerProtocolPolicy: "allow-all",
      // Managed-CachingOptimized
      CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
  });
  writeFileSync(file, JSON.stringify(template));
  return file;
}

beforeAll(async () => {
  const log = join(folder, "access.log");
  const paths = [
    "/",
    "/old",
    "/notes/1",
    "/notes/2",
    "/assets/a-name-that-is-as-long-as-they-get.js",
  ];
  const lines = Array.from({ length: 60 }, (_, index) =>
    ["2026-11-30", `12:00:${String(index).padStart(2, "0")}`, "GET", paths[index % 5], 200].join(
      "\t",
    ),
  );
  const fields = "#Fields: date time cs-method cs-uri-stem sc-status";
  writeFileSync(log, [fields, ...lines, "broken", ""].join("\n"));
  const a = writeTemplate("a.json", sourceOf("default-src 'none'; img-src 'self'", "/index.html"));
  const b = writeTemplate("b.json", sourceOf("default-src 'self'; img-src 'self'", "/app.html"));
  const args = [command, "replay", log, "--assembly", a, "--against", b, "--html", report];
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

describe("the page of a replay's report", () => {
  const phone = { width: 360, height: 800 };
  it.for([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone, light", { colorScheme: "light", viewport: phone }],
    ["on a phone, dark", { colorScheme: "dark", viewport: phone }],
  ] as const)("can be read by everybody, %s", async ([, options], context) => {
    const { page, complaints } = await openPage(browser, context, { ...options, bypassCSP: true });
    await page.goto(pathToFileURL(report).href);
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toContain(
      "What differs between A and B",
    );
    expect(
      await page.evaluate("document.documentElement.scrollWidth - innerWidth"),
    ).toBeLessThanOrEqual(0);
    await page.addScriptTag({ content: axe.source });
    expect(
      await page.evaluate(
        `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target }) => id + " " + target)))`,
      ),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("loads nothing, and keeps to its own policy", async (context) => {
    const { page, complaints } = await openPage(browser, context);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const url = pathToFileURL(report).href;
    await page.goto(url);
    expect(requests).toEqual([url]);
    expect(complaints).toEqual([]);
  });
});
