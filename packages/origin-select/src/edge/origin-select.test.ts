import type { EventHeaders, OriginRequest, ViewerRequest } from "cf-types";
import { originRequestEvent, viewerRequestEvent, viewerResponseEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileOriginSelect } from "../compile/compile-origin-select.ts";
import type { OriginSelectOptions } from "../compile/origin-select-options.ts";
import { createOriginSelect } from "./origin-select.ts";

function lines(headers: Readonly<Record<string, string>>): EventHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [{ key, value }]]),
  );
}

const options: OriginSelectOptions = {
  origins: {
    api: { domainName: "api.example.com" },
    beta: { domainName: "beta.s3.eu-central-1.amazonaws.com", indexDocument: "index.html" },
    eu: { domainName: "eu.example.com", hostHeader: "www.example.com" },
  },
  hosts: { "api.example.com": "api" },
  rules: [
    { hosts: ["pr-*.preview.example.com", "*.*.pr.example.com"], prefix: "/previews/pr-{1}" },
    { pathPattern: "/beta/*", cookies: { beta: ["1", "on"] }, origin: "beta" },
    { headers: { "X-Beta": "1" }, origin: "beta", prefix: "/x" },
    { countries: ["de", "AT"], origin: "eu" },
  ],
};

/** Returns the uri with the name of the origin that the header names. */
async function atViewer(
  given: OriginSelectOptions,
  uri: string,
  headers: Readonly<Record<string, string>> = {},
  clientIp = "203.0.113.17",
): Promise<string> {
  const handler = createOriginSelect(compileOriginSelect(given));
  const event = viewerRequestEvent({ uri, clientIp, headers: lines(headers) });
  const request = (await handler(event)) as ViewerRequest;
  return `${request.uri} ${request.headers["x-origin"]?.[0]?.value ?? "-"}`;
}

/** Returns the uri with the domain name of the origin and the Host that it is sent. */
async function atOrigin(
  given: OriginSelectOptions,
  uri: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const handler = createOriginSelect(compileOriginSelect(given));
  const own = originRequestEvent().Records[0].cf.request.headers;
  const event = originRequestEvent({ uri, headers: { ...own, ...lines(headers) } });
  const { origin, ...request } = (await handler(event)) as OriginRequest;
  const { domainName } = origin.s3 ?? origin.custom;
  return `${request.uri} ${domainName} ${request.headers["host"]?.[0]?.value}`;
}

describe("at viewer-request", () => {
  it.each<[uri: string, headers: Readonly<Record<string, string>>, expected: string]>([
    ["/x", { Host: "API.example.com:443" }, "/x api"],
    ["/x", { Host: "pr-12.preview.example.com" }, "/previews/pr-12/x default"],
    ["/", { Host: "pr-12.preview.example.com" }, "/previews/pr-12/ default"],
    ["/previews/pr-12/x", { Host: "pr-12.preview.example.com" }, "/previews/pr-12/x default"],
    ["/../pr-13/x", { Host: "pr-12.preview.example.com" }, "/previews/pr-12/pr-13/x default"],
    ["/%2e%2e/pr-13/x", { Host: "pr-12.preview.example.com" }, "/previews/pr-12/pr-13/x default"],
    [
      "/previews/pr-13/x",
      { Host: "pr-1.preview.example.com" },
      "/previews/pr-1/previews/pr-13/x default",
    ],
    ["/x", { Host: "pr-a.b.preview.example.com" }, "/x default"],
    ["/x", { Host: "7.shop.pr.example.com" }, "/previews/pr-7/x default"],
    ["/x", { Host: "evil.example.com/pr-12.preview.example.com" }, "/x default"],
    ["/beta/", { Cookie: "a=1; beta=on" }, "/beta/index.html beta"],
    ["/beta/docs", { Cookie: "beta=1" }, "/beta/docs/index.html beta"],
    ["/beta/a.js", { Cookie: "beta=1" }, "/beta/a.js beta"],
    ["/beta/", { Cookie: "beta=2" }, "/beta/ default"],
    ["/y", { "X-Beta": "1" }, "/x/y/index.html beta"],
    ["/y", { "CloudFront-Viewer-Country": "DE" }, "/y eu"],
    ["/y", { "CloudFront-Viewer-Country": "FR" }, "/y default"],
    ["/y", { "X-Origin": "beta" }, "/y default"],
    ["/y", { Host: "__proto__", "X-Origin": "__proto__" }, "/y default"],
  ])("%s with %j is %s", async (uri, headers, expected) => {
    expect(await atViewer(options, uri, headers)).toBe(expected);
  });
});

