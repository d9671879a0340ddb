import type { EventType } from "cf-types";
import { expect, it } from "vitest";
import { withEdgeConfigLine } from "./edge-config-line.ts";

const text = `import { compileSpaRewrite } from "spa-rewrite";
import { defineEdgeConfig } from "./lib/config/edge-config.ts";

export const edgeConfig = defineEdgeConfig({
  functions: [
    {
      package: "spa-rewrite",
      config: compileSpaRewrite({ routes: ["/notes/:id(\\\\d+)", "/a[b"] }),
    },
    // { package: "old", config: {} },
    { package: "headers", config: {}, pathPatterns: ["*"] },
  ],
  tryOut: [],
});
`;
const eventTypes: Readonly<Record<string, EventType>> = {
  "spa-rewrite": "viewer-request",
  headers: "viewer-response",
  old: "origin-request",
};
const extended = (name: string, eventType: EventType, given = text) =>
  withEdgeConfigLine(given, { name, eventType }, (packageName) => eventTypes[packageName]);

it("adds the import and the line at the end of the list, on the default cache behavior", () => {
  const result = extended("my-own", "origin-request");
  expect(result.pathPatterns).toEqual(["*"]);
  expect(result.text).toContain(
    'import { compileMyOwn } from "my-own";\nimport { defineEdgeConfig }',
  );
  expect(result.text).toContain('{ package: "my-own", config: compileMyOwn() },\n  ],\n  tryOut');
});

it.each<{ eventType: EventType; place: string }>([
  { eventType: "viewer-request", place: ', pathPatterns: ["/assets/*"] }' },
  { eventType: "viewer-response", place: ', pathPatterns: ["/assets/*"] }' },
])("places a $eventType function where that event type is free", ({ eventType, place }) => {
  expect(extended("my-own", eventType).text).toContain(`config: compileMyOwn()${place}`);
});

it("names the default cache behavior of a viewer-response function, which would run on every one", () => {
  const { text: without } = extended("x", "origin-response");
  const free = without.replace(/.*package: "headers".*\n/, "");
  expect(extended("my-own", "viewer-response", free).text).toContain(', pathPatterns: ["*"] }');
});

it("LE-A-27: writes a comment where no cache behavior is free", () => {
  const full = extended("first", "viewer-request").text;
  const result = withEdgeConfigLine(full, { name: "my-own", eventType: "viewer-request" }, (name) =>
    name === "first" ? "viewer-request" : eventTypes[name],
  );
  expect(result.pathPatterns).toEqual([]);
  expect(result.text).toContain('// import { compileMyOwn } from "my-own";');
  expect(result.text).toContain('    // { package: "my-own", config: compileMyOwn() },\n  ],');
});

it("refuses a file without the list", () => {
  expect(() =>
    extended("my-own", "origin-request", "export {};"),
  ).toThrowErrorMatchingInlineSnapshot(
    `[NewFunctionError: edge.config.ts has no list of functions to add to: got no "functions: [" after its imports. Add the line by hand: { package: "my-own", config: compileMyOwn() }]`,
  );
});
