import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SecretRedirectOptions } from "secret-redirect";
import type { Browser, Page } from "playwright-core";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
  type TestContext,
} from "vitest";
import { launchBrowser } from "../src/launch-browser.ts";
import { startRedirecting } from "./redirecting-distribution.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(() => browser?.close());

/** What arrives at the origin, which answers with it as an HTML page. */
interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** Starts an origin that answers each request with what arrived; it ends with the test. */
async function startEcho(): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method, url } = request;
    response.setHeader("content-type", "text/html").end(JSON.stringify({ method, url, body }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openSite(
  context: TestContext,
  options: SecretRedirectOptions,
): Promise<{ readonly page: Page; readonly site: string }> {
  if (browser === undefined) return context.skip("no browser");
  const origin = await startEcho();
  const { url: site } = await startRedirecting(options, { queryStrings: "all" }, origin);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  return { page, site };
}

/** Where the browser is after it has followed all redirects, without the host where that is the site's. */
async function leadsTo(page: Page, site: string, path: string): Promise<string> {
  await page.goto("about:blank");
  await page.goto(site + path);
  return page.url().replace(site, "");
}

async function arrived(page: Page): Promise<Arrived> {
  return JSON.parse((await page.textContent("body")) ?? "");
}

describe("a browser that follows the redirects", () => {
  it("keeps its fragment where the target has none, and takes the target's where it has one", async (context) => {
    const { page, site } = await openSite(context, {
      rules: [
        { from: "/old", to: "/new" },
        { from: "/faq", to: "/help?page=1#questions" },
      ],
    });
    expect(await leadsTo(page, site, "/old#here")).toBe("/new#here");
    expect(await leadsTo(page, site, "/faq#here")).toBe("/help?page=1#questions");
    expect(await arrived(page)).toMatchObject({ url: "/help?page=1" });
  });

  it("keeps the utm parameters, and the target's own over the viewer's", async (context) => {
    const { page, site } = await openSite(context, {
      rules: [
        { from: "/old", to: "/new?from=old#top" },
        { from: "/blog/:slug", to: "/posts/:slug" },
        { from: "/quiet", to: "/new", query: "drop" },
      ],
    });
    const utm = "utm_source=mail&utm_campaign=a%20b";
    expect(await leadsTo(page, site, `/old?${utm}&from=me`)).toBe(`/new?from=old&${utm}#top`);
    expect(await leadsTo(page, site, `/blog/caf%C3%A9?${utm}`)).toBe(`/posts/caf%C3%A9?${utm}`);
    expect(await arrived(page)).toMatchObject({ url: `/posts/caf%C3%A9?${utm}` });
    expect(await leadsTo(page, site, `/quiet?${utm}`)).toBe("/new");
  });

  it.for([
    [301, "GET", ""],
    [302, "GET", ""],
    [303, "GET", ""],
    [307, "POST", "title=milk"],
    [308, "POST", "title=milk"],
  ] as const)(
    "sends a form that is answered with %d on as %s",
    async ([status, method, body], context) => {
      const { page, site } = await openSite(context, {
        rules: [{ from: "/send", to: "/sent", status }],
      });
      await page.goto(`${site}/form`);
      await page.setContent(
        '<form method="post" action="/send"><input name="title" value="milk"><button>Send</button></form>',
      );
      await page.getByRole("button").click();
      await page.waitForURL(`${site}/sent`);
      expect(await arrived(page)).toEqual({ method, url: "/sent", body });
    },
  );

  it("stays on the site, whatever the captured text is", async (context) => {
    const { page, site } = await openSite(context, {
      rules: [
        { from: "/go/*", to: "/:splat" },
        { from: "/to/:where", to: "/:where" },
        { from: "/store", to: "/:id", conditions: { query: { id: ":id" } } },
      ],
    });
    const host = "evil.example";
    const attempts = [
      `/go//${host}`,
      `/go/%2F${host}`,
      `/go/%5C${host}`,
      `/go/.//${host}`,
      `/go/..%2f/${host}`,
      `/go/%09/${host}`,
      `/go/@${host}`,
      `/go/https:%2F%2F${host}`,
      `/to/%2f%2f${host}`,
      `/to/%0d%0aLocation:%20https:%2F%2F${host}`,
      `/store?id=%2F${host}`,
      `/store?id=https:%2F%2F${host}`,
      `/store?id=%0D%0A${host}`,
    ];
    for (const attempt of attempts) {
      const url = await leadsTo(page, site, attempt);
      expect({ attempt, url }).toEqual({ attempt, url: expect.stringMatching(/^\/(?!\/)/) });
    }
  });

  it("comes to the secret's page by a disguise of its path", async (context) => {
    const { page, site } = await openSite(context, { location: "/inside" });
    expect(await leadsTo(page, site, "/%73ecret/")).toBe("/inside");
    expect(await leadsTo(page, site, "/Secret")).toBe("/Secret");
  });
});
