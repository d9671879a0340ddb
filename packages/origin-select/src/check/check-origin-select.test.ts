import type { PolicySelections, SynthesizedCacheBehavior, SynthesizedSite } from "cf-types";
import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileOriginSelect } from "../compile/compile-origin-select.ts";
import type { OriginSelectOptions } from "../compile/origin-select-options.ts";
import { checkSynthesizedSite, compilerOf } from "../synth-check.ts";

const script = { eventType: "viewer-request", engine: "cloudfront-function" } as const;
const lambda = { eventType: "origin-request", engine: "lambda-edge" } as const;

function siteWith(
  place: Pick<SynthesizedSite, "eventType" | "engine">,
  key: Partial<PolicySelections & { maxTtlSeconds: number }> = {},
  behavior: Partial<SynthesizedCacheBehavior> = {},
): SynthesizedSite {
  const nothing = { headers: "none", cookies: "none", queryStrings: "none" } as const;
  const cachePolicy = { ...nothing, minTtlSeconds: 0, ...key };
  return synthesizedSite({
    ...place,
    cacheBehaviors: [synthesizedCacheBehavior({ cachePolicy, ...behavior })],
  });
}

function messages(options: OriginSelectOptions, site: SynthesizedSite): readonly string[] {
  return checkSynthesizedSite(compileOriginSelect(options), site).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

const origins = { api: { domainName: "api.example.com" } };
const named = { headers: ["x-origin"] } as const;
const byCookie = { origins, rules: [{ cookies: { beta: "1" }, origin: "api" }] };

it("a sound site has no findings", () => {
  expect(messages(byCookie, siteWith(script, named))).toEqual([]);
  expect(messages(byCookie, siteWith(lambda, named))).toEqual([]);
  expect(messages(byCookie, siteWith(lambda, { cookies: ["beta"] }))).toEqual([]);
  const prefix = { rules: [{ hosts: ["pr-*.example.com"], prefix: "/{1}" }] };
  expect(messages(prefix, siteWith(script))).toEqual([]);
});

it("options that are not compiled are known", () => {
  expect(compilerOf(compileOriginSelect())).toBeUndefined();
  expect(compilerOf({ rules: [] })).toBe("compileOriginSelect");
});

describe("a remedy is followed, and nothing is left to say", () => {
  const byHost = { origins, hosts: { "api.example.com": "api" } };
  const split = { origins, split: { percent: { api: 5 } } };
  const byId = { origins: { api: { originId: "api" } } };
  const group = {
    origins: {
      api: { ...origins.api, originId: "api", failover: { to: "other" } },
      other: { domainName: "other.example.com", originId: "other" },
    },
  };
  const byCountry = { origins, rules: [{ countries: ["DE"], origin: "api" }] };
  const bucket = { origins: { b: { domainName: "b.s3.eu-west-1.amazonaws.com" } } };
  const atViewer = { ...lambda, eventType: "viewer-request" } as const;

  const preview = { rules: [{ hosts: ["pr-*.example.com"], prefix: "/{1}" }] };
  const withAssets = (...run: readonly string[]): SynthesizedSite => ({
    ...siteWith(script),
    cacheBehaviors: run.map((pathPattern) => synthesizedCacheBehavior({ pathPattern })),
    siteFiles: ["index.html", "assets/a.js"],
    pathPatternOf: (path) => (path.startsWith("/assets/") ? "/assets/*" : "*"),
  });

  it.each<{
    readonly message: string;
    readonly wrong: readonly [OriginSelectOptions, SynthesizedSite];
    readonly right: readonly (readonly [OriginSelectOptions, SynthesizedSite])[];
  }>([
    {
      message:
        'error: Two origins share the objects in the cache of "*": got a cache key without x-origin, in which origin-select names the origin. Put it there, as in cacheKey: { headers: ["x-origin"] }.',
      wrong: [byCookie, siteWith(script)],
      right: [
        [byCookie, siteWith(script, named)],
        [byCookie, siteWith(script, { maxTtlSeconds: 0 })],
      ],
    },
    {
      message:
        'error: rules[0] on "*" reads the cookie beta, which is not in the cache key: the function does not see it, or one viewer\'s object goes to another. Let the function run at viewer-request too, as in { package: "origin-select", eventType: "viewer-request", … }, with x-origin in the cache key, or put beta there.',
      wrong: [byCookie, siteWith(lambda)],
      right: [
        [byCookie, siteWith(lambda, named)],
        [byCookie, siteWith(lambda, { cookies: ["beta"] })],
      ],
    },
    {
      message:
        'error: hosts on "*" reads the header host, which an S3 origin refuses (403) when it is forwarded. Let the function run at viewer-request too, as in { package: "origin-select", eventType: "viewer-request", … }, with x-origin in the cache key.',
      wrong: [byHost, siteWith(lambda, { headers: ["host"] })],
      right: [
        [byHost, siteWith(lambda, named)],
        [byHost, siteWith(lambda, { headers: ["Host"] }, { originType: "custom" })],
      ],
    },
    {
      message:
        "error: split divides viewers, and origin-request sees a request for each object: got a cache key without x-origin. Let the function run at viewer-request too, and put x-origin into the cache key.",
      wrong: [split, siteWith(lambda)],
      right: [[split, siteWith(lambda, named)]],
    },
    {
      message:
        "error: origins.api is known by its originId alone, and Lambda@Edge selects none by id. Give domainName, or let the function run as a CloudFront Function.",
      wrong: [byId, siteWith(lambda)],
      right: [
        [{ origins }, siteWith(lambda)],
        [byId, siteWith(script)],
      ],
    },
    {
      message:
        "error: origins.api has a failover, which only a CloudFront Function makes. Let the function run as one, or make an origin group in the distribution.",
      wrong: [group, siteWith(lambda)],
      right: [
        [group, siteWith(script)],
        [{ origins }, siteWith(lambda)],
      ],
    },
    {
      message:
        "error: LE-B-50: rules[0] reads the viewer's country, which CloudFront adds after viewer-request for Lambda@Edge. Let the function run as a CloudFront Function, or at origin-request alone.",
      wrong: [byCountry, siteWith(atViewer, named)],
      right: [
        [byCountry, siteWith(script, named)],
        [byCountry, siteWith(lambda, { headers: ["CloudFront-Viewer-Country"] })],
      ],
    },
    {
      message:
        "warning: origins.b is a bucket, and Lambda@Edge sends to it unsigned what a custom origin would get: a private bucket responds with 403. Give the cache behavior an S3 origin with origin access control, or let the function run as a CloudFront Function.",
      wrong: [bucket, siteWith(lambda, {}, { originType: "custom" })],
      right: [[bucket, siteWith(atViewer)]],
    },
    {
      message:
        'warning: rules[0] is for "/assets/a.js" too, which keeps its origin: got the cache behavior "/assets/*", which does not run origin-select. Name it in the function\'s pathPatterns, or leave such paths out by a pathPattern.',
      wrong: [preview, withAssets("*")],
      right: [
        [preview, withAssets("*", "/assets/*")],
        [{ rules: [{ pathPattern: "/docs/*", prefix: "/v2" }] }, withAssets("*")],
      ],
    },
    {
      message:
        "warning: origin-select at viewer-response keeps a viewer's origin in a cookie, and split says nothing of one. Take the function out there, or set split.",
      wrong: [{ origins }, siteWith({ eventType: "viewer-response" })],
      right: [[split, siteWith({ eventType: "viewer-response" })]],
    },
  ])("$message", ({ message, wrong, right }) => {
    expect(messages(...wrong)).toEqual([message.replace(/LE-B-50: /, "")]);
    for (const each of right) expect(messages(...each)).toEqual([]);
  });

  it("CF-H-01: a bucket's policy is named, since a function cannot give access to it", () => {
    const expected =
      'info: origins.b needs a bucket policy of "b.s3.eu-west-1.amazonaws.com" that lets cloudfront.amazonaws.com read for this distribution.';
    expect(messages(bucket, siteWith(lambda))).toEqual([expected]);
    expect(messages(bucket, siteWith(script))).toEqual([expected]);
  });
});
