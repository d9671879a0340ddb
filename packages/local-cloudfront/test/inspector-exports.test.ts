import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type * as HarSdk from "@har-sdk/validator";
import type { Har } from "har-format";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { changeRequest } from "./support/function-sources.ts";
import { allMethods, startInspected } from "./support/start-inspected.ts";

// Node.js finds no export of it in an import: it is CommonJS that makes them as it runs.
const { HarValidator } = createRequire(import.meta.url)("@har-sdk/validator") as typeof HarSdk;
type ValidatedHar = Parameters<HarSdk.HarValidator["verify"]>[0];

const packageFolder = resolve(import.meta.dirname, "..");

/** A site whose function rewrites, redirects, fails and generates responses. */
function startSite() {
  return startInspected({
    functions: {
      "viewer-request": `exports.handler = async ({ Records: [{ cf: { request } }] }) => {
        if (request.uri === "/boom") throw new Error("boom");
        if (request.uri === "/old") {
          return { status: "301", headers: { location: [{ key: "Location", value: "/new" }] } };
        }
        if (request.uri.startsWith("/notes/")) request.uri = "/index.html";
        return request;
      };`,
    },
    properties: { AllowedMethods: allMethods },
    cachePolicy: { DefaultTTL: 60 },
  });
}

/** The test of a redirect to HTTPS, by a server that stands for the other side of its distribution. */
async function redirectTest(): Promise<string> {
  const { get, answerTo } = await startInspected({
    properties: { ViewerProtocolPolicy: "redirect-to-https" },
    options: { viewerProtocol: "http" },
  });
  const { status, headers } = await get("/a.html");
  expect(status).toBe(301);
  const { body } = await answerTo(`/api/requests/${headers["x-amz-cf-id"]}/test`);
  return (JSON.parse(body) as { readonly test: string }).test;
}

/** Runs tests in a project that has the package installed; returns what vitest writes, and its exit code. */
async function runTests(tests: readonly string[]): Promise<{ stdout: string; code: number }> {
  // Outside of what this package's own vitest looks at for tests; Node.js runs a linked package from where it lies.
  const project = mkdtempSync(join(tmpdir(), "exported-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  const installed = join(project, "node_modules/local-cloudfront");
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(packageFolder, "package.json"), join(installed, "package.json"));
  symlinkSync(inject("bundle"), join(installed, "dist"));
  symlinkSync(join(packageFolder, "node_modules/vitest"), join(project, "node_modules/vitest"));
  for (const [index, test] of tests.entries()) {
    writeFileSync(join(project, `${index}.test.ts`), test);
  }
  const vitest = join(packageFolder, "node_modules/vitest/vitest.mjs");
  const env = { PATH: process.env["PATH"], NODE_OPTIONS: process.env["NODE_OPTIONS"] };
  const args = [vitest, "run", "--reporter=tap-flat", "--no-isolate", "--maxWorkers=1"];
  return new Promise((ended) => {
    execFile(process.execPath, args, { cwd: project, env }, (error, stdout) =>
      ended({ stdout, code: error === null ? 0 : Number(error.code) }),
    );
  });
}

describe("a request as a test for vitest", () => {
  it("passes when it is run, and fails when what is served has changed: a miss, a hit, a refreshed object, an error, a redirect, a POST, a failure", async () => {
    const { get, request, answerTo, cloudfront } = await startSite();
    const sent = [
      await get("/notes/1", { cookie: "session=s3cr3t", "x-a": "1" }),
      await get("/notes/2"),
      await get("/missing"),
      await get("/old?a=b"),
      await get("/boom"),
      await request("/notes/3", { method: "POST", body: '{"n":1}' }),
    ];
    cloudfront.clock.advance(61);
    sent.push(await get("/notes/4"));
    expect(sent.map(({ status, xCache }) => `${status} ${xCache}`)).toEqual([
      "200 Miss",
      "200 Hit",
      "404 Error",
      "301 LambdaGeneratedResponse",
      "503 LambdaExecutionError",
      "405 Error",
      "200 RefreshHit",
    ]);
    const tests = await Promise.all(
      sent.map(async ({ headers }) => {
        const { body } = await answerTo(`/api/requests/${headers["x-amz-cf-id"]}/test`);
        return (JSON.parse(body) as { readonly test: string }).test;
      }),
    );
    tests.push(await redirectTest());
    expect(tests.join("\n")).not.toContain("s3cr3t");
    expect(tests[0]).toContain("// Left out, since they are secrets: cookie.");
    expect(tests[0]).toContain('expect(response).toHaveRewrittenUri("/index.html");');
    expect(tests[4]).toMatch(/expect\(response\)\.toHaveFailedWith\("LE-[A-Z]-\d+"\);/);
    const changed = tests[0]?.replaceAll("/notes/1", "/other/1") ?? "";
    const { stdout, code } = await runTests([...tests, changed]);
    expect(stdout.match(/^ok /gm)).toHaveLength(tests.length);
    expect(stdout).toMatch(new RegExp(`^not ok .* ${tests.length}\\.test\\.ts > `, "m"));
    expect(code).toBe(1);
  }, 120_000);
});

describe("requests as an HTTP Archive", () => {
  it("are valid HAR 1.2, with bodies, cookies and query strings, and without secrets", async () => {
    const { request, answerTo } = await startInspected({
      server: (_, response) =>
        void response
          .writeHead(200, {
            "Set-Cookie": "session=cookie-s3cr3t; Path=/",
            "Content-Type": "image/png",
          })
          .end(Buffer.from([0, 1, 2])),
      functions: { "viewer-request": changeRequest(`request.uri = "/b";`) },
      properties: { AllowedMethods: allMethods },
      originRequestPolicy: { CookiesConfig: { CookieBehavior: "all" } },
    });
    await request("/a?b=c%20d", {
      method: "POST",
      headers: { cookie: "id=cookie-s3cr3t", "content-type": "application/json" },
      body: '{"token":"s3cr3t"}',
    });
    await request("/a", {});
    const { body, headers } = await answerTo("/api/har");
    expect(headers["content-disposition"]).toContain("local-cloudfront.har");
    expect(body).not.toContain("s3cr3t");
    const har = JSON.parse(body) as Har;
    expect(await new HarValidator().verify(JSON.parse(body) as ValidatedHar)).toEqual([]);
    expect(har.log.entries).toHaveLength(2);
    expect(har.log.entries[0]).toMatchObject({
      request: {
        method: "POST",
        url: expect.stringMatching(/\/a\?b=c%20d$/) as string,
        queryString: [{ name: "b", value: "c d" }],
        cookies: [{ name: "id", value: "[masked]" }],
        postData: { mimeType: "application/json", text: '{"token":"[masked]"}' },
      },
      response: {
        status: 200,
        cookies: [{ name: "session", value: "[masked]" }],
        content: { mimeType: "image/png", encoding: "base64", text: "AAEC", size: 3 },
      },
      _resultType: "Miss",
    });
  });

  it("has one request where one is asked for", async () => {
    const { get, answerTo } = await startInspected();
    await get("/a.html");
    const { headers } = await get("/missing");
    const { body } = await answerTo(`/api/requests/${headers["x-amz-cf-id"]}/har`);
    const { log } = JSON.parse(body) as Har;
    expect(log.entries.map(({ response }) => response.status)).toEqual([404]);
    expect((await answerTo("/api/requests/none/har")).status).toBe(404);
  });
});
