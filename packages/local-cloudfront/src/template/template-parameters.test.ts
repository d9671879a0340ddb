import { describe, expect, it } from "vitest";
import { loadTemplate } from "../../test/samples/template.ts";

describe("the parameters of a template", () => {
  it.each([
    [
      "without a value",
      { Type: "String" },
      'must have a value: got nothing. Give the parameter a "Default", or pass --parameter Unused=VALUE.',
    ],
    [
      "with a value that is not allowed",
      { Type: "String", Default: "c", AllowedValues: ["a"] },
      'must be one of "a": got "c".',
    ],
  ])("one that nothing refers to, %s, is refused as by a deployment", (_name, Unused, problem) => {
    expect(() => loadTemplate({ sections: { Parameters: { Unused } } })).toThrow(
      `Parameters.Unused ${problem}`,
    );
  });

  it("one that nothing refers to may have its value from the command", () => {
    const sections = { Parameters: { Unused: { Type: "String" } } };
    expect(() => loadTemplate({ sections }, { parameters: { Unused: "a" } })).not.toThrow();
  });
});
