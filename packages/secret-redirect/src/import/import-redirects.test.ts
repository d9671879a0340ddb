import { describe, expect, it } from "vitest";
import { importRedirects, redirectRulesFrom } from "./import-redirects.ts";
import { readRedirects } from "../../test/read-redirects.ts";
import { readRedirectFile } from "./read-redirect-file.ts";

describe("a file of redirects", () => {
  it("that holds a line that cannot be imported is refused whole, with each such line", () => {
    expect(() => redirectRulesFrom({ file: "_redirects", text: "/a\n/b /c\n/d /e 300\n" }))
      .toThrowErrorMatchingInlineSnapshot(`
      [SecretRedirectOptionsError: _redirects:1: The target is missing: got "/a". It starts with "/", "http:" or "https:".
      _redirects:3: The status is not one of a redirect: got "300". Allowed: 301, 302, 303, 307, 308.]
    `);
  });

  it("that holds what belongs elsewhere is imported without it, and says where it belongs", () => {
    const text = "/a /b\n/app/* /index.html 200\n/* /404.html 404\n";
    expect(readRedirects("_redirects", text)).toMatchInlineSnapshot(`
      {
        "leftovers": [
          "2 spa-rewrite: A rewrite is not a redirect: got "200". Rewrites belong to spa-rewrite, or to a cache behavior with an origin of its own.",
          "3 custom-error-responses: An error page is not a redirect: got "404". Error pages belong to the distribution's custom error responses.",
        ],
        "problems": [],
        "rules": [
          {
            "from": "/a",
            "status": 301,
            "to": "/b",
          },
        ],
      }
    `);
    expect(redirectRulesFrom({ file: "_redirects", text })).toHaveLength(1);
  });

  it("that holds what belongs elsewhere is refused where it is read strictly", () => {
    const text = "/a /b\n/app/* /index.html 200\n";
    expect(() => redirectRulesFrom({ file: "_redirects", text, strict: true })).toThrow(
      /^_redirects:2: A rewrite is not a redirect: got "200"\. Rewrites belong to spa-rewrite/,
    );
  });

  it.each([
    ["its own path with a slash", "/docs/faq/ /docs/faq"],
    ["what its placeholder captures", "/a/:b /a/:b"],
    ["what its splat captures", "https://old.example.com/a/* https://old.example.com/a/:splat"],
    ["a path below its own", "/a/* /a/b/:splat"],
    ["a path that its splat takes", "/* /index.html 302"],
  ])("has a rule left out that leads to itself, by %s", (_how, line) => {
    const { rules, problems, leftovers } = readRedirects("_redirects", `/x /y\n${line}\n`);
    expect({ rules: rules.length, problems }).toEqual({ rules: 1, problems: [] });
    expect(leftovers).toEqual([expect.stringMatching(/^2 undefined: The rule leads to itself/)]);
  });

  it("keeps a rule that leads to the same path on another host", () => {
    const line = "https://old.example.com/* https://new.example.com/:splat";
    expect(readRedirects("_redirects", line).rules).toHaveLength(1);
  });

  it("that is not there is refused", () => {
    expect(() => readRedirectFile("/nowhere/_redirects")).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: A file of redirects cannot be read: got "/nowhere/_redirects". Give the path of a file, relative to where the command runs.]`,
    );
  });

  it("whose name does not say its format is refused", () => {
    expect(() =>
      importRedirects({ file: "redirects.txt", text: "" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: The name of a file of redirects does not say its format: got "redirects.txt". Give format, one of json, csv, netlify-redirects, cloudflare-redirects, netlify-toml, vercel-json, firebase-json.]`,
    );
  });
});
