import { expect, it } from "vitest";
import { withEdgeConfigLine } from "./edge-config-line.ts";
import type { NewFunction } from "./function-names.ts";

const text = `import { compileSpaRewrite } from "spa-rewrite";
import { defineEdgeConfig } from "./lib/config/edge-config.ts";

export const edgeConfig = defineEdgeConfig({
  engine: "lambda-edge",
  functions: [
    {
      package: "spa-rewrite",
      config: compileSpaRewrite({ routes: ["/notes/:id(\\\\d+)", "/a[b"] }),
    },
    { package: "headers", config: {}, pathPatterns: ["*"], engine: "cloudfront-function" },
  ],
  tryOut: [],
});
`;
const extended = (changes: Partial<NewFunction> = {}, given = text) =>
  withEdgeConfigLine(given, {
    name: "my-own",
    eventType: "viewer-request",
    engine: "both",
    ...changes,
  });

it("adds the import and the line at the end of the list", () => {
  const result = extended();
  expect(result.otherEngine).toBeUndefined();
  expect(result.text).toContain(
    'import { compileMyOwn } from "my-own";\nimport { defineEdgeConfig }',
  );
  expect(result.text).toContain('{ package: "my-own", config: compileMyOwn() },\n  ],\n  tryOut');
});

it("LE-A-30: writes a comment where the site's viewer functions run on another engine", () => {
  const result = extended({ engine: "cloudfront-function" });
  expect(result.otherEngine).toBe("lambda-edge");
  expect(result.text).toContain('// import { compileMyOwn } from "my-own";');
  expect(result.text).toContain(
    '    // Not on lambda-edge: { package: "my-own", config: compileMyOwn() },\n  ],',
  );
  const moved = text.replace('engine: "lambda-edge"', 'engine: "cloudfront-function"');
  expect(extended({ engine: "lambda-edge" }, moved).otherEngine).toBe("cloudfront-function");
});

it.each<[string, Partial<NewFunction>, string]>([
  [
    "of an origin event",
    { eventType: "origin-request", engine: "lambda-edge" },
    "cloudfront-function",
  ],
  ["of the site's engine", { engine: "cloudfront-function" }, "cloudfront-function"],
])("has no comment for a function %s", (_, changes, engine) => {
  const moved = text.replace('engine: "lambda-edge"', `engine: "${engine}"`);
  expect(extended(changes, moved).otherEngine).toBeUndefined();
});

it("has no comment where each function's engine is chosen", () => {
  const open = text.replace('  engine: "lambda-edge",\n', "");
  expect(extended({ engine: "cloudfront-function" }, open).otherEngine).toBeUndefined();
});

it("refuses a file without the list", () => {
  expect(() => extended({}, "export {};")).toThrowErrorMatchingInlineSnapshot(
    `[NewFunctionError: edge.config.ts has no list of functions to add to: got no "functions: [" after its imports. Add the line by hand: { package: "my-own", config: compileMyOwn() }]`,
  );
});
