import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EdgeEngine } from "cf-types";
import fc from "fast-check";
import { LocalCloudFront } from "local-cloudfront";
import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { engines } from "../src/engines.ts";
import { synthesizedAssembly } from "../src/synthesized-assembly.ts";

/** The requests that each site gets: a hundred thousand before a release. */
const runs = propertyRuns(Number(process.env["ENGINE_REQUESTS"] ?? 400));

const files: Readonly<Record<string, string>> = {
  "index.html": "<!doctype html>the app",
  "about/index.html": "<!doctype html>about",
  "docs/index.html": "<!doctype html>docs",
  "docs/a b.html": "<!doctype html>a b",
  "app.js": "1",
  "data.json": "{}",
  "logo.svg": "<svg/>",
  LICENSE: "text",
  "assets/app-BkX3f_Ab.js": "2",
};

const siteFolder = mkdtempSync(join(tmpdir(), "both-engines-"));
afterAll(() => rmSync(siteFolder, { recursive: true }));
for (const [name, content] of Object.entries(files)) {
  mkdirSync(dirname(join(siteFolder, name)), { recursive: true });
  writeFileSync(join(siteFolder, name), content);
}

const rewrite = {
  package: "spa-rewrite",
  config: compileSpaRewrite({
    routes: ["/notes/:id(\\d+)", "/notes/:id/edit", "/:section?"],
    apps: [{ prefix: "/docs", document: "/docs/index.html", mode: "fallback" }],
    siteFiles: Object.keys(files),
    trailingSlash: "remove",
  }),
};
const redirect = {
  package: "secret-redirect",
  eventType: "viewer-request" as const,
  config: compileSecretRedirect({
    location: "https://example.com/hidden",
    rules: [
      { from: "/old/*", to: "/new/:splat?from=old#top" },
      { from: "/blog/:year/:slug", to: "https://blog.example.com/:year-:slug", status: 308 },
      { from: "/store", to: "/shop/:id", conditions: { query: { id: ":id" } } },
      { from: "/de", to: "/", query: "drop", conditions: { language: ["de", "de-AT"] } },
      {
        from: "/beta",
        to: "/notes/1",
        conditions: { cookie: { beta: "on" }, header: { "x-beta": true } },
      },
      { from: "/host", to: "/notes/2", conditions: { host: ["a.example", "b.example"] } },
    ],
  }),
};
const manyRules = [
  { from: "/page-1", to: "/first" },
  { from: "/:page/edit", to: "/edit/:page", conditions: { cookie: { beta: "on" } } },
  ...Array.from({ length: 1500 }, (_, index) => [
    { from: `/page-${index}`, to: `/pages/${index}`, conditions: { language: ["de"] } },
    { from: `/page-${index}`, to: `/p/${index}?from=old#top`, status: 301 as const },
    { from: `/page-${index}/edit`, to: `/edit/${index}` },
  ]).flat(),
  { from: "/page-2/", to: "/strict", trailingSlash: "strict" as const },
  { from: "/strict/", to: "/with-slash", trailingSlash: "strict" as const },
  { from: "/strict", to: "/without-slash", trailingSlash: "strict" as const },
  { from: "/page-4*", to: "/pages/:splat", query: "drop" as const },
  { from: "/", to: "/start", conditions: { header: { "x-beta": true } } },
];
/** More than fits into the code: those for single paths go to a key value store, from among patterns. */
const thousandsOfRedirects = { ...redirect, config: compileSecretRedirect({ rules: manyRules }) };
/** More patterns than fit as well: they go to the store by what they begin with. */
const thousandsOfPatterns = {
  ...redirect,
  config: compileSecretRedirect({
    rules: [
      { from: "/:any/LICENSE", to: "/licence", conditions: { cookie: { beta: "on" } } },
      ...Array.from({ length: 500 }, (_, index) => [
        { from: `/page-${index}/:slug`, to: `/p/${index}/:slug`, conditions: { language: ["de"] } },
        { from: `/page-${index}/notes/*`, to: `/n/${index}/:splat` },
        { from: `/page-${index}/edit`, to: `/edit/${index}`, status: 301 as const },
        { from: `/page-${index}/e*`, to: `/edits/:splat`, conditions: { cookie: { beta: "on" } } },
        { from: `/page-${index}/*`, to: `/pages/${index}/:splat` },
      ]).flat(),
      { from: "/strict/:a", to: "/s/:a", trailingSlash: "strict" as const },
      { from: "/*", to: "https://rest.example/:splat", conditions: { header: { "x-beta": true } } },
    ],
  }),
};
const beyondTheStore = {
  ...redirect,
  config: compileSecretRedirect({
    rules: [
      { from: `/${"long".repeat(128)}`, to: "/long" },
      { from: "/much", to: `/${"much".repeat(256)}` },
      ...manyRules,
    ],
  }),
};
const headers = {
  package: "security-headers",
  config: compileSecurityHeaders({
    preset: "spa",
    pathOverrides: [
      { pathPattern: "/docs/*", xFrameOptions: "SAMEORIGIN" },
      { pathPattern: "/about", removeHeaders: ["Last-Modified", "ETag"] },
    ],
  }),
};

