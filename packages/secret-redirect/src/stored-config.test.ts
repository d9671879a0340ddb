import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./compile/compile-secret-redirect.ts";
import type { RedirectRule } from "./compile/redirect-rule.ts";
import { storedConfig } from "./stored-config.ts";

const limits = { keyBytes: 512, valueBytes: 1024 };

function stored(rules: readonly RedirectRule[], logSampleRate = 0) {
  const { config, keyValues } = storedConfig(
    compileSecretRedirect({ rules, logSampleRate }),
    limits,
  );
  return {
    config,
    keyValues: Object.fromEntries(keyValues.map(({ key, value }) => [key, JSON.parse(value)])),
  };
}

describe("storedConfig", () => {
  it("leaves patterns in the code, and tells of each other rule how many of them come before it", () => {
    const { config, keyValues } = stored([
      { from: "/a", to: "/1" },
      { from: "/b/*", to: "/2" },
      { from: "/b/c/", to: "/3", status: 301 },
      { from: "/:d", to: "/4" },
      { from: "/", to: "/5", query: "drop" },
    ]);
    expect(config.rules.map(({ to }) => to)).toEqual(["/2", "/4"]);
    expect(Object.keys(keyValues)).toEqual(["/", "/a", "/b/c"]);
    expect(keyValues["/b/c"]).toEqual({
      rules: [{ response: 0, to: "/3", query: [] }],
      responses: [
        { status: "301", statusDescription: "Moved Permanently", cacheControl: expect.any(String) },
      ],
      tree: { literals: { "/b": { literals: { "/c": { end: [0] } } } } },
      after: [1],
    });
    expect(keyValues["/"]).toMatchObject({ tree: { end: [0] }, after: [2] });
  });

  it("gives the same code whatever the rules for single paths are", () => {
    const patterns = [
      { from: "/b/*", to: "/2" },
      { from: "/:d", to: "/4", status: 308 as const },
    ];
    const [first, ...others] = patterns as [RedirectRule, RedirectRule];
    const before = stored(patterns);
    const after = stored([
      { from: "/new", to: "/n", status: 301 },
      first,
      { from: "/b/c", to: "/3" },
      ...others,
    ]);
    expect(after.config).toEqual(before.config);
  });

  it("keeps the order of the rules for one path, and what they ask of its end", () => {
    const { keyValues } = stored([
      { from: "/a", to: "/1", trailingSlash: "strict" },
      { from: "/a/", to: "/2", trailingSlash: "strict" },
      { from: "/a", to: "/3" },
    ]);
    expect(keyValues["/a"]).toMatchObject({
      rules: [{ to: "/1" }, { to: "/2" }, { to: "/3" }],
      tree: { literals: { "/a": { end: [0, 2], slash: [1, 2] } } },
    });
  });

  it("FN-I-31: leaves in the code what is beyond the limits of a key or a value", () => {
    const long = `/${"a".repeat(512)}`;
    const much = `/${"b".repeat(1024)}`;
    const { config, keyValues } = stored([
      { from: long, to: "/1" },
      { from: "/much", to: much },
      { from: "/a", to: "/3" },
    ]);
    expect(config.rules.map(({ to }) => to)).toEqual(["/1", much]);
    expect(Object.keys(keyValues)).toEqual(["/a"]);
    expect(keyValues["/a"].after).toEqual([2]);
  });

  it("numbers the rules as the options do where redirects are logged", () => {
    const rules = [
      { from: "/a", to: "/1" },
      { from: "/b/*", to: "/2" },
      { from: "/c", to: "/3" },
    ];
    const { config, keyValues } = stored(rules, 0.5);
    expect(config.indexes).toEqual([1]);
    expect(keyValues["/c"].indexes).toEqual([2]);
  });
});
