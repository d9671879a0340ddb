import { describe, expect, it } from "vitest";
import { EdgeSiteError } from "../edge-site-error.ts";
import { defineEdgeConfig } from "./edge-config.ts";

const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc";
const prod = (stage: object) => ({ stages: { prod: stage } });
const named = (...names: readonly unknown[]) => prod({ domain: { names, certificateArn } });
const one = (changes: object) => ({ functions: [{ package: "a", config: {}, ...changes }] });
const api = { pathPattern: "/api/*", origin: "https://api.example.com" };
const behavior = (changes: object) => ({ behaviors: [{ ...api, ...changes }] });

/** What is said, what it is said of, and what its remedies make of that. */
type Row = readonly [said: RegExp, wrong: object, ...right: readonly object[]];

const rows: readonly Row[] = [
  [
    /releases is not valid: got "yes"\. .* as in { keep: 10, days: 30 }/,
    { releases: "yes" },
    { releases: { keep: 10, days: 30 } },
    { releases: true },
    { releases: false },
  ],
  [
    /releases\.keep is not valid: .* 1 or more/,
    { releases: { keep: 0 } },
    { releases: { keep: 1 } },
  ],
  [
    /stages\.prod\.previews\.users is not valid: got a list\. .* or false for a stage/,
    prod({ previews: { users: ["secret"] } }),
    prod({ previews: { users: false } }),
    prod({ previews: { users: { team: "correct horse battery" } } }),
  ],
  [
    /previews\.domain has no name of the distribution: got "preview\.example\.com", .* Add "\*\.preview\.example\.com" there/,
    prod({ previews: { users: false, domain: "preview.example.com" } }),
    prod({
      previews: { users: false, domain: "preview.example.com" },
      domain: { names: ["*.preview.example.com"], certificateArn },
    }),
  ],
  [
    /previews\.domain is not valid: got "\*\.example\.com"\. .* as in "preview\.example\.com"/,
    prod({ previews: { users: false, domain: "*.example.com" } }),
    prod({
      previews: { users: false, domain: "preview.example.com" },
      domain: { names: ["*.preview.example.com"], certificateArn },
    }),
  ],

  [
    /siteFolderr is not a setting: .* Did you mean siteFolder\?/,
    { siteFolderr: "x" },
    { siteFolder: "x" },
  ],
  [
    /stackName is not valid: .* 1 to 128 letters, digits and hyphens/,
    { stackName: "my notes" },
    { stackName: "my-notes" },
  ],
  [
    /siteFiles is not an object: .* Allowed: include, exclude/,
    { siteFiles: ["*.sql"] },
    { siteFiles: { include: ["*.sql"], exclude: ["drafts"] } },
  ],
  [
    /siteFiles\.include is not a list: .* in square brackets/,
    { siteFiles: { include: "*.sql" } },
    { siteFiles: { include: ["*.sql"] } },
  ],
  [
    /siteFiles\.exclude\[0\] is not valid: .* as in "downloads\/\*\.sql"/,
    { siteFiles: { exclude: ["./drafts/"] } },
    { siteFiles: { exclude: ["downloads/*.sql"] } },
  ],
  [
    /contentTypes is not an object: .* \{ feed: "application\/rss\+xml" \}/,
    { contentTypes: ["feed"] },
    { contentTypes: { feed: "application/rss+xml" } },
  ],
  [
    /hashedAssetsPattern is not valid: .* as in "\/assets\/\*"/,
    { hashedAssetsPattern: "assets" },
    { hashedAssetsPattern: "/assets/*" },
  ],
  [
    /replacedAssetsDays is not valid: .* a whole number, 1 or more/,
    { replacedAssetsDays: 0 },
    { replacedAssetsDays: 1 },
  ],
  [
    /behaviors\[0\]\.pathPattern is not valid: .* as in "\/api\/\*"/,
    behavior({ pathPattern: "/api/[a]" }),
    behavior({ pathPattern: "/api/*" }),
  ],
  [
    /behaviors\[0\]\.pathPattern is taken already: got "\/assets\/\*"\. .* a pattern of its own/,
    { hashedAssetsPattern: "/assets/*", ...behavior({ pathPattern: "/assets/*" }) },
    behavior({ pathPattern: "/files/*" }),
  ],
  [
    /behaviors\[1\]\.pathPattern is taken already/,
    { behaviors: [api, api] },
    { behaviors: [api, { ...api, pathPattern: "/other" }] },
  ],
  [
    /behaviors\[0\]\.origin is not an origin: .* "site", the https: URL of an API .* functionFolder: "\.\.\/api\/dist"/,
    behavior({ origin: "http://api.example.com" }),
    behavior({ origin: "site" }),
    behavior({ origin: "https://api.example.com" }),
    behavior({ origin: { functionFolder: "../api/dist" } }),
  ],
  [
    /is not an origin/,
    behavior({ origin: "https://user@api.example.com" }),
    behavior({ origin: "https://api.example.com" }),
  ],
  [
    /is not an origin/,
    behavior({ origin: "https://127.0.0.1" }),
    behavior({ origin: "https://api.example.com" }),
  ],
  [
    /is not an origin/,
    behavior({ origin: "https://api.example.com/?a" }),
    behavior({ origin: "https://api.example.com" }),
  ],
  [
    /behaviors\[0\]\.origin\.handler is not valid: .* as in "index\.handler"/,
    behavior({ origin: { functionFolder: "x", handler: "handler" } }),
    behavior({ origin: { functionFolder: "x", handler: "index.handler" } }),
  ],
  [
    /behaviors\[0\]\.origin\.environment is not valid: .* texts by name/,
    behavior({ origin: { functionFolder: "x", environment: { A: 1 } } }),
    behavior({ origin: { functionFolder: "x", environment: { A: "1" } } }),
  ],
  [
    /behaviors\[0\]\.cachePolicy is not valid: got "Managed-CachingDisabled"\. Allowed: "CachingDisabled"/,
    behavior({ cachePolicy: "Managed-CachingDisabled" }),
    behavior({ cachePolicy: "CachingDisabled" }),
  ],
  [
    /notFoundPage is not valid: .* as in "\/404\.html", or false/,
    { notFoundPage: "404.html" },
    { notFoundPage: "/404.html" },
    { notFoundPage: false },
  ],
  [
    /errorPages\[0\]\.status is not valid: got 401\. Allowed: 400, 403/,
    { errorPages: [{ status: 401, page: "/a.html" }] },
    { errorPages: [{ status: 403, page: "/a.html" }] },
  ],
  [
    /errorPages\[1\]\.status has a page already: got 403\. Keep one/,
    {
      errorPages: [
        { status: 403, page: "/a.html" },
        { status: 403, page: "/b.html" },
      ],
    },
    { errorPages: [{ status: 403, page: "/a.html" }] },
  ],
  [
    /functions is not a list: .* in square brackets/,
    { functions: {} },
    { functions: [{ package: "a", config: {} }] },
  ],
  [
    /functions\[0\]\.package is not valid: .* as in "spa-rewrite"/,
    one({ package: "" }),
    one({ package: "spa-rewrite" }),
  ],
  [/functions\[0\]\.config is not plain JSON/, one({ config: [] }), one({ config: { rules: [] } })],
  [
    /functions\[0\]\.pathPatterns\[0\] is not valid: .* as in "\*" or "\/assets\/\*"/,
    one({ pathPatterns: ["assets/*"] }),
    one({ pathPatterns: ["*", "/assets/*"] }),
  ],
  [
    /functions\[0\]\.limits is not an object: .* \{ minObservatoryScore: 130 \}/,
    one({ limits: 130 }),
    one({ limits: { minObservatoryScore: 130 } }),
  ],
  [
    /functions\[0\]\.engine is not valid/,
    one({ engine: "lambda" }),
    one({ engine: "lambda-edge" }),
    one({ engine: "cloudfront-function" }),
  ],
  [
    /functions\[0\]\.eventType is not valid/,
    one({ eventType: "request" }),
    one({ eventType: "viewer-request" }),
  ],
  [
    /cacheKey\.header is not a setting: .* Did you mean headers\?/,
    { cacheKey: { header: [] } },
    { cacheKey: { headers: [] } },
  ],
  [
    /cacheKey\.cookies is not a list: .* in square brackets/,
    { cacheKey: { cookies: "lang" } },
    { cacheKey: { cookies: ["lang"] } },
  ],
  [
    /cacheKey\.headers has no valid name: .* Allowed: names, as in "lang"/,
    { cacheKey: { headers: ["a b"] } },
    { cacheKey: { headers: ["lang"] } },
  ],
  [
    /cacheKey\.queryStrings has too many names: .* 10 at most/,
    { cacheKey: { queryStrings: [..."abcdefghijk"] } },
    { cacheKey: { queryStrings: [..."abcdefghij"] } },
    { cacheKey: { queryStrings: "all" } },
  ],
  [
    /tryOut\[0\]\.uri is not valid: .* as in "\/notes\/1"/,
    { tryOut: [{ uri: "a", shows: "a" }] },
    { tryOut: [{ uri: "/notes/1", shows: "a" }] },
  ],
  [
    /liveChecks\[0\]\.status is not valid: .* 200 or more/,
    { liveChecks: [{ uri: "/", status: "200" }] },
    { liveChecks: [{ uri: "/", status: 200 }] },
  ],
  [
    /liveChecks\[0\]\.headers is not valid: .* "\*" stands for any value/,
    { liveChecks: [{ uri: "/", status: 200, headers: { a: 1 } }] },
    { liveChecks: [{ uri: "/", status: 302, headers: { location: "/elsewhere", etag: "*" } }] },
  ],
  [
    /stages is not valid: .* as in \{ dev: \{\}, prod: \{ terminationProtection: true \} \}/,
    { stages: {} },
    { stages: { dev: {}, prod: { terminationProtection: true } } },
  ],
  [/The name of a stage is not valid/, { stages: { Prod: {} } }, { stages: { prod: {} } }],
  [
    /stages\.prod\.stackName is taken: .* Give each stage its own/,
    { stages: { dev: { stackName: "n" }, prod: { stackName: "n" } } },
    { stages: { dev: { stackName: "n" }, prod: { stackName: "p" } } },
  ],
  [
    /account is not valid: .* as in "111122223333"/,
    prod({ account: "1111" }),
    prod({ account: "111122223333" }),
  ],
  [
    /logRetentionDays is not valid: .* Allowed: 1, 3, 5/,
    prod({ logRetentionDays: 100 }),
    prod({ logRetentionDays: 90 }),
  ],
  [/names is empty: .* Give at least one name/, named(), named("example.com")],
  [
    /names\[0\] is not valid: .* as in "notes\.example\.com"/,
    named("https://notes.example.com"),
    named("notes.example.com"),
  ],
  [
    /names\[0\] is not valid: got "bücher\.example"\. Write the host name in Punycode: "xn--bcher-kva\.example"/,
    named("bücher.example"),
    named("xn--bcher-kva.example"),
  ],
  [
    /names\[0\] is not valid: got "\*\.пример\.рф"\. .* Punycode: "\*\.xn--e1afmkfd\.xn--p1ai"/,
    named("*.пример.рф"),
    named("*.xn--e1afmkfd.xn--p1ai"),
  ],
];

describe("a remedy is followed, and the configuration is taken", () => {
  it.each(rows)("%s", (...row) => {
    const [said, wrong, ...right] = row as unknown as Row;
    const define = (changes: object) =>
      defineEdgeConfig({
        stackName: "notes",
        siteFolder: "../notes/dist",
        functions: [],
        ...changes,
      });
    expect(() => define(wrong)).toThrow(EdgeSiteError);
    expect(() => define(wrong)).toThrow(said);
    expect(right.length).toBeGreaterThan(0);
    for (const each of right) expect(() => define(each)).not.toThrow();
  });
});
