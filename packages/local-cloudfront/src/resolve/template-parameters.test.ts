import { describe, expect, it } from "vitest";
import { loadTemplate, refusalOf } from "../../test/samples/template.ts";

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

  it("that have no value are all named at once", () => {
    const sections = { Parameters: { A: { Type: "String" }, B: { Type: "Number" } } };
    expect(refusalOf(() => loadTemplate({ sections }))).toMatchInlineSnapshot(
      `"Parameters A, B must have values: got nothing. Give each a "Default", or pass --parameter A=VALUE --parameter B=VALUE."`,
    );
  });

  it("that lie in SSM are asked for where their value is needed, and only there", () => {
    const sections = {
      Parameters: { Root: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/site/root" } },
    };
    expect(() => loadTemplate({ sections })).not.toThrow();
    const config = { DefaultRootObject: { Ref: "Root" } };
    expect(refusalOf(() => loadTemplate({ sections, config }))).toMatchInlineSnapshot(
      `"Parameters.Root has its value in SSM: got "/site/root". Pass --parameter Root=VALUE."`,
    );
    const { distribution } = loadTemplate({ sections, config }, { parameters: { Root: "a.html" } });
    expect(distribution.defaultRootObject).toBe("a.html");
  });
});
