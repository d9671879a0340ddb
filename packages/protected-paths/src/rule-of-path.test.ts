import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { pathPatternSource } from "cf-rules";
import { ruleOfPath } from "./rule-of-path.ts";

const sources = (...pathPatterns: readonly string[]) =>
  pathPatterns.map((each) => new RegExp(pathPatternSource(each), "i"));

const ready = {
  open: sources("/assets/*", "/robots.txt"),
  rules: [{ paths: sources("/admin/*", "/reports") }, { paths: sources("*.pdf") }],
};
const ruleAt = (uri: string): number => {
  const rule = ruleOfPath(ready, uri);
  return rule === undefined ? -1 : ready.rules.indexOf(rule);
};

describe("a path", () => {
  it.each([
    ["/", -1],
    ["/admin", -1],
    ["/admin/", 0],
    ["/admin/users", 0],
    ["/reports", 0],
    ["/reports/", -1],
    ["/a/b.pdf", 1],
    ["/assets/terms.pdf", -1],
    ["/robots.txt", -1],
  ])("%s has the rule %i", (uri, rule) => {
    expect(ruleAt(uri)).toBe(rule);
  });

  it.each([
    "/%61dmin/users",
    "//admin/users",
    "/./admin/users",
    "/x/../admin/users",
    "/x/%2e%2e/admin/users",
    "/x/..%2fadmin/users",
    "/assets/../admin/users",
    "/assets/%2e%2e%2fadmin%2fusers",
    "/admin%2Fusers",
    "/admin%5cusers",
    "\\admin\\users",
    "/ADMIN/users",
    "/admin/../assets/app.js",
    "/admin/..%2fassets/app.js",
    "admin/users",
  ])("is protected however it is spelt: %s", (uri) => {
    expect(ruleAt(uri)).toBe(0);
  });

  it("is as protected as what S3 reads for it, whatever is encoded", () => {
    const encoded = fc
      .array(fc.tuple(fc.constantFrom(..."/admin/x.pdf"), fc.boolean()), { maxLength: 20 })
      .map((letters) =>
        letters
          .map(([letter, isEncoded]) =>
            isEncoded ? `%${letter.charCodeAt(0).toString(16)}` : letter,
          )
          .join(""),
      );
    fc.assert(
      fc.property(encoded, (path) => {
        const isProtected = ruleAt(decodeURIComponent(`/${path}`)) !== -1;
        expect(isProtected && ruleAt(`/${path}`) === -1).toBe(false);
      }),
      propertyRuns(400),
    );
  });
});
