import { describe, expect, it } from "vitest";
import { lineOfSetting } from "./line-of-setting.ts";

const source = `import { defineEdgeConfig } from "edge-site";
interface Shape { readonly a: number }

const other = (given: object) => given;
export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  functions: [
    { package: "a", config: {} },
    {
      package: "b",
      config: other({
        "rules": [
          { from: "/a" },
          { from: "/b" },
        ],
      }),
    },
  ],
  stages: {
    prod: { runtime: "x" } satisfies object,
  },
});
`;
const lineOf = (path: string) => lineOfSetting(source, { functionName: "defineEdgeConfig" }, path);

describe("the line of a setting", () => {
  it.each([
    ["stackName", 6],
    ["functions", 7],
    ["functions[0].config", 8],
    ["functions[1]", 9],
    ["functions[1].package", 10],
    ["stages.prod.runtime", 20],
  ])("%s is %i", (path, line) => {
    expect(lineOf(path)).toBe(line);
  });

  it.each([
    ["siteFolder", 5],
    ["functions[1].engine", 9],
    ["functions[7]", 7],
    ["functions[1].config.rules", 11],
  ])("that is not written, %s, is that of what it lies in: %i", (path, line) => {
    expect(lineOf(path)).toBe(line);
  });

  it("is found in the call of another function by that call's line", () => {
    expect(lineOfSetting(source, { line: 11 }, "rules[1].from")).toBe(14);
    expect(lineOfSetting(source, { line: 4 }, "rules")).toBeUndefined();
  });
});
