import {
  loadCloudFrontFunction,
  startFunction,
  testCloudFrontFunction,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileOriginSelect } from "origin-select";

const packageFolder = `${import.meta.dirname}/..`;
const options = compileOriginSelect({
  origins: {
    api: { domainName: "api.example.com", protocol: "http" },
    canary: { originId: "canary", failover: { to: "stable", statuses: [404] } },
    stable: { originId: "stable" },
  },
  rules: [
    { pathPattern: "/api/*", origin: "api" },
    { headers: { "x-preview": "7" }, prefix: "/previews/pr-7" },
    { pathPattern: "/stable/*", origin: "stable" },
    { cookies: { beta: "1" }, origin: "canary" },
  ],
});
const built = await loadCloudFrontFunction(packageFolder, options);
const customOrigin = (id: string) => ({
  Id: id,
  DomainName: `${id}.example.com`,
  CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
});

describe("the CloudFront Function of origin-select", () => {
  testCloudFrontFunction(built, {
    eventType: "viewer-request",
    optionsCode: /OptionsError|sigv4/,
  });

  it("FN-I-29, FN-I-49: sends to origins by host name, by id, and to a second where one fails", async () => {
    const cloudfront = await startFunction({
      packageFolder,
      engine: "cloudfront-function",
      compiledOptions: options,
      files: { "previews/pr-7/a": "preview" },
      distributionConfig: { Origins: ["site", "canary", "stable"].map(customOrigin) },
      otherOrigins: {
        "api.example.com": { "api/x": "from the api" },
        canary: { new: "new" },
        stable: { old: "old", "stable/x": "stable" },
      },
    });
    const text = async (path: string, headers: Readonly<Record<string, string>> = {}) =>
      (await cloudfront.fetch(path, { headers })).text();
    expect(await text("/api/x")).toBe("from the api");
    expect(await text("/stable/x")).toBe("stable");
    expect(await text("/new", { cookie: "beta=1" })).toBe("new");
    expect(await text("/old", { cookie: "beta=1" })).toBe("old");
    expect(await text("/a", { "x-preview": "7" })).toBe("preview");
    expect(await text("/")).toBe("<!doctype html>");
  });

  it("keeps a viewer's origin in a cookie at viewer-response", async () => {
    const split = { percent: { stable: 100 } };
    const cloudfront = await startFunction({
      packageFolder,
      engine: "cloudfront-function",
      eventType: "viewer-response",
      compiledOptions: compileOriginSelect({ origins: { stable: { originId: "x" } }, split }),
    });
    expect((await cloudfront.fetch("/")).headers.getSetCookie()).toEqual([
      "origin=stable; Path=/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax",
    ]);
    const kept = await cloudfront.fetch("/", { headers: { cookie: "origin=default" } });
    expect(kept.headers.getSetCookie()).toEqual([]);
  });
});
