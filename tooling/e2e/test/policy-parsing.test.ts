import type { Browser } from "playwright-core";
import { compileSecurityHeaders } from "security-headers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../src/launch-browser.ts";
import { openPage } from "../src/open-page.ts";

let browser: Browser | undefined;

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("browser" in launched) browser = launched.browser;
  else process.stderr.write(`${launched.unavailable}\n`);
});

afterAll(async () => browser?.close());

const sha256 = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Sources as they are written, right and wrong. */
const sources = [
  ["*", "'self'", "'none'", "SELF", "self", "'self", "self'", '"self"', "'Self'", "'selfs'"],
  ["a.example", "*.a.example", "*a.example", "a.*", "a.*.example", "*.*.example", "a..example"],
  [".a.example", "a.example.", "a_b.example", "-a.example", "localhost", "127.0.0.1", "[::1]"],
  ["a.example:80", "a.example:*", "*:*", "*:443", "a.example:", "a.example:x", "a.example:99999"],
  ["http://a.example", "HTTPS://A.EXAMPLE", "https://*", "https://*:*", "https://", "//a.example"],
  ["https:a.example", "https:/a.example", "https//a.example", "htps://a.example", "ws://a.example"],
  ["a.example/", "a.example/b", "a.example/b/", "a.example/%3B", "a.example/b?c", "a.example/b#c"],
  [
    "http:",
    "https:",
    "data:",
    "blob:",
    "data",
    "blob",
    "custom:",
    "custom+scheme-1.0:",
    "1x:",
    ":",
  ],
  ["'unsafe-inline'", "unsafe-inline", "'unsafe_inline'", "'unsafe-eval'", "'wasm-unsafe-eval'"],
  ["'unsafe-hashes'", "'report-sample'", "'strict-dynamic'", `${sha256} 'strict-dynamic'`],
  [
    sha256,
    sha256.slice(1, -1),
    sha256.replace("=", ""),
    "'sha256-'",
    "'sha256-AAAA'",
    "'sha1-AAAA'",
  ],
  [sha256.replaceAll("/", "_").replaceAll("+", "-"), "'md5-AAAA'", "'sha256-a$b'", "'nonce-'"],
  ["'nonce-abc'", "nonce-abc", "'nonce-a b'", "'none' https:", "https: 'none'", "'NONE' a.example"],
  ["script-src", "img-src 'self'", "'https://a.example'", "'data:'", "'*'", "a.example,b.example"],
].flat();

const wholePolicies = [
  "default-src 'self' script-src 'self'",
  "default-src: 'self'",
  "default-src='self'",
  "defaultsrc 'self'",
  "img-src *; img-src *",
  "IMG-SRC *",
  "img-src\t*",
  "img-src\u00A0*",
  "sandbox",
  "sandbox allow-scripts",
  "sandbox allow-script",
  "upgrade-insecure-requests",
  "upgrade-insecure-requests 1",
  "require-trusted-types-for 'script'",
  "require-trusted-types-for script",
  "require-trusted-types-for 'style'",
  "trusted-types a b",
  "trusted-types 'allow-duplicates' a",
  "trusted-types *",
  "trusted-types a 'none'",
  "frame-ancestors 'self' https://a.example",
  "frame-ancestors 'unsafe-inline'",
  "plugin-types a/b",
  "report-uri /r",
  "report-uri",
  "reflected-xss block",
  "referrer no-referrer",
  "script-src ; ;",
];
const policies = sources
  .flatMap((source) => [`script-src ${source}`, `img-src ${source}`])
  .concat(wholePolicies);

function isAccepted(policy: string): boolean {
  try {
    compileSecurityHeaders({ contentSecurityPolicy: policy });
    return true;
  } catch {
    return false;
  }
}

describe("a policy that passes", () => {
  it("is one that the browser's own parser finds nothing amiss with", async (context) => {
    const { page } = await openPage(browser, context);
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    let policy = "";
    await page.route("https://policy.example/**", (route) =>
      route.fulfill({
        headers: { "content-security-policy": policy },
        contentType: "text/html",
        body: "<!doctype html><link rel=icon href=data:,><title>Policy</title>",
      }),
    );
    const amiss: string[] = [];
    let acceptedCount = 0;
    for (policy of policies) {
      if (!isAccepted(policy)) continue;
      acceptedCount += 1;
      complaints.length = 0;
      await page.goto("https://policy.example/");
      // Chromium says so of each source and directive that it ignores or takes for another thing.
      const found = complaints.filter((text) =>
        /contains an invalid|contains the source|Unrecognized|is ignored|ignored\.|not recognized|Error while parsing/i.test(
          text,
        ),
      );
      amiss.push(...found.map((text) => `${policy}: ${text}`));
    }
    expect(amiss).toEqual([]);
    expect(acceptedCount).toBeGreaterThan(60);
  });
});
