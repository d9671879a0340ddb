import { describe, expect, it } from "vitest";
import { CacheHeadersOptionsError } from "../cache-headers-options-error.ts";
import type { CacheHeadersOptions } from "./cache-headers-options.ts";
import { compileCacheHeaders } from "./compile-cache-headers.ts";

describe("compileCacheHeaders", () => {
  it("needs no option: hashed names for a year, pages for a minute at the edge, errors for 10 s", () => {
    const { rules } = compileCacheHeaders();
    expect(rules.map(({ name, cacheControl }) => [name, cacheControl])).toEqual([
      ["hashedNames", "public, max-age=31536000, immutable"],
      ["pages", "public, max-age=0, s-maxage=60"],
      ["errorTtlSeconds", "public, max-age=0, s-maxage=10"],
      ["errorTtlSeconds", "no-store"],
    ]);
  });

  it("has no rule of its own where they are switched off", () => {
    const none = { hashedNames: false, pages: false, errorTtlSeconds: false } as const;
    expect(compileCacheHeaders(none).rules).toEqual([]);
  });

  it.each([
    [{ browserTtlSeconds: 60 }, "public, max-age=60"],
    [{ browserTtlSeconds: 60, edgeTtlSeconds: 60 }, "public, max-age=60"],
    [{ browserTtlSeconds: 0, edgeTtlSeconds: 300 }, "public, max-age=0, s-maxage=300"],
    [{ browserTtlSeconds: 600, edgeTtlSeconds: 0 }, "public, max-age=600, s-maxage=0"],
    [
      { edgeTtlSeconds: 60, staleWhileRevalidateSeconds: 30, staleIfErrorSeconds: 3600 },
      "public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=3600",
    ],
    [{ cacheability: "private", browserTtlSeconds: 60 }, "private, max-age=60"],
    [{ cacheability: "no-store" }, "no-store"],
  ] as const)("CF-G-08: writes %j as %s", (lifetime, cacheControl) => {
    expect(compileCacheHeaders({ rules: [lifetime] }).rules[0]).toHaveProperty(
      "cacheControl",
      cacheControl,
    );
  });

  it("returns plain JSON", () => {
    const compiled = compileCacheHeaders({ rules: [{ contentTypes: ["image/*"] }] });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });
});

interface Refused {
  readonly options: unknown;
  readonly code: string;
  readonly message: string;
  /** What the message says to write instead. */
  readonly remedy: CacheHeadersOptions;
}

