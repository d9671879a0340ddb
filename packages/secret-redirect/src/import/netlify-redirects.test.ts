import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import { explainSecretRedirect } from "../explain/explain-secret-redirect.ts";
import { importRedirects } from "./import-redirects.ts";
import { rulesOf } from "../../test/read-redirects.ts";

describe("_redirects of Netlify", () => {
  it("is read with query parameters, hosts, conditions and comments", () => {
    const text = [
      "# moved",
      "/a /b",
      "/c/*\t/d/:splat  302!  Country=us,ca Language=en # why",
      "/store id=:id /blog/:id 301",
      "https://old.example.com/* https://new.example.com/:splat",
      "/app /beta 302 Cookie=beta",
    ].join("\r\n");
    expect(rulesOf("_redirects", text)).toEqual([
      { from: "/a", to: "/b", status: 301 },
      {
        from: "/c/*",
        to: "/d/:splat",
        status: 302,
        conditions: { country: ["us", "ca"], language: ["en"] },
      },
      { from: "/store", to: "/blog/:id", status: 301, conditions: { query: { id: ":id" } } },
      {
        from: "/*",
        to: "https://new.example.com/:splat",
        status: 301,
        conditions: { host: "old.example.com" },
      },
      { from: "/app", to: "/beta", status: 302, conditions: { cookie: { beta: true } } },
    ]);
  });

  it("takes a segment that begins with a colon as one name, and any other colon as text", () => {
    const text = [
      "/file/:name.html /files/:name.html",
      "/seg-:id /segments",
      "/time/12:30 /noon",
      "/:year-:month/:2nd /archive/:year-:month/:2nd",
    ].join("\n");
    expect(rulesOf("_redirects", text).map(({ from, to }) => `${from} ${to}`)).toEqual([
      "/file/:name_html /files/:name_html",
      "/seg-%3Aid /segments",
      "/time/12%3A30 /noon",
      "/:year__month/:_2nd /archive/:year__month/:_2nd",
    ]);
    const compiled = compileSecretRedirect({ rules: rulesOf("_redirects", text) });
    const locationOf = (uri: string): string | undefined =>
      explainSecretRedirect(compiled, uri).result?.location;
    expect(locationOf("/file/a.pdf")).toBe("/files/a.pdf");
    expect(locationOf("/seg-1")).toBeUndefined();
    expect(locationOf("/seg-:id")).toBe("/segments");
    expect(locationOf("/time/12:30")).toBe("/noon");
  });

  it("names the line of each rule, and of each that cannot be", () => {
    const text = [
      "/a /b",
      "",
      "/b /c 300",
      "/d",
      "/e /f 301 Role=admin",
      "/g /h 3x1",
      "/i/:x /j/:y",
      "/k k v /l",
      "/m https://user@x.example/",
    ].join("\n");
    const { rules, problems } = importRedirects({ file: "public/_redirects", text });
    expect(rules).toEqual([{ from: "/a", to: "/b", status: 301, source: "public/_redirects:1" }]);
    expect(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`))
      .toMatchInlineSnapshot(`
      [
        "public/_redirects:3: The status is not one of a redirect: got "300". Allowed: 301, 302, 303, 307, 308.",
        "public/_redirects:4: The target is missing: got "/d". It starts with "/", "http:" or "https:".",
        "public/_redirects:5: The condition Role is not supported: got "admin". Supported: Country, Language, and Cookie with one name.",
        "public/_redirects:6: The status is not one of a redirect: got "3x1". Allowed: 301, 302, 303, 307, 308.",
        "public/_redirects:7: rule.to names :y, which from does not capture: got "/j/:y". Captured: :x. Write %3A for a ":" that is meant as such.",
        "public/_redirects:8: A name and value is expected: got "k". Write name=value.",
        "public/_redirects:9: rule.to is not valid: got "https://user@x.example/". Allowed: an absolute http or https URL without user information, or a path that starts with a single "/"; percent-encoded.",
      ]
    `);
  });
});
