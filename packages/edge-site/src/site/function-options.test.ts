import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import { configFile } from "../../test/notes/config-file.ts";
import { compilePlainOptions } from "./function-options.ts";

const compiled = (packageName: string, config: object) =>
  compilePlainOptions(
    { subject: "edge.config.ts: functions[0].config", packageName, config },
    configFile,
  );

const rules = [{ from: "/a", to: "/b" }];

describe("options that are not compiled", () => {
  it("are compiled by their package", () => {
    expect(compiled("spa-rewrite", { mode: "fallback" })).toEqual(
      compileSpaRewrite({ mode: "fallback" }),
    );
    expect(compiled("secret-redirect", { rules })).toEqual(compileSecretRedirect({ rules }));
  });

  it.each([[{}], [{ preset: "spa" }], [{ headers: { "X-A": "b" } }]])(
    "of security-headers are compiled for the site, once that is known: %j",
    (config) => {
      expect(compiled("security-headers", config)).toBeTypeOf("function");
    },
  );

  it("are refused with their place and the package's own sentence", () => {
    expect(() => compiled("spa-rewrite", { mod: "fallback" })).toThrow(
      expect.objectContaining({
        code: "INVALID_CONFIG",
        message: expect.stringMatching(/^edge\.config\.ts: functions\[0\]\.config: .*\bmode\b/),
      }),
    );
    expect(() => compiled("security-headers", { preset: "spaa" })).toThrow(
      /^edge\.config\.ts: functions\[0\]\.config: preset .* Did you mean/,
    );
  });
});

describe("options that are compiled", () => {
  it.each([
    ["security-headers", compileSecurityHeaders({ preset: "spa" })],
    ["security-headers", compileSecurityHeaders()],
    ["spa-rewrite", compileSpaRewrite({ mode: "fallback" })],
    ["secret-redirect", compileSecretRedirect({ rules })],
  ])("of %s stay as they are", (packageName, config) => {
    expect(compiled(packageName, config)).toBe(config);
  });
});
