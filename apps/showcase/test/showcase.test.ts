import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launchBrowser } from "e2e/launch-browser";
import { openPage } from "e2e/open-page";
import { compileEdgeSignIn } from "edge-sign-in";
import { clientId, clientSecret, TestProvider } from "edge-function-testing/openid-provider";
import { defineEdgeConfig, type ResolvedEdgeConfig } from "edge-site";
import { synthesize } from "edge-site/cdk";
import { LocalCloudFront } from "local-cloudfront";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { edgeConfig } from "../edge.config.ts";

const configFile = resolve(import.meta.dirname, "../edge.config.ts");
let browser: Browser | undefined;
let showcase: Served;

interface Served {
  readonly cloudfront: LocalCloudFront;
  readonly messages: readonly string[];
  close(): Promise<void>;
}

async function served(config: ResolvedEdgeConfig): Promise<Served> {
  const assembly = mkdtempSync(join(tmpdir(), "showcase-"));
  const { stacks } = synthesize(config, { configFile, assemblyFolder: assembly });
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, policyReports: true });
  return {
    cloudfront,
    messages: stacks.flatMap((stack) =>
      stack.messages.map(({ level, entry }) => `${level} ${entry.data}`),
    ),
    close: async () => {
      await cloudfront.close();
      rmSync(assembly, { recursive: true });
    },
  };
}

beforeAll(async () => {
  showcase = await served(edgeConfig);
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(async () => {
  await browser?.close();
  await showcase.close();
});

describe("the showcase, with seven functions", () => {
  it("has nothing that synth would warn of", () => {
    expect(showcase.messages.filter((message) => message.startsWith("warning"))).toEqual([]);
  });

  it.each([
    ["de-CH,de;q=0.9,en;q=0.1", "de", "Über"],
    ["fr,en-GB;q=0.5", "en", "About"],
  ])("locale leads a browser of %s to the pages in %s", async (acceptLanguage, language, title) => {
    const headers = { accept: "text/html", "accept-language": acceptLanguage };
    const moved = await showcase.cloudfront.fetch("/about/", { redirect: "manual", headers });
    expect([moved.status, moved.headers.get("location")]).toEqual([302, `/${language}/about/`]);
    const page = await showcase.cloudfront.fetch(`/${language}/about/`, { headers });
    expect(await page.text()).toContain(`<h1>${title}</h1>`);
  });

  it("origin-select takes an older version from its folder", async () => {
    const response = await showcase.cloudfront.fetch("/v1/index.html");
    expect(await response.text()).toContain("<h1>Version 1</h1>");
  });

  it("secret-redirect answers before the cache, cache-headers says how long pages are kept", async () => {
    const secret = await showcase.cloudfront.fetch("/secret", { redirect: "manual" });
    expect([secret.status, secret.headers.get("location")]).toEqual([
      302,
      "https://example.com/hidden",
    ]);
    const page = await showcase.cloudfront.fetch("/en/");
    expect(page.headers.get("cache-control")).toContain("max-age=0");
    expect(page.headers.get("strict-transport-security")).not.toBeNull();
  });

  it("shows its own page for what it does not have", async () => {
    const response = await showcase.cloudfront.fetch("/en/nowhere/");
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining("No such page"),
    ]);
  });

  it("asks a browser for the password of its private page, and shows it to who has it", async (context) => {
    const { url } = showcase.cloudfront;
    const { page: stranger } = await openPage(browser, context);
    expect((await stranger.goto(`${url}/private/`))?.status()).toBe(401);
    const httpCredentials = { username: "ada", password: "correct horse battery" };
    const { page, complaints } = await openPage(browser, context, { httpCredentials });
    await page.goto(`${url}/private/`);
    expect(await page.locator("h1").textContent()).toBe("For the few");
    expect((await stranger.goto(`${url}//private/`))?.status()).toBe(401);
    expect(complaints).toEqual([]);
  });

  it("is read in a browser's own language, without a complaint", async (context) => {
    const { page, complaints } = await openPage(browser, context, { locale: "de-DE" });
    await page.goto(`${showcase.cloudfront.url}/`);
    expect(new URL(page.url()).pathname).toBe("/de/");
    await page.getByRole("link", { name: "Über" }).click();
    expect(await page.locator("h1").textContent()).toBe("Über");
    await page.getByRole("link", { name: "English" }).click();
    expect(new URL(page.url()).pathname).toBe("/en/");
    expect(complaints).toEqual([]);
  });
});

it("edge-sign-in signs a browser in at a provider, on a deep link, and out again", async (context) => {
  const provider = await TestProvider.start();
  onTestFinished(() => provider.close());
  const config = compileEdgeSignIn({
    issuer: provider.issuer,
    clientId,
    clientSecret: { text: clientSecret },
    sessionKeys: { text: "0123456789abcdef0123456789abcdef" },
    publicPaths: ["/assets/*", "/"],
  });
  const [, , , rewrite] = edgeConfig.functions;
  const functions = [{ package: "edge-sign-in", config }, ...(rewrite ? [rewrite] : [])];
  const { stackName, siteFolder } = edgeConfig;
  const site = await served(defineEdgeConfig({ stackName, siteFolder, functions }));
  onTestFinished(() => site.close());
  const { url } = site.cloudfront;
  const { page } = await openPage(browser, context);
  provider.register({ redirectUri: `${url}/_sign-in/callback`, signedOutUri: `${url}/` });
  await page.goto(`${url}/en/about/?from=mail`);
  expect(new URL(page.url()).origin).toBe(provider.issuer);
  await page.locator('input[name="login"]').fill("ada");
  await page.locator('input[name="password"]').fill("any");
  await page.locator('button[type="submit"]').click();
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(`${url}/en/about/?from=mail`);
  expect(await page.locator("h1").textContent()).toBe("About");
  await page.getByRole("link", { name: "Deutsch" }).click();
  expect(await page.locator("h1").textContent()).toBe("Was am Rand geht");
  const fetched = await page.evaluate(async () => (await fetch("/private/")).status);
  expect(fetched).toBe(200);
  await page.goto(`${url}/_sign-in/out`);
  await page.locator('button[name="logout"]').click();
  await page.waitForURL(`${url}/**`);
  await page.goto(`${url}/en/`);
  expect(new URL(page.url()).origin).toBe(provider.issuer);
});