/** The engines are told by these alone, or they differ from response to response. */
const ofTheRequest = ["date", "x-amz-cf-id", "x-cache", "x-amz-request-id", "x-amz-id-2", "age"];

const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(
  cloudfront: LocalCloudFront,
  { method, path, headers: sent }: Asked,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(cloudfront.url);
    const asked = request({ agent, hostname, port, method, path, headers: sent }, (response) => {
      let body = "";
      response.setEncoding("latin1");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => {
        const received = { ...response.headers };
        for (const name of ofTheRequest) delete received[name];
        const text = body
          .replace(/<(RequestId|HostId)>.*?<\/\1>/g, "")
          .replace(/Request ID: .*/g, "");
        resolve({ status: response.statusCode, headers: received, body: text });
      });
    });
    asked.on("error", reject).end();
  });
}

const segment = fc.oneof(
  fc.constantFrom("notes", "old", "blog", "docs", "store", "about", "secret", "beta", "host", "de"),
  fc.constantFrom(
    "page-1",
    "page-2",
    "page-4",
    "page-%31499",
    "strict",
    "long".repeat(128),
    "much",
  ),
  fc.constantFrom("1", "42", "edit", "index.html", "app.js", "assets", "a%20b.html", ".", "..", ""),
  fc.constantFrom("%2F", "%2e%2e", "%", "%zz", "%C3%A9", "%c3%a9", "c++", "a;b", "%25", "LICENSE"),
  fc.stringMatching(/^[\w.~!$&'()*+,;=:@%-]{0,8}$/),
);
const query = fc.oneof(
  fc.constant(""),
  fc.constantFrom(
    "?",
    "?id=7",
    "?id=%37&id=8",
    "?a=1&b=2&a=3",
    "?utm_source=x&from=me",
    "?a",
    "?&&=&a=%zz",
  ),
  fc.stringMatching(/^\?[\w=&%.+-]{0,12}$/),
);
const header = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const requests: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom("GET", "GET", "GET", "HEAD", "OPTIONS"),
  path: fc
    .tuple(fc.array(segment, { maxLength: 4 }), query)
    .map(([segments, asked]) => `/${segments.join("/")}${asked}`),
  headers: fc
    .record({
      accept: header("text/html", "*/*", "application/json", "text/html;q=0", "image/*, text/html"),
      "accept-language": header("de", "de-AT, en;q=0.5", "en;q=0.1,de;q=0.9", ";;q=,"),
      "sec-fetch-dest": header("document", "empty", "script", "image"),
      "sec-fetch-mode": header("navigate", "cors", "no-cors"),
      "sec-purpose": header("prefetch"),
      cookie: header("beta=on", "a=1; beta=on; b=2", "beta=off", "beta", "beta=%6fn"),
      "x-beta": header("1", ""),
      host: header("a.example", "B.example:443", "c.example"),
    })
    .map((each) =>
      Object.fromEntries(
        Object.entries(each).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    ),
});

describe.each([
  ["spa-rewrite", [rewrite]],
  ["secret-redirect", [redirect]],
  ["security-headers", [headers]],
  ["all three, composed", [redirect, rewrite, headers]],
  ["secret-redirect with thousands of rules", [beyondTheStore]],
  ["secret-redirect with thousands of patterns", [thousandsOfPatterns]],
  ["all three with thousands of rules", [thousandsOfRedirects, rewrite, headers]],
])("%s", (_, functions) => {
  const cloudfronts: LocalCloudFront[] = [];

  beforeAll(async () => {
    for (const engine of engines) cloudfronts.push(await start(engine));
  });

  afterAll(() => Promise.all(cloudfronts.map((each) => each.close())));

  function start(engine: EdgeEngine): Promise<LocalCloudFront> {
    const assembly = synthesizedAssembly({ siteFolder, functions, engine });
    return LocalCloudFront.start({ assembly, port: 0 });
  }

  it(
    `responds alike on both engines to ${runs.numRuns} requests`,
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(requests, async (asked) => {
          const [lambda, script] = await Promise.all(
            cloudfronts.map((cloudfront) => ask(cloudfront, asked)),
          );
          expect(script).toEqual(lambda);
        }),
        runs,
      );
    },
  );
});
