import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { isAcceptedLocation } from "./accepted-location.ts";

it.each([
  "https://example.com",
  "https://example.com/",
  "http://example.com/a/b?c=d&e=%20f#g",
  "HTTPS://Example.COM/",
  "https://example.com?a=b",
  "https://example.com#a",
  "https://example.com:8443/",
  "https://localhost",
  "https://192.0.2.1/",
  "https://example.com./",
  "https://xn--caf-dma.example/",
  "https://example.com//double",
  "https://example.com/secret",
  "/",
  "/login",
  "/login?next=/secret#top",
  "/a//b",
  "/secret/found",
  "/a'b(c)*;d=e,f!g$h:i@j",
])("accepts %s", (location) => {
  expect(isAcceptedLocation(location)).toBe(true);
});

describe("what a viewer could read otherwise than it is meant", () => {
  it.each([
    "",
    " ",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:\\\\example.com",
    "https:/example.com",
    "https:example.com",
    "https://",
    "https:///example.com",
    "https://user@example.com/",
    "https://user:pass@example.com/",
    "https://example.com@evil.example/",
    "https://example.com:99999/",
    "https://example.com:/",
    "https://example..com/",
    "https://.example.com/",
    "https://exa mple.com/",
    "https://80/",
    "https://0x7f.1/",
    "https://1.2.3/",
    "https://1.2.3.256/",
    "https://127.0.0.010/",
    "https://example.1/",
    "https://[::1]/",
    "https://caf\u00E9.example/",
    "https://example.com/caf\u00E9",
    "https://example.com/a b",
    "https://example.com/\r\nSet-Cookie: a=b",
    "https://example.com/\n",
    "/login\n",
    "/log\tin",
    "/log\0in",
    "/a\u2028b",
    "/100%",
    "/%zz",
    "/a<b>",
    '/a"b',
    "/a`b",
    "/a|b",
    "/a^b",
    "/{a}",
    "javascript:alert(1)",
    "data:text/html,hi",
    "ftp://example.com/",
    "example.com",
    "login",
    "./login",
    "?next",
    "#top",
  ])("is refused: %j", (location) => {
    expect(isAcceptedLocation(location)).toBe(false);
  });

  it("is never accepted: what is accepted stays on its host for a viewer's URL parser", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "@",
      ":",
      "?",
      "#",
      ".",
      "..",
      "%2F",
      "%",
      "\t",
      "\r\n",
      " ",
      "[",
      "]",
      "https:",
      "http://",
      "evil.example",
      "site.example",
      "a",
      "80",
      "\u00E9",
      "-",
      "_",
    );
    const location = fc
      .tuple(
        fc.constantFrom("/", "https://site.example", "https://", "http://site.example:80/", ""),
        fc.array(piece, { maxLength: 6 }),
      )
      .map(([start, rest]) => start + rest.join(""));
    const seen = { accepted: 0 };
    fc.assert(
      fc.property(location, (given) => {
        if (!isAcceptedLocation(given)) return;
        seen.accepted += 1;
        const url = new URL(given, "https://own.example");
        expect(url.username + url.password).toBe("");
        expect(given).toMatch(/^[!-~]+$/);
        const written = /^https?:\/\/([^/?#]+)/i.exec(given)?.[1] ?? "own.example";
        expect(written.replace(/:\d*$/, "").toLowerCase()).toBe(url.hostname);
      }),
      propertyRuns(20000),
    );
    expect(seen.accepted).toBeGreaterThan(200);
  });
});
