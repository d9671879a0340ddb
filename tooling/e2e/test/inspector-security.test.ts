import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showRequest } from "../src/inspector-pictures.ts";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";
import { templateWithFunction } from "edge-function-testing";

const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script></pre>`;

/** A function that puts markup wherever a function can put a text. */
const source = `exports.handler = async (event) => {
  console.log(${JSON.stringify(hostile)});
  return {
    status: "200",
    statusDescription: "OK",
    headers: {
      "x-hostile": [{ key: "X-Hostile", value: ${JSON.stringify(hostile)} }],
      "cache-control": [{ key: "Cache-Control", value: "no-store" }],
    },
    body: ${JSON.stringify(hostile)},
  };
};`;

const template = templateWithFunction({
  code: { ZipFile: source },
  eventType: "viewer-request",
  cacheBehavior: {
    ViewerProtocolPolicy: "allow-all",
    // Managed-CachingOptimized
    CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  },
});

let cloudfront: LocalCloudFront;
let browser: Browser | undefined;
const folder = mkdtempSync(join(tmpdir(), "hostile-"));

beforeAll(async () => {
  const assembly = join(folder, "template.json");
  writeFileSync(assembly, JSON.stringify(template));
  cloudfront = await LocalCloudFront.start({ assembly, port: 0, inspector: true });
  await requestHostile();
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
});

afterAll(async () => {
  await browser?.close();
  await cloudfront.close();
  rmSync(folder, { recursive: true });
});

const inspectorUrl = (): string => cloudfront.inspectorUrl ?? "";

/** A request whose target and headers are markup, which no ordinary client would send. */
async function requestHostile(): Promise<void> {
  const socket = connect(Number(new URL(cloudfront.url).port), "127.0.0.1");
  socket.resume();
  const uri = `/"><svg/onload=alert(3)>?q='"><script>alert(4)</script>`;
  socket.write(`GET ${uri} HTTP/1.1\r\nHost: localhost\r\nX-Sent: ${hostile}\r\n`);
  socket.end("Connection: close\r\n\r\n");
  await once(socket, "close");
}

describe("hostile texts in the inspector", () => {
  it("of URIs, headers, bodies and logs are texts: nothing of them becomes an element or runs", async (context) => {
    const { page, complaints } = await openPage(browser, context);
    await showRequest(page, inspectorUrl(), "onload=alert(3)");
    const article = page.getByRole("article");
    // Details that are closed are drawn too, once they are opened.
    for (const summary of await article.locator("summary").all()) await summary.click();
    const text = await article.textContent();
    expect(text).toContain(hostile);
    expect(text).toContain(`/"><svg/onload=alert(3)>`);
    expect(await page.locator("article :is(script, svg, img)").count()).toBe(0);
    expect(await page.locator(".request-row :is(script, svg, img)").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("could not run even as markup: the page's policy forbids it", async (context) => {
    const { page } = await openPage(browser, context);
    const response = await page.goto(inspectorUrl());
    expect(response?.headers()["content-security-policy"]).toContain("script-src 'self'");
    expect(
      await page.evaluate(`(() => {
        try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); return "inserted"; }
        catch (error) { return error.name; }
      })()`),
    ).toBe("TypeError");
  });

  it("asks nothing of other servers", async (context) => {
    const { page } = await openPage(browser, context);
    const asked = new Set<string>();
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    await showRequest(page, inspectorUrl(), "onload");
    expect([...asked]).toEqual([inspectorUrl()]);
  });
});

describe("other sites in the same browser", () => {
  /** Runs a script on a page of another port, which is another origin, and returns what it gives. */
  async function onAnotherSite(
    context: Parameters<typeof openPage>[1],
    host: string,
    script: string,
  ): Promise<unknown> {
    const server = createServer((_, response) =>
      response.setHeader("Content-Type", "text/html").end("<title>Another site</title>"),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { page } = await openPage(browser, context);
      await page.goto(`http://${host}:${(server.address() as AddressInfo).port}/`);
      return await page.evaluate(script);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it.for([["127.0.0.1"], ["localhost"]])(
    "at %s cannot read requests",
    async ([host = ""], context) => {
      const script = `fetch("${inspectorUrl()}/api/served").then((response) => response.text(), (error) => error.name)`;
      expect(await onAnotherSite(context, host, script)).toBe("TypeError");
    },
  );

  it("cannot listen to requests", async (context) => {
    const script = `new Promise((resolve) => {
      const source = new EventSource("${inspectorUrl()}/api/requests");
      source.onerror = () => resolve("refused");
      source.addEventListener("requests", () => resolve("read"));
    })`;
    expect(await onAnotherSite(context, "localhost", script)).toBe("refused");
  });

  it("cannot make it do anything, blindly", async (context) => {
    const before = cloudfront.traces().length;
    const script = `Promise.allSettled(["application/json", "text/plain"].map((type) =>
      fetch("${inspectorUrl()}/api/clear", { method: "POST", mode: "no-cors", body: "{}", headers: { "Content-Type": type } })
    )).then(() => "done")`;
    expect(await onAnotherSite(context, "localhost", script)).toBe("done");
    expect(before).toBeGreaterThan(0);
    expect(cloudfront.traces()).toHaveLength(before);
  });

  it("cannot show it in a frame of theirs", async (context) => {
    const script = `new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.src = "${inspectorUrl()}";
      frame.onload = () => {
        try { resolve(frame.contentWindow.location.href); } catch (error) { resolve(error.name); }
      };
      document.body.append(frame);
    })`;
    expect(await onAnotherSite(context, "localhost", script)).toBe("SecurityError");
  });

  it("cannot come by a name of their own that points to this machine", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(inspectorUrl()).port), "127.0.0.1");
      socket.setEncoding("utf8");
      socket.once("data", (chunk: string) => resolve(chunk));
      socket.end("GET /api/served HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");
    });
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });
});
