import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "e2e/launch-browser";
import { openPage } from "e2e/open-page";
import { LocalCloudFront, type PolicyViolation } from "local-cloudfront";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildApp } from "../src/framework-app.ts";
import { type WorkspaceClone, cloneWorkspace } from "../src/workspace-clone.ts";

let clone: WorkspaceClone;
let browser: Browser | undefined;

beforeAll(async () => {
  clone = cloneWorkspace();
  clone.turbo("build", "--filter=infra^...");
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(async () => {
  await browser?.close();
  clone.remove();
});

/** What somebody has written into edge.config.ts, step by step as the messages told. */
interface Followed {
  /** The whole `config`. */
  compile: string;
  /** Values of `origins` by kind. */
  readonly origins: Map<string, Set<string>>;
}

/** Writes edge.config.ts and synthesizes; returns the warnings. */
function synthesize(site: string, { compile, origins }: Followed): readonly string[] {
  const kinds = [...origins].map(([kind, list]) => `${kind}: ${JSON.stringify([...list])}`);
  const config =
    kinds.length === 0 ? compile : compile.replace(" })", `, origins: { ${kinds.join(", ")} } })`);
  writeFileSync(
    join(clone.folder, "apps/infra/edge.config.ts"),
    `import * as headers from "security-headers";
import { defineEdgeConfig } from "edge-site";

const { compileForSite, compileSecurityHeaders } = headers;

export const edgeConfig = defineEdgeConfig({
  stackName: "app",
  siteFolder: ${JSON.stringify(site)},
  functions: [{ package: "security-headers", config: ${config} }],
});
void [compileForSite, compileSecurityHeaders];
`,
  );
  const printed = clone.run("sh", "-c", "cd apps/infra && node_modules/.bin/edge-site synth 2>&1");
  return printed.split("\n").filter((line) => line.startsWith("edge-site: warning:"));
}

/** Does what a message says, and nothing else; whether there was anything. */
function follow(message: string, followed: Followed): boolean {
  const [, compile] = /config: (compileForSite\(.*?\))/.exec(message) ?? [];
  if (compile !== undefined) {
    followed.compile = compile;
    return true;
  }
  const [, kind, list] = /origins: \{ (\w+): (\[.*?\]) \}/.exec(message) ?? [];
  if (kind === undefined || list === undefined) return false;
  const known = followed.origins.get(kind) ?? new Set();
  followed.origins.set(kind, known);
  for (const origin of JSON.parse(list) as readonly string[]) known.add(origin);
  return true;
}

/** Synthesizes until synth warns of nothing more that has a remedy. */
function synthesizeAsTold(site: string, followed: Followed): readonly string[] {
  const told: string[] = [];
  for (let rounds = 0; rounds < 4; rounds += 1) {
    const warnings = synthesize(site, followed);
    told.push(...warnings);
    if (warnings.filter((warning) => follow(warning, followed)).length === 0) return told;
  }
  throw new Error(`Synth is never content:\n${told.join("\n")}`);
}

/** What is elsewhere, for a browser without a network. */
async function beElsewhere(page: Page): Promise<void> {
  const headers = { "access-control-allow-origin": "*" };
  await page.route(/^https:\/\/images\.example\.com\//, (route) =>
    route.fulfill({
      headers,
      contentType: "image/svg+xml",
      body: "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }),
  );
  await page.route(/^https:\/\/(?:api|late)\.example\.com\//, (route) =>
    route.fulfill({ headers, contentType: "text/plain", body: "elsewhere" }),
  );
}

interface Seen {
  readonly violations: readonly PolicyViolation[];
  /** The texts of the app's parts; empty where it did not come so far. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Opens the app as it is served, and its second page where it has one. */
async function look(page: Page, ids: readonly string[], hasAbout: boolean): Promise<Seen> {
  const assembly = join(clone.folder, "apps/infra/cdk.out");
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, policyReports: true });
  try {
    await page.goto(cloudfront.url, { waitUntil: "load" });
    const texts: Record<string, string> = {};
    for (const id of ids) {
      const part = page.locator(`#${id}`).filter({ hasText: /\S/ });
      await part.waitFor({ timeout: 5000 }).catch(() => {});
      texts[id] = (await part.count()) > 0 ? await part.innerText() : "";
    }
    if (hasAbout) {
      await page.goto(`${cloudfront.url}/about/index.html`, { waitUntil: "load" });
      texts["about"] = await page.locator("#about").innerText();
    }
    await page.waitForTimeout(500);
    return { violations: cloudfront.policyViolations, texts };
  } finally {
    await cloudfront.close();
  }
}

describe("an app comes up without a violation after what synth and the local CloudFront told", () => {
  it.for([
    { name: "vite-react", output: "dist", late: true, hasAbout: false },
    { name: "next", output: "out", late: false, hasAbout: true },
    { name: "astro", output: "dist", late: false, hasAbout: true },
    { name: "sveltekit", output: "build", late: false, hasAbout: true },
    { name: "angular", output: "dist/browser", late: false, hasAbout: false },
  ])("$name", async ({ name, output, late, hasAbout }, context) => {
    const app = buildApp(name, output);
    onTestFinished(() => app.remove());
    const followed: Followed = { compile: "compileSecurityHeaders()", origins: new Map() };
    const told = synthesizeAsTold(app.site, followed);
    expect(told.join("\n")).toContain("The policy breaks this build.");
    expect(told.join("\n")).toContain("connect-src is not allowed");

    const { page } = await openPage(browser, context);
    await beElsewhere(page);
    const ids = ["own", "other", "later", ...(late ? ["late"] : [])];
    let seen = await look(page, ids, hasAbout);
    for (const { setBy } of seen.violations) expect(setBy).toContain("security-headers 0.1.0");
    if (seen.violations.some(({ remedy }) => follow(remedy, followed))) {
      synthesizeAsTold(app.site, followed);
      seen = await look(page, ids, hasAbout);
    }
    expect(seen.violations).toEqual([]);
    expect(seen.texts).toEqual({
      own: "own",
      other: "elsewhere",
      later: "later",
      ...(late && { late: "elsewhere" }),
      ...(hasAbout && { about: "about" }),
    });
    // The origins are those that the app asks, and no more.
    expect(followed.compile).toBe('compileForSite({ preset: "spa" })');
    const connect = ["https://api.example.com", ...(late ? ["https://late.example.com"] : [])];
    expect(
      Object.fromEntries([...followed.origins].map(([kind, list]) => [kind, [...list]])),
    ).toEqual({
      connect,
      image: ["https://images.example.com"],
    });
  });
});
