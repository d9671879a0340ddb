import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { programRunner, TestDeployment } from "aws-test-double";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { launchBrowser } from "../src/launch-browser.ts";

// Below this package, which has the function packages that edge.config.ts names.
const home = mkdtempSync(resolve(import.meta.dirname, "../.releases-"));
const edgeSite = programRunner({
  nodeArgs: [resolve(import.meta.dirname, "../../../packages/edge-site/bin/edge-site.js")],
  folder: home,
});

/** A build with a script, which asks for another one at a click, as a route of an app does. */
function build(name: string): void {
  const hash = `BkX3f_A${name}`;
  const files = {
    "index.html": `<!doctype html><title>${name}</title><button>More</button><script type="module" src="/assets/app-${hash}.js"></script>`,
    [`assets/app-${hash}.js`]: `document.title += " with its script";
document.querySelector("button").onclick = () => import("./more-${hash}.js");`,
    [`assets/more-${hash}.js`]: `document.title += " and more of ${name}";`,
  };
  rmSync(join(home, "dist"), { recursive: true, force: true });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, "dist", file)), { recursive: true });
    writeFileSync(join(home, "dist", file), content);
  }
}

let deployment: TestDeployment;
let browser: Browser | undefined;

beforeAll(async () => {
  writeFileSync(
    join(home, "edge.config.ts"),
    `import { defineEdgeConfig } from "edge-site";
export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  siteFolder: "dist",
  releases: true,
  functions: [{ package: "spa-rewrite", config: { mode: "fallback" } }],
});
`,
  );
  build("a");
  const { exitStatus, stderr } = await edgeSite(["synth"], home);
  if (exitStatus !== 0) throw new Error(stderr);
  deployment = await TestDeployment.open(edgeSite, join(home, "cdk.out"), home, true);
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await deployment[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

async function run(...args: string[]): Promise<void> {
  const { exitStatus, stderr } = await deployment.program(...args);
  expect({ exitStatus, stderr: exitStatus === 0 ? "" : stderr }).toEqual({
    exitStatus: 0,
    stderr: "",
  });
}

async function openPage(context: TestContext): Promise<{ page: Page; complaints: string[] }> {
  if (browser === undefined) return context.skip("no browser");
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("/favicon.ico")) {
      complaints.push(`${response.status()} ${response.url()}`);
    }
  });
  return { page, complaints };
}

const titled = (page: Page, title: string) =>
  page.waitForFunction(`document.title === ${JSON.stringify(title)}`);

describe("a browser that is half-way through loading", { timeout: 120_000 }, () => {
  it("goes on with the release that it has begun, over a switch and a rollback", async (context) => {
    const { page, complaints } = await openPage(context);
    await run("deploy");
    const gate = Promise.withResolvers<void>();
    await page.route("**/app-*.js", async (route) => {
      await gate.promise;
      await route.continue();
    });
    // The document is there, and its script is not.
    await page.goto(deployment.cloudFront.url, { waitUntil: "commit" });
    await titled(page, "a");

    build("b");
    await run("deploy");
    gate.resolve();
    await titled(page, "a with its script");
    await page.getByRole("button").click();
    await titled(page, "a with its script and more of a");

    await page.goto(`${deployment.cloudFront.url}/any/route`);
    await titled(page, "b with its script");

    await run("rollback");
    await page.getByRole("button").click();
    await titled(page, "b with its script and more of b");
    await page.reload();
    await titled(page, "a with its script");
    expect(complaints).toEqual([]);
    await page.close();
  });
});
