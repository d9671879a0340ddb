import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./compile/compile-secret-redirect.ts";
import type { RedirectRule } from "./compile/redirect-rule.ts";
import { storedConfig } from "./stored-config.ts";

const limits = { keyBytes: 512, valueBytes: 1024 };

function stored(rules: readonly RedirectRule[], logSampleRate = 0, leavesLeast = false) {
  const compiled = compileSecretRedirect({ rules, logSampleRate });
  const { config, keyValues, reads } = storedConfig(compiled, { ...limits, leavesLeast });
  return {
    config,
    reads,
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
      places: [0.5],
    });
    expect(keyValues["/"]).toMatchObject({ tree: { end: [0] }, places: [1.5] });
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
    expect(keyValues["/a"].places).toEqual([1.5]);
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

  it("moves patterns as well where little is to stay, by the text that they begin with", () => {
    const { config, keyValues, reads } = stored(
      [
        { from: "/a/*", to: "/1" },
        { from: "/a/b", to: "/2" },
        { from: "/a/b/:c", to: "/3" },
        { from: "/:d", to: "/4" },
        { from: "/a/e*", to: "/5" },
      ],
      0,
      true,
    );
    expect(config).toMatchObject({ rules: [{ to: "/4" }], places: [2], depths: [1, 2] });
    expect(reads).toBe(3);
    expect(keyValues).toMatchObject({
      "/a/b": { rules: [{ to: "/2" }], places: [0.5] },
      "*/a": { rules: [{ to: "/1" }, { to: "/5" }], places: [0, 3] },
      "*/a/b": { rules: [{ to: "/3" }], places: [1] },
    });
  });
});
