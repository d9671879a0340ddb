import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { describe, expect, it, onTestFinished } from "vitest";
import { cloudAssemblyPath } from "../src/cloud-assembly-path.ts";
import { showRequest } from "../src/inspector-pictures.ts";
import { openPage } from "../src/open-page.ts";
import { inspectedSite, rows } from "./inspected-site.ts";

const site = inspectedSite();

/** Serves a copy of the assembly, whose distribution can be given another logical id. */
async function serveCopy() {
  const assembly = mkdtempSync(join(tmpdir(), "inspected-"));
  onTestFinished(() => rmSync(assembly, { recursive: true }));
  cpSync(cloudAssemblyPath, assembly, { recursive: true });
  const file = join(assembly, "notes.template.json");
  const rename = (from: string, to: string): void =>
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(from, to));
  rename('"path": "..', `"path": "${join(cloudAssemblyPath, "..")}`);
  const served = await LocalCloudFront.start({ assembly, port: 0, inspector: true });
  onTestFinished(() => served.close());
  return { served, rename };
}

describe("the inspector in a browser", () => {
  it("names the distribution that is served, also from a reload on", async (context) => {
    const { page } = await openPage(site.browser, context);
    const { served, rename } = await serveCopy();
    const { logicalId } = served.distribution;
    await page.goto(served.inspectorUrl ?? "");
    await page.getByText(logicalId).waitFor();
    rename(logicalId, "ReloadedDistribution");
    await served.reload();
    await page.getByText("ReloadedDistribution").waitFor();
  });

  it("tells why the second page was a hit, and which function rewrote the URI", async (context) => {
    const { page, complaints } = await openPage(site.browser, context);
    await site.get("/notes/1");
    await site.get("/notes/2");
    await showRequest(page, site.inspectorUrl, "/notes/2");
    const article = page.getByRole("article");
    await article.locator("header .result").getByText("Hit", { exact: true }).waitFor();
    expect(await article.locator(".story").textContent()).toMatch(
      /^spa-rewrite rewrites the URI to \/index\.html\. The cache has \/index\.html, stored \d+ seconds? ago for 1 minute\./,
    );
    const rewrite = article.getByRole("region", { name: "Viewer request" });
    expect(await rewrite.locator("del").textContent()).toBe("/notes/2");
    expect(await rewrite.locator("ins").textContent()).toBe("/index.html");
    const cache = article.getByRole("region", { name: "Cache" });
    expect(await cache.textContent()).toContain("from the viewer-request function");
    expect(await cache.textContent()).toContain("CF-G-08");
    const origin = article.getByRole("region", { name: "Origin Skipped" });
    expect(await origin.last().textContent()).toContain("LE-A-02the object is in the cache");
    expect(complaints).toEqual([]);
  });

  it("lists a request as it comes, shows it again by its address, and goes back", async (context) => {
    const { page } = await openPage(site.browser, context);
    await page.goto(site.inspectorUrl);
    await page.getByText("No request yet").waitFor();
    await site.get("/notes/7");
    await rows(page).filter({ hasText: "/notes/7" }).click();
    await page.getByRole("heading", { name: "GET /notes/7" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "GET /notes/7" }).waitFor();
    await page.goBack();
    await page.getByText("Follow a request through CloudFront").waitFor();
  });

  it("replays, invalidates, clears", async (context) => {
    const { page } = await openPage(site.browser, context);
    await site.get("/notes/1");
    await showRequest(page, site.inspectorUrl, "/notes/1");
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.locator("article header .result").getByText("Hit", { exact: true }).waitFor();
    await expect.poll(() => rows(page).count()).toBe(2);

    await page.getByRole("button", { name: "Invalidate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Invalidate" }).click();
    await page.getByRole("status").getByText("1 cached object dropped for /*.").waitFor();
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.locator("article header .result").getByText("Miss", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No request yet").waitFor();
    expect(site.cloudfront.traces()).toEqual([]);
  });

  it("copies a request as a curl command", async (context) => {
    const { page } = await openPage(site.browser, context, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await site.get("/notes/1?a=1", { authorization: "Bearer s3cr3t" });
    await showRequest(page, site.inspectorUrl, "/notes/1");
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByRole("status").getByText("The curl command is copied.").waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toContain(`'${site.cloudfront.url}/notes/1?a=1'`);
    expect(copied).toContain("-H 'authorization: Bearer [masked]'");
  });

  it("is used with the keyboard alone", async (context) => {
    const { page } = await openPage(site.browser, context);
    for (const path of ["/notes/1", "/notes/2", "/missing"]) await site.get(path);
    await page.goto(site.inspectorUrl);
    await rows(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("notes");
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.keyboard.press("Tab");
    const chips = ["All", "Documents", "Assets", "API", "Hits", "Misses", "Errors"];
    for (const _ of chips) await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "GET /notes/2" }).waitFor();
    await page.keyboard.press("End");
    await page.getByRole("heading", { name: "GET /notes/1" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Follow a request through CloudFront").waitFor();
  });

  it("filters by words and by kind", async (context) => {
    const { page } = await openPage(site.browser, context);
    for (const path of ["/notes/1", "/notes/2", "/missing"]) await site.get(path);
    await page.goto(site.inspectorUrl);
    await page.getByRole("button", { name: "Errors" }).click();
    await expect
      .poll(() => rows(page).allTextContents())
      .toEqual([expect.stringContaining("/missing")]);
    await page.getByRole("button", { name: "Errors" }).click();
    await page.getByRole("button", { name: "Hits" }).click();
    await expect
      .poll(() => rows(page).allTextContents())
      .toEqual([expect.stringContaining("/notes/2")]);
    await page.getByLabel("Filter requests").fill("nothing-like-it");
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
  });

  it("draws only the rows in view of 10,000 requests, and reaches the last", async (context) => {
    const { page } = await openPage(site.browser, context);
    await sendMany(10_000);
    await page.goto(site.inspectorUrl);
    await page.getByText("10,000 requests").waitFor();
    await expect.poll(() => rows(page).count()).toBeLessThan(60);
    await page.getByRole("listbox").press("End");
    await page
      .getByRole("option", { selected: true })
      .getByText("/many/1", { exact: true })
      .waitFor();
    await expect.poll(() => rows(page).count()).toBeLessThan(60);
    await page.getByLabel("Filter requests").fill("/many/777");
    await page.getByText("11 of 10,000 requests").waitFor();
  });
});

/** Requests for a host that no distribution has: CloudFront refuses them, which costs little. */
async function sendMany(count: number): Promise<void> {
  const socket = connect(Number(new URL(site.cloudfront.url).port), "127.0.0.1");
  socket.resume();
  await once(socket, "connect");
  for (let number = 1; number <= count; number += 1) {
    const isDone = socket.write(`GET /many/${number} HTTP/1.1\r\nHost: other.example\r\n\r\n`);
    if (!isDone) await once(socket, "drain");
  }
  socket.end();
  await once(socket, "close");
}
