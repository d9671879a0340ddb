import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import type { PolicySelections } from "cf-types";
import type { CacheBehaviorFacts } from "./check-secret-redirect.ts";
import { checkSecretRedirect } from "./check-secret-redirect.ts";

const nothing: PolicySelections = { headers: "none", cookies: "none", queryStrings: "none" };

interface Given {
  readonly key?: Partial<PolicySelections>;
  readonly forwarded?: Partial<PolicySelections>;
  readonly minTtlSeconds?: number;
  readonly originType?: "s3" | "custom";
}

function facts({
  key,
  forwarded,
  minTtlSeconds = 0,
  originType = "custom",
}: Given): CacheBehaviorFacts {
  return {
    pathPattern: "*",
    cachePolicy: { ...nothing, ...key, minTtlSeconds },
    ...(forwarded && { originRequestPolicy: { ...nothing, ...forwarded } }),
    originType,
  };
}

function kinds(rule: Partial<RedirectRule>, given: Given): string[] {
  const compiled = compileSecretRedirect({
    rules: [{ from: "/a", to: "/b", query: "drop", ...rule }],
  });
  return checkSecretRedirect({ compiled, cacheBehavior: facts(given) }).map(
    ({ severity, kind }) => `${severity} ${kind}`,
  );
}

const country = { conditions: { country: "DE" } };
const cookie = { conditions: { cookie: { beta: true } } };
const query = { conditions: { query: { id: "1" } } };
const host = { conditions: { host: "a.example" } };
const token = { token: { in: "query", name: "k", value: "hush" } } as const;
const notForwarded = ["error not-forwarded"];
const notInKey = ["error not-in-cache-key"];

describe("a rule on a cache behavior", () => {
  it.each<[string, Partial<RedirectRule>, Given, string[]]>([
    ["that reads nothing", {}, {}, []],
    ["LE-B-50: that reads a country that no policy asks for", country, {}, notForwarded],
    [
      "LE-B-50: that reads a country beside all viewer headers",
      country,
      { key: { headers: "all" } },
      notForwarded,
    ],
    [
      "that reads a country of the cache key",
      country,
      { key: { headers: ["CloudFront-Viewer-Country"] } },
      [],
    ],
    [
      "that reads a country that is forwarded, but not in the cache key",
      country,
      { forwarded: { headers: { allViewerAnd: ["CloudFront-Viewer-Country"] } } },
      notInKey,
    ],
    [
      "LE-B-57: that reads a cookie that is not forwarded",
      cookie,
      { key: { cookies: ["alpha"] } },
      notForwarded,
    ],
    [
      "that reads a cookie of the cache key",
      cookie,
      { key: { cookies: { allExcept: ["alpha"] } } },
      [],
    ],
    [
      "that reads a cookie that the cache key leaves out",
      cookie,
      { key: { cookies: { allExcept: ["beta"] } }, forwarded: { cookies: "all" } },
      notInKey,
    ],
    [
      "LE-B-07: that reads a query parameter when only some are forwarded",
      query,
      { key: { queryStrings: ["id"] } },
      notForwarded,
    ],
    [
      "that reads a query parameter of the cache key when all are forwarded",
      query,
      { key: { queryStrings: ["id"] }, forwarded: { queryStrings: "all" } },
      [],
    ],
    [
      "that reads a query parameter that is not in the cache key",
      query,
      { forwarded: { queryStrings: "all" } },
      notInKey,
    ],
    [
      "that reads a language of the cache key",
      { conditions: { language: "de" } },
      { key: { headers: ["accept-language"] } },
      [],
    ],
    ["LE-B-45: that reads the host without Host", host, { key: {} }, notForwarded],
    ["that reads the host of the cache key", host, { key: { headers: ["Host"] } }, []],
    [
      "LE-C-16: that reads the host before an S3 origin",
      host,
      { key: { headers: ["Host"] }, originType: "s3" },
      notForwarded,
    ],
    ["CF-G-01: that tells GET from HEAD", { conditions: { method: "GET" } }, {}, notInKey],
    ["that tells POST from GET", { conditions: { method: "POST" } }, {}, []],
    ["that reads the time", { conditions: { time: { from: "2026-12-01T00:00:00Z" } } }, {}, []],
    [
      "whose token shares a cache entry with none",
      token,
      { forwarded: { queryStrings: "all" } },
      notInKey,
    ],
    ["whose token is in the cache key", token, { key: { queryStrings: "all" } }, []],
    [
      "CF-G-11: whose token's response is kept for the minimum TTL",
      token,
      { key: { queryStrings: "all" }, minTtlSeconds: 1 },
      ["warning kept-too-long"],
    ],
    [
      "that passes on a query string that never comes",
      { query: "keep" },
      {},
      ["warning not-forwarded"],
    ],
    [
      "that passes on a query string that is not in the cache key",
      { query: "merge" },
      { forwarded: { queryStrings: "all" } },
      notInKey,
    ],
    [
      "that passes on a query string of the cache key",
      { query: "keep" },
      { key: { queryStrings: "all" } },
      [],
    ],
  ])("%s", (_, rule, given, expected) => {
    expect(kinds(rule, given)).toEqual(expected);
  });

  it("is named with the cache behavior and a remedy", () => {
    const compiled = compileSecretRedirect({
      rules: [{ from: "/a", to: "/b", query: "drop", source: "_redirects:3", ...country }],
    });
    expect(checkSecretRedirect({ compiled, cacheBehavior: facts({}) })).toEqual([
      {
        severity: "error",
        kind: "not-forwarded",
        rule: "_redirects:3",
        message:
          '_redirects:3 on *: it reads the header cloudfront-viewer-country, which does not reach the function. Put it into the cache key, as in cacheKey: { headers: ["cloudfront-viewer-country"] }.',
      },
    ]);
  });
});
