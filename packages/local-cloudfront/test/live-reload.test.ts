import { describe, expect, it } from "vitest";
import { hooksFor } from "../src/start/command-hooks.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "./support/start-test-cloudfront.ts";

const html = { accept: "text/html,*/*;q=0.8", "sec-fetch-dest": "document" };
const page = "<!doctype html><title>App</title><h1>Grüße</h1>";
const script =
  /<script src="\/_local-cloudfront\/live-reload\.js" data-revision="([\w-]+)" data-transport="fetch"( nonce="[^"]*")?><\/script>$/;

async function startReloaded(options: TestCloudFrontOptions = {}) {
  const started = await startTestCloudFront({
    files: { "index.html": page, "a.js": "1", "large.html": `${page}${" ".repeat(5000)}` },
    ...options,
    options: { liveReload: true, ...options.options },
  });
  const notices: string[] = [];
  const hooks = hooksFor(started.cloudfront);
  hooks.notices.add((notice) => notices.push(notice));
  return { ...started, hooks, notices };
}

const setsPolicy = (policy: string) => ({
  "viewer-response": `exports.handler = async ({ Records: [{ cf: { response } }] }) => {
    response.headers["content-security-policy"] = [{ key: "Content-Security-Policy", value: ${JSON.stringify(policy)} }];
    return response;
  };`,
});

describe("live reload", () => {
  it("puts a script at the end of a document that a browser opens", async () => {
    const { get, cloudfront } = await startReloaded();
    const { status, body, headers, xCache } = await get("/index.html", html);
    expect([status, xCache]).toEqual([200, "Miss"]);
    expect(body.startsWith(page)).toBe(true);
    expect(body).toMatch(script);
    expect(headers["content-length"]).toBe(String(Buffer.byteLength(body)));
    // What is traced and cached is what CloudFront would send.
    expect(cloudfront.traces()[0]?.response.bodyBytes).toBe(Buffer.byteLength(page));
    expect((await get("/index.html")).body).toBe(page);
  });

  it.each([
    ["a program", "/index.html", {}],
    ["a script that fetches it", "/index.html", { ...html, "sec-fetch-dest": "empty" }],
    ["what is no document", "/a.js", html],
    ["a part of a document", "/index.html", { ...html, range: "bytes=0-3" }],
  ])("leaves as it is what goes to %s", async (_, path, headers) => {
    const { get } = await startReloaded();
    expect((await get(path, headers)).body).not.toContain("live-reload");
  });

  it("is off in the library, unless asked for", async () => {
    const { get } = await startTestCloudFront({ files: { "index.html": page } });
    expect((await get("/index.html", html)).body).toBe(page);
    expect((await get("/_local-cloudfront/live-reload.js")).status).toBe(404);
  });

  it.each(["br", "gzip"])("keeps the encoding of a compressed document: %s", async (encoding) => {
    const { get } = await startReloaded({
      properties: { Compress: true },
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
          CookiesConfig: { CookieBehavior: "none" },
          HeadersConfig: { HeaderBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "none" },
        },
      },
    });
    const { body, headers } = await get("/large.html", { ...html, "accept-encoding": encoding });
    expect(headers["content-encoding"]).toBe(encoding);
    expect(body).toMatch(script);
  });

  it("takes the nonce of the policy, and changes no policy", async () => {
    const policy = "default-src 'self'; script-src 'nonce-abc' 'strict-dynamic'";
    const { get, notices } = await startReloaded({ functions: setsPolicy(policy) });
    const { body, headers } = await get("/index.html", html);
    expect(script.exec(body)?.[2]).toBe(' nonce="abc"');
    expect(headers["content-security-policy"]).toBe(policy);
    expect(notices).toEqual([]);
  });

  it("leaves a document alone whose policy does not permit it, and says so once", async () => {
    const { get, notices } = await startReloaded({
      functions: setsPolicy("default-src 'none'; img-src 'self'"),
    });
    for (const _ of [1, 2]) expect((await get("/index.html", html)).body).toBe(page);
    expect(notices).toEqual([
      "/index.html is not reloaded when something changes: script-src of its policy does not permit it. Reload it yourself.",
    ]);
  });

  it("tells a page that waits when something else is served, and one that comes late at once", async () => {
    const { get, hooks } = await startReloaded();
    const revisionOf = async () => script.exec((await get("/index.html", html)).body)?.[1] ?? "";
    const revision = await revisionOf();
    const waits = get(`/_local-cloudfront/live-reload-wait.js?revision=${revision}`);
    await expect.poll(async () => (await get("/a.js")).status).toBe(200);
    hooks.reloadBrowsers();
    const { headers, body } = await waits;
    const next = await revisionOf();
    expect(next).not.toBe(revision);
    expect(headers["local-cloudfront-revision"]).toBe(next);
    expect(body).toContain(next);
    const late = await get(`/_local-cloudfront/live-reload-wait.js?revision=${revision}`);
    expect(late.headers["local-cloudfront-revision"]).toBe(next);
  });

  it("its script and its waiting are no requests of the distribution", async () => {
    const { get, cloudfront, hooks } = await startReloaded();
    const { status, headers } = await get("/_local-cloudfront/live-reload.js");
    expect([status, headers["content-type"]]).toEqual([200, "text/javascript; charset=utf-8"]);
    hooks.reloadBrowsers();
    await get("/_local-cloudfront/live-reload-wait.js?revision=");
    expect(cloudfront.traces()).toEqual([]);
  });
});
