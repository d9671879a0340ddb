import { describe, expect, it } from "vitest";
import { importRedirects, redirectRulesFrom } from "./import-redirects.ts";
import { readRedirectFile } from "./read-redirect-file.ts";

describe("a file of redirects", () => {
  it("that holds a line that cannot be imported is refused whole, with each such line", () => {
    expect(() => redirectRulesFrom({ file: "_redirects", text: "/a\n/b /c\n/d /e 404\n" }))
      .toThrowErrorMatchingInlineSnapshot(`
      [SecretRedirectOptionsError: _redirects:1: The target is missing: got "/a". It starts with "/", "http:" or "https:".
      _redirects:3: The status is not one of a redirect: got "404". Allowed: 301, 302, 303, 307, 308.]
    `);
  });

  it("that is not there is refused", () => {
    expect(() => readRedirectFile("/nowhere/_redirects")).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: A file of redirects cannot be read: got "/nowhere/_redirects". Give the path of a file, relative to where the command runs.]`,
    );
  });

  it("whose name tells no format is refused", () => {
    expect(() =>
      importRedirects({ file: "redirects.txt", text: "" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: The name of a file of redirects tells no format: got "redirects.txt". Give format, one of json, csv, netlify-redirects, cloudflare-redirects, netlify-toml, vercel-json, firebase-json.]`,
    );
  });
});
