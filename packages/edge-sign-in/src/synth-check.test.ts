import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileEdgeSignIn } from "./compile/compile-edge-sign-in.ts";
import type { EdgeSignInOptions } from "./compile/edge-sign-in-options.ts";
import { checkSynthesizedSite, compilerOf, permissionsOf } from "./synth-check.ts";

const compiled = (changes: Partial<EdgeSignInOptions> = {}) =>
  compileEdgeSignIn({
    issuer: "https://login.example.com/",
    clientId: "notes",
    sessionKeys: { secretId: "notes/session-keys" },
    ...changes,
  });

it("the role may read the secrets, and nothing else", () => {
  const clientSecret = { parameter: "notes/client" };
  expect(permissionsOf(compiled({ clientSecret }))).toEqual([
    {
      action: "secretsmanager:GetSecretValue",
      resource: "secretsmanager:us-east-1:secret:notes/session-keys-??????",
    },
    { action: "ssm:GetParameter", resource: "ssm:us-east-1:parameter/notes/client" },
  ]);
  const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:notes/keys-AbCdEf";
  expect(permissionsOf(compiled({ sessionKeys: { secretId: arn } }))).toMatchObject([
    { resource: "secretsmanager:us-east-1:secret:notes/keys-AbCdEf" },
  ]);
  expect(permissionsOf(compiled({ sessionKeys: { text: "x".repeat(32) } }))).toEqual([]);
});

describe("at synth", () => {
  it("nothing is said of a site that protects what it means to", () => {
    expect(checkSynthesizedSite(compiled(), synthesizedSite())).toEqual([]);
  });

  it("files, claims and TLS are looked at as of every protection", () => {
    const site = synthesizedSite({
      siteFiles: ["index.html", "assets/app.js"],
      pathPatternOf: (path) => (path.startsWith("/assets/") ? "/assets/*" : "*"),
      cacheBehaviors: [synthesizedCacheBehavior({ viewerProtocolPolicy: "allow-all" })],
    });
    const messages = checkSynthesizedSite(compiled({ claimHeaders: { "x-user": "sub" } }), site);
    expect(messages.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      expect.stringMatching(/^error: .* without TLS/),
      expect.stringMatching(/^error: .* x-user of claimHeaders is not in its cache key/),
      expect.stringMatching(
        /^error: \/assets\/app\.js would be open: .* does not run edge-sign-in/,
      ),
    ]);
  });

  it("its own paths have to reach it", () => {
    const site = synthesizedSite({
      pathPatternOf: (path) => (path.startsWith("/api/") ? "/api/*" : "*"),
    });
    expect(checkSynthesizedSite(compiled({ callbackPath: "/api/back" }), site)).toEqual([
      {
        severity: "error",
        message: expect.stringContaining(
          'callbackPath /api/back belongs to cache behavior "/api/*"',
        ),
      },
    ]);
  });

  it("a secret in the code is warned of", () => {
    const options = { sessionKeys: { text: "x".repeat(32) } };
    expect(checkSynthesizedSite(compiled(options), synthesizedSite())).toMatchObject([
      { severity: "warning", message: expect.stringContaining("sessionKeys.text is in") },
    ]);
  });

  it("options that are not compiled are known", () => {
    expect(compilerOf({ issuer: "x" })).toBe("compileEdgeSignIn");
    expect(compilerOf(compiled())).toBeUndefined();
  });
});
