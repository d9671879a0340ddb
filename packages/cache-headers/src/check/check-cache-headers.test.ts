import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import type { SynthesizedSite } from "cf-types";
import { describe, expect, it } from "vitest";
import type { CacheHeadersOptions } from "../compile/cache-headers-options.ts";
import { compileCacheHeaders } from "../compile/compile-cache-headers.ts";
import { checkSynthesizedSite, compilerOf } from "../synth-check.ts";

const key = { headers: "none", cookies: "none", queryStrings: "none" } as const;

function siteWith(
  ttls: { readonly min?: number; readonly max?: number },
  changes: Partial<SynthesizedSite> = {},
): SynthesizedSite {
  const { min: minTtlSeconds = 0, max: maxTtlSeconds = 31_536_000 } = ttls;
  const cachePolicy = { ...key, minTtlSeconds, maxTtlSeconds };
  return synthesizedSite({
    eventType: "origin-response",
    cacheBehaviors: [synthesizedCacheBehavior({ cachePolicy })],
    ...changes,
  });
}

function messages(options: CacheHeadersOptions, site: SynthesizedSite): readonly string[] {
  return checkSynthesizedSite(compileCacheHeaders(options), site).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

it("a sound site has no findings, nor has one whose TTLs are not known", () => {
  expect(messages({}, siteWith({}))).toEqual([]);
  expect(messages({}, synthesizedSite())).toEqual([]);
});

it("options that are not compiled are known", () => {
  expect(compilerOf(compileCacheHeaders())).toBeUndefined();
  expect(compilerOf({ rules: [] })).toBe("compileCacheHeaders");
});

describe("a remedy is followed, and nothing is left to say", () => {
  const year = { browserTtlSeconds: 31_536_000, immutable: true };
  const short = { rules: [{ edgeTtlSeconds: 5 }] };
  it.each<{
    readonly message: string;
    readonly wrong: readonly [CacheHeadersOptions, SynthesizedSite];
    readonly right: readonly (readonly [CacheHeadersOptions, SynthesizedSite])[];
  }>([
    {
      message:
        'CF-G-08: hashedNames keeps responses for 31536000 s, and the cache policy of "*" for 86400 s at most. Give the rule at most 86400 s, or raise the policy\'s maximum TTL.',
      wrong: [{ hashedNames: year }, siteWith({ max: 86_400 })],
      right: [
        [{ hashedNames: { browserTtlSeconds: 60 } }, siteWith({ max: 86_400 })],
        [{}, siteWith({ max: 86_400 })],
        [{ hashedNames: year }, siteWith({})],
      ],
    },
    {
      message:
        'CF-G-17: rules[0] keeps responses for 7200 s, and the cache policy of "*" for 3600 s at most. Give the rule at most 3600 s, or raise the policy\'s maximum TTL.',
      wrong: [
        { hashedNames: false, rules: [{ staleIfErrorSeconds: 7200 }] },
        siteWith({ max: 3600 }),
      ],
      right: [
        [{ hashedNames: false, rules: [{ staleIfErrorSeconds: 3600 }] }, siteWith({ max: 3600 })],
      ],
    },
    {
      message:
        'CF-G-09: rules[0] keeps responses for 5 s, and the cache policy of "*" for 60 s at least. Give the rule at least 60 s, or lower the policy\'s minimum TTL.',
      wrong: [short, siteWith({ min: 60 })],
      right: [
        [{ rules: [{ edgeTtlSeconds: 60 }] }, siteWith({ min: 60 })],
        [short, siteWith({ min: 0 })],
      ],
    },
    {
      message:
        "CF-G-11: rules[0] keeps responses out of CloudFront's cache, but the cache policy of \"*\" keeps each for 1 s all the same: what was meant for one viewer may go to another. Set the policy's minimum TTL to 0.",
      wrong: [{ rules: [{ cacheability: "private" }] }, siteWith({ min: 1 })],
      right: [[{ rules: [{ cacheability: "private" }] }, siteWith({ min: 0 })]],
    },
    {
      message:
        'CF-G-14: Cache behavior "*" caches nothing: its cache policy has a maximum TTL of 0, so that lifetimes reach browsers alone. Take it out of the function\'s pathPatterns, or give it another cache policy.',
      wrong: [{}, siteWith({ max: 0 })],
      right: [
        [{}, siteWith({ max: 0 }, { cacheBehaviors: [] })],
        [{}, siteWith({})],
      ],
    },
    {
      message:
        "CF-G-21: errorTtlSeconds keeps errors for 5 s, and the distribution for 10 s at least: got the status 404. Give the rule at least 10 s, or set the ErrorCachingMinTTL of a custom error response for the status.",
      wrong: [{ errorTtlSeconds: 5 }, siteWith({})],
      right: [
        [{ errorTtlSeconds: 10 }, siteWith({})],
        [
          { rules: [{ statuses: [404], edgeTtlSeconds: 5 }] },
          siteWith(
            {},
            { customErrorResponses: [{ errorCode: 404, errorCachingMinTtlSeconds: 5 }] },
          ),
        ],
      ],
    },
    {
      message:
        'CF-P-01: cacheTagHeader is none that the distribution reads: got no CacheTagConfig, and "Cache-Tag" in the options. Set CacheTagConfig.HeaderName of the distribution to the same name.',
      wrong: [{ cacheTagHeader: "Cache-Tag" }, siteWith({}, { cacheTagHeader: "" })],
      right: [[{ cacheTagHeader: "Cache-Tag" }, siteWith({}, { cacheTagHeader: "cache-tag" })]],
    },
  ])("$message", ({ message, wrong, right }) => {
    expect(messages(...wrong)).toEqual([`warning: ${message.replace(/^\S+: /, "")}`]);
    for (const each of right) expect(messages(...each)).toEqual([]);
  });
});

it("a rule is compared with the cache behavior that takes its paths", () => {
  const behavior = (pathPattern: string, maxTtlSeconds: number) =>
    synthesizedCacheBehavior({
      pathPattern,
      cachePolicy: { ...key, minTtlSeconds: 0, maxTtlSeconds },
    });
  const site = synthesizedSite({
    cacheBehaviors: [behavior("/api/*", 60), behavior("*", 31_536_000)],
    pathPatternOf: (path) => (path.startsWith("/api/") ? "/api/*" : "*"),
  });
  const rules = [
    { pathPattern: "/api/*", edgeTtlSeconds: 60 },
    { pathPattern: "/assets/*", edgeTtlSeconds: 3600 },
  ];
  expect(messages({ rules, hashedNames: false }, site)).toEqual([]);
});
