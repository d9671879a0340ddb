import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LocalCloudFront, type LocalCloudFrontOptions } from "local-cloudfront";
import type { Browser } from "playwright-core";
import { type SecurityHeadersOptions, compileSecurityHeaders } from "security-headers";
import { policyRemedies } from "security-headers/synth-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { showRequest } from "../src/inspector-pictures.ts";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";
import { writeDistribution } from "./write-distribution.ts";
import { writeSite } from "./write-site.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(async () => browser?.close());

const page =
  '<!doctype html><title>App</title><script type="module" src="/assets/index.js"></script>';
const pages = {
  "index.html": page,
  "assets/index.js": 'fetch("https://api.example.com/notes").catch(() => {});',
};

/** Writes a site and a distribution that runs security-headers. */
function written(files: Readonly<Record<string, string>>, options: SecurityHeadersOptions) {
  const folder = mkdtempSync(join(tmpdir(), "policy-reports-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const site = join(folder, "site");
  writeSite(site, files);
  const assembly = writeDistribution(folder, {
    functionPackage: "security-headers",
    config: compileSecurityHeaders(options),
    eventType: "viewer-response",
    cacheBehavior: {
      ViewerProtocolPolicy: "redirect-to-https",
      // Managed-CachingOptimized
      CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    distributionConfig: { DefaultRootObject: "index.html" },
    distributionMetadata: { "cf-edge:policy-remedies": policyRemedies() },
  });
  return { site, assembly };
}

async function serve(
  files: Readonly<Record<string, string>>,
  options: SecurityHeadersOptions,
  startOptions: Partial<LocalCloudFrontOptions> = { policyReports: true },
): Promise<LocalCloudFront> {
  const { site, assembly } = written(files, options);
  const origins = { site };
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, origins, ...startOptions });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}

describe("what a browser blocks by a policy", () => {
  it("is told: what, on which page, by which directive of which package, and what allows it", async (context) => {
    const cloudfront = await serve(pages, { preset: "spa" });
    const { page: opened } = await openPage(browser, context);
    await opened.goto(`${cloudfront.url}/?a=b`);
    await expect.poll(() => cloudfront.policyViolations).toHaveLength(1);
    expect(cloudfront.policyViolations[0]).toMatchObject({
      page: "/",
      directive: "connect-src",
      blocked: "https://api.example.com/notes",
      place: "/assets/index.js:1",
      isEnforced: true,
      setBy: expect.stringMatching(/^security-headers \d/) as string,
      remedy: 'origins: { connect: ["https://api.example.com"] }',
      count: 1,
    });
    const trace = cloudfront.traces().find(({ uri }) => uri === "/");
    expect(cloudfront.policyViolations[0]?.requestId).toBe(trace?.requestId);
    // The report itself is no request of the distribution.
    expect(cloudfront.traces().map(({ method }) => method)).not.toContain("POST");
    await opened.reload();
    await expect.poll(() => cloudfront.policyViolations[0]?.count).toBe(2);
  });

  it("is told no more once its remedy is followed", async (context) => {
    const followed = { preset: "spa", origins: { connect: ["https://api.example.com"] } } as const;
    const cloudfront = await serve(pages, followed);
    const { page: opened, complaints } = await openPage(browser, context);
    await opened.goto(cloudfront.url, { waitUntil: "load" });
    await opened.waitForTimeout(500);
    expect(complaints.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
    expect(cloudfront.policyViolations).toEqual([]);
  });

  it("comes with a remedy for each kind", async (context) => {
    const files = {
      "index.html": `<!doctype html><title>App</title><link rel="icon" href="data:,">
        <script>inline()</script><p style="color:red">x</p><button onclick="go()">Go</button>
        <img src="https://img.example/a.png"><iframe src="https://frame.example/"></iframe>
        <script src="/assets/index.js"></script>`,
      "assets/index.js": `fetch("/own").catch(() => {}); try { eval("1") } catch {}
        try { new WebSocket("wss://ws.example/a") } catch {}
        const font = new FontFace("A", "url(https://font.example/a.woff2)"); font.load().catch(() => {});`,
    };
    const cloudfront = await serve(files, {});
    const { page: opened } = await openPage(browser, context);
    await opened.goto(cloudfront.url);
    await opened.getByRole("button").click();
    const preset = 'config: compileForSite({ preset: "spa" })';
    const remedies = () =>
      cloudfront.policyViolations.map(({ directive, blocked, remedy }) => [
        directive,
        blocked,
        remedy,
      ]);
    await expect.poll(remedies).toEqual(
      expect.arrayContaining([
        ["script-src-elem", "inline", preset],
        ["script-src-attr", "inline", "move the code into a script"],
        ["style-src-attr", "inline", preset],
        ["img-src", "data", 'origins: { image: ["data:"] }'],
        ["img-src", "https://img.example/a.png", 'origins: { image: ["https://img.example"] }'],
        ["frame-src", "https://frame.example", 'origins: { frame: ["https://frame.example"] }'],
        ["connect-src", `${cloudfront.url}/own`, preset],
        ["connect-src", "wss://ws.example/a", 'origins: { connect: ["wss://ws.example"] }'],
        ["font-src", "https://font.example/a.woff2", 'origins: { font: ["https://font.example"] }'],
        ["script-src", "eval", expect.stringContaining("'unsafe-eval'")],
      ]),
    );
  });

  it("stands in the inspector beside the page that it happened on", async (context) => {
    const cloudfront = await serve(
      pages,
      { preset: "spa" },
      { policyReports: true, inspector: { port: 0 } },
    );
    const { page: opened } = await openPage(browser, context);
    const { page: inspector, complaints } = await openPage(browser, context, {
      viewport: { width: 1200, height: 780 },
    });
    await inspector.goto(cloudfront.inspectorUrl ?? "");
    await opened.goto(cloudfront.url);
    const row = inspector.getByRole("option").filter({ hasText: "CSP blocks 1" });
    await row.waitFor();
    await showRequest(inspector, cloudfront.inspectorUrl ?? "", "CSP blocks 1");
    const section = inspector.getByRole("region", { name: "Blocked in the browser" });
    expect(await section.innerText()).toContain("https://api.example.com/notes");
    expect(await section.innerText()).toContain(
      'origins: { connect: ["https://api.example.com"] }',
    );
    if (process.env["PICTURES"] !== undefined) {
      await inspector.screenshot({ path: join(process.env["PICTURES"], "violations.png") });
    }
    expect(complaints).toEqual([]);
    await inspector.getByRole("button", { name: /clear/i }).first().click();
    await expect.poll(() => cloudfront.policyViolations).toEqual([]);
  });

  it("appears in the terminal, which --no-policy-reports silences", async (context) => {
    const { site, assembly } = written(pages, { preset: "spa" });
    const binary = fileURLToPath(new URL("../node_modules/.bin/local-cloudfront", import.meta.url));
    const linesOf = async (...more: readonly string[]) => {
      const args = [assembly, "--port", "0", "--no-inspector", "--origin", `site=${site}`, ...more];
      const child = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
      const lines: string[] = [];
      createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
      await expect.poll(() => lines.join("\n"), { timeout: 30_000 }).toMatch(/http:\S+/);
      const { page: opened } = await openPage(browser, context);
      const url = /http:\S+/.exec(lines.join("\n"))?.[0] ?? "";
      const response = await opened.goto(url);
      const policy = response?.headers()["content-security-policy"] ?? "";
      await opened.waitForTimeout(1000);
      child.kill("SIGTERM");
      await once(child, "close");
      return { lines, policy };
    };
    const { lines, policy } = await linesOf();
    const at = lines.findIndex((line) => line.startsWith("CSP"));
    expect(lines.slice(at, at + 2)).toEqual([
      expect.stringMatching(
        /^CSP  \/  connect-src of security-headers \S+ blocks https:\/\/api\.example\.com\/notes \(\/assets\/index\.js:1\)$/,
      ),
      '     Allow it: origins: { connect: ["https://api.example.com"] }',
    ]);
    expect(policy).toMatch(/; report-uri \/_local-cloudfront\/policy-reports$/);
    const silent = await linesOf("--no-policy-reports");
    expect(silent.lines.filter((line) => line.startsWith("CSP"))).toEqual([]);
    expect(silent.policy).not.toContain("report-uri");
  });
});
