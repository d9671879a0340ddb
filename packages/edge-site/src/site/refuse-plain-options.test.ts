import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import { configFile } from "../../test/notes/config-file.ts";
import { refusePlainOptions } from "./refuse-plain-options.ts";

const refuse = (packageName: string, config: object) =>
  refusePlainOptions({ subject: "functions[0].config", packageName, config }, configFile);

describe("options that were not compiled", () => {
  it.each([
    ["security-headers", { preset: "spa" }, "compileSecurityHeaders"],
    ["security-headers", { headers: { "X-A": "b" } }, "compileSecurityHeaders"],
    ["spa-rewrite", { mode: "fallback" }, "compileSpaRewrite"],
    ["secret-redirect", { rules: [{ from: "/a", to: "/b" }] }, "compileSecretRedirect"],
  ])("of %s are refused, with what compiles them: %j", (packageName, config, compiler) => {
    expect(() => refuse(packageName, config)).toThrow(
      expect.objectContaining({
        code: "INVALID_CONFIG",
        message: `edge.config.ts: functions[0].config holds options that are not compiled: got ${JSON.stringify(config)}. Write: config: ${compiler}({ … }), from "${packageName}".`,
      }),
    );
  });

  it.each([
    ["security-headers", compileSecurityHeaders({ preset: "spa" })],
    ["security-headers", compileSecurityHeaders()],
    ["spa-rewrite", compileSpaRewrite({ mode: "fallback" })],
    ["secret-redirect", compileSecretRedirect({ rules: [{ from: "/a", to: "/b" }] })],
  ])("compiled options of %s pass", (packageName, config) => {
    refuse(packageName, config);
  });
});