describe("compileCacheHeaders refuses what cannot be meant, and takes the remedy", () => {
  it.each<Refused>([
    {
      options: null,
      code: "INVALID_TYPE",
      message:
        "The options are not an object: got null. Allowed: rules, hashedNames, pages, errorTtlSeconds, cacheTagHeader, cacheTags, removeHeaders.",
      remedy: {},
    },
    {
      options: { page: false },
      code: "UNKNOWN_OPTION",
      message: "page is not an option: got false. Did you mean pages?",
      remedy: { pages: false },
    },
    {
      options: { rules: {} },
      code: "INVALID_TYPE",
      message:
        'rules is not a list: got {}. Give objects, as in [{ "pathPattern": "/api/*", "edgeTtlSeconds": 60 }].',
      remedy: { rules: [{ pathPattern: "/api/*", edgeTtlSeconds: 60 }] },
    },
    {
      options: { rules: [{ ttl: 60 }] },
      code: "UNKNOWN_OPTION",
      message:
        "rules[0].ttl is not an option: got 60. Allowed: pathPattern, contentTypes, statuses, hashedNames, overridePrivate, cacheability, browserTtlSeconds, edgeTtlSeconds, immutable, staleWhileRevalidateSeconds, staleIfErrorSeconds.",
      remedy: { rules: [{ edgeTtlSeconds: 60 }] },
    },
    {
      options: { rules: [{ pathPattern: "api/*" }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].pathPattern is not a path pattern: got "api/*". Begin with / or *, as in "/embed/*"; at most 255 printable ASCII characters.',
      remedy: { rules: [{ pathPattern: "/api/*" }] },
    },
    {
      options: { rules: [{ contentTypes: ["html"] }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].contentTypes is not a list of content types: got ["html"]. Give types without parameters, as in ["text/html", "image/*"].',
      remedy: { rules: [{ contentTypes: ["text/html", "image/*"] }] },
    },
    {
      options: { rules: [{ statuses: [199] }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].statuses is not a list of statuses: got [199]. Give status codes from 200 to 599 and classes, as in [404, "5xx"].',
      remedy: { rules: [{ statuses: [404, "5xx"] }] },
    },
    {
      options: { rules: [{ hashedNames: "yes" }] },
      code: "INVALID_TYPE",
      message: 'rules[0].hashedNames is not a boolean: got "yes". Allowed: true, false.',
      remedy: { rules: [{ hashedNames: true }] },
    },
    {
      options: { rules: [{ edgeTtlSeconds: 1.5 }] },
      code: "INVALID_VALUE",
      message:
        "rules[0].edgeTtlSeconds is not a lifetime: got 1.5. Allowed: a whole number of seconds, from 0 to 31536000, which is a year.",
      remedy: { rules: [{ edgeTtlSeconds: 31_536_000 }] },
    },
    {
      options: { pages: { immutable: 1 } },
      code: "INVALID_TYPE",
      message: "pages.immutable is not a boolean: got 1. Allowed: true, false.",
      remedy: { pages: { immutable: false } },
    },
    {
      options: { rules: [{ cacheability: "shared" }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].cacheability is not valid: got "shared". Allowed: "public", "private", "no-store".',
      remedy: { rules: [{ cacheability: "public" }] },
    },
    {
      options: { rules: [{ cacheability: "private", edgeTtlSeconds: 60 }] },
      code: "CONTRADICTION",
      message:
        'rules[0].edgeTtlSeconds says nothing where cacheability is "private": got 60. Leave one of them out.',
      remedy: { rules: [{ edgeTtlSeconds: 60 }] },
    },
    {
      options: { rules: [{ immutable: true }] },
      code: "CONTRADICTION",
      message:
        "rules[0].immutable says nothing without a lifetime in the browser: got true. Set browserTtlSeconds, or leave it out.",
      remedy: { rules: [{ immutable: true, browserTtlSeconds: 60 }] },
    },
    {
      options: { errorTtlSeconds: -1 },
      code: "INVALID_VALUE",
      message:
        "errorTtlSeconds is not a lifetime: got -1. Allowed: a whole number of seconds, from 0 to 31536000, which is a year.",
      remedy: { errorTtlSeconds: 0 },
    },
    {
      options: { cacheTags: [{ tags: ["a"] }] },
      code: "CONTRADICTION",
      message:
        'cacheTags has no header to go into: got [{"tags":["a"]}]. Set cacheTagHeader to the name that the distribution\'s CacheTagConfig has.',
      remedy: { cacheTagHeader: "Cache-Tag", cacheTags: [{ tags: ["a"] }] },
    },
    {
      options: { cacheTagHeader: "cache tag" },
      code: "INVALID_VALUE",
      message:
        'cacheTagHeader is not the name of a header: got "cache tag". Give a name as in CacheTagConfig, as in "Cache-Tag".',
      remedy: { cacheTagHeader: "Cache-Tag" },
    },
    {
      options: { cacheTagHeader: "Cache-Tag", cacheTags: [{ tags: ["a,b"] }] },
      code: "INVALID_VALUE",
      message:
        'cacheTags[0].tags is not a list of cache tags: got ["a,b"]. Give texts of at most 256 printable ASCII characters without comma and space; {1} to {9} stand for segments of the path, as in ["products", "product-{2}"].',
      remedy: {
        cacheTagHeader: "Cache-Tag",
        cacheTags: [{ tags: ["products", "product-{2}"] }],
      },
    },
    {
      options: { removeHeaders: ["a b"] },
      code: "INVALID_HEADER",
      message:
        'removeHeaders is not a list of header names: got ["a b"]. Give names, with * as the last character for all that begin so, as in ["Server", "x-amz-meta-*"].',
      remedy: { removeHeaders: ["Server", "x-amz-meta-*"] },
    },
    {
      options: { removeHeaders: ["V*"] },
      code: "INVALID_HEADER",
      message:
        'removeHeaders[0] names a header that must stay: got "V*". CloudFront responds with 502 when a function removes via at origin-response.',
      remedy: { removeHeaders: ["Vary"] },
    },
    {
      options: { removeHeaders: ["X-Amz-Cf-Pop"] },
      code: "INVALID_HEADER",
      message:
        'removeHeaders[0] names a header that must stay: got "X-Amz-Cf-Pop". CloudFront does not show it to functions: leave it out.',
      remedy: { removeHeaders: [] },
    },
    {
      options: { removeHeaders: ["Cache-Control"] },
      code: "INVALID_HEADER",
      message:
        'removeHeaders[0] names a header that must stay: got "Cache-Control". It is what the rules set: write a rule.',
      remedy: { rules: [{ edgeTtlSeconds: 60 }] },
    },
  ])("$message", ({ options, code, message, remedy }) => {
    const compile = () => compileCacheHeaders(options as CacheHeadersOptions);
    expect(compile).toThrow(CacheHeadersOptionsError);
    expect(compile).toThrow(expect.objectContaining({ code, message }));
    expect(() => compileCacheHeaders(remedy)).not.toThrow();
  });
});