describe("at origin-request", () => {
  const bucket = "notes-site.s3.us-east-1.amazonaws.com";
  it.each<[uri: string, headers: Readonly<Record<string, string>>, expected: string]>([
    ["/x", {}, `/x ${bucket} ${bucket}`],
    ["/x", { "X-Origin": "api" }, "/x api.example.com api.example.com"],
    ["/x", { "X-Origin": "eu" }, "/x eu.example.com www.example.com"],
    ["/x", { "X-Origin": "default", "CloudFront-Viewer-Country": "AT" }, `/x ${bucket} ${bucket}`],
    ["/x", { "X-Origin": "constructor" }, `/x ${bucket} ${bucket}`],
    ["/x", { "X-Origin": "__proto__" }, `/x ${bucket} ${bucket}`],
    [
      "/docs/",
      { "X-Origin": "beta" },
      "/docs/index.html beta.s3.eu-central-1.amazonaws.com beta.s3.eu-central-1.amazonaws.com",
    ],
    ["/y", { "CloudFront-Viewer-Country": "AT" }, "/y eu.example.com www.example.com"],
  ])("LE-B-44: %s with %j is %s", async (uri, headers, expected) => {
    expect(await atOrigin(options, uri, headers)).toBe(expected);
  });

  it("divides nobody: a request stands there for all viewers of an object", async () => {
    const split = { percent: { api: 100 } };
    expect(await atOrigin({ ...options, split }, "/x")).toBe(`/x ${bucket} ${bucket}`);
  });
});

describe("a split", () => {
  const split = { percent: { api: 10, beta: 30 }, pathPattern: "/app/*" };
  const given: OriginSelectOptions = { ...options, rules: [], split };

  it("gives the parts of the viewers that it says", async () => {
    const counts: Record<string, number> = {};
    for (let index = 0; index < 4000; index += 1) {
      const answer = await atViewer(given, "/app/a.js", {}, `198.51.${index >> 8}.${index & 255}`);
      const [, origin = ""] = answer.split(" ");
      counts[origin] = (counts[origin] ?? 0) + 1;
    }
    expect(counts["api"]).toBeGreaterThan(320);
    expect(counts["api"]).toBeLessThan(480);
    expect(counts["beta"]).toBeGreaterThan(1080);
    expect(counts["beta"]).toBeLessThan(1320);
  });

  it("gives a viewer the same each time, and another one to another browser of the address", async () => {
    const asked = async (agent: string) => atViewer(given, "/app/a.js", { "User-Agent": agent });
    expect(await asked("one")).toBe(await asked("one"));
    const agents = await Promise.all(Array.from({ length: 40 }, async (_, i) => asked(`${i}`)));
    expect(new Set(agents).size).toBe(3);
  });

  it.each([
    ["origin=api", "/app/a.js api"],
    ["origin=beta", "/app/a.js beta"],
    ["origin=default", "/app/a.js default"],
  ])("follows the cookie %s", async (cookie, expected) => {
    expect(await atViewer(given, "/app/a.js", { Cookie: cookie })).toBe(expected);
  });

  it("is for its paths alone, and a cookie of no part counts for nothing", async () => {
    expect(await atViewer(given, "/x", { Cookie: "origin=api" })).toBe("/x default");
    expect(await atViewer(given, "/app/a.js", { Cookie: "origin=eu" })).toBe(
      await atViewer(given, "/app/a.js"),
    );
  });

  it.each<[uri: string, cookie: string, expected: RegExp | undefined]>([
    [
      "/app/",
      "a=1",
      /^origin=(?:api|beta|default); Path=\/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax$/,
    ],
    ["/app/", "origin=none", /^origin=/],
    ["/app/", "origin=default", undefined],
    ["/x", "a=1", undefined],
  ])("at viewer-response, %s with %s sets %s", async (uri, cookie, expected) => {
    const event = viewerResponseEvent();
    Object.assign(event.Records[0].cf.request, { uri, headers: lines({ Cookie: cookie }) });
    event.Records[0].cf.response.headers["set-cookie"] = [{ key: "Set-Cookie", value: "own=1" }];
    const { headers } = await createOriginSelect(compileOriginSelect(given))(event);
    const [own, set] = headers?.["set-cookie"] ?? [];
    expect(own?.value).toBe("own=1");
    expect(set?.value ?? "").toMatch(expected ?? /^$/);
  });

  it("is kept as it was given: the cookie names what the header named", async () => {
    for (let index = 0; index < 50; index += 1) {
      const headers = { "User-Agent": `agent ${index}` };
      const [, given1 = ""] = (await atViewer(given, "/app/", headers)).split(" ");
      const event = viewerResponseEvent();
      Object.assign(event.Records[0].cf.request, { uri: "/app/", headers: lines(headers) });
      const result = await createOriginSelect(compileOriginSelect(given))(event);
      const cookie = result.headers?.["set-cookie"]?.[0]?.value ?? "";
      expect(cookie.split(";")[0]).toBe(`origin=${given1}`);
    }
  });
});
