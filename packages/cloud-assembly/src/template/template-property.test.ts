import { describe, expect, it } from "vitest";
import { evaluatedStack, refusalsOf } from "../../test/samples.ts";
import type { TemplateProperty } from "./template-property.ts";

const template = evaluatedStack({
  Resources: {
    Site: {
      Type: "Test::Site",
      Properties: {
        Text: "text",
        Number: 60,
        NumberAsText: "60",
        Flag: true,
        FlagAsText: "False",
        List: ["a", { Ref: "AWS::NoValue" }, "b"],
        Mapping: { Inner: { Ref: "AWS::Region" }, Gone: { Ref: "AWS::NoValue" } },
        Null: null,
        Gone: { Ref: "AWS::NoValue" },
        Broken: { "Fn::Nonsense": 1 },
      },
    },
  },
});

function property(name: string): TemplateProperty {
  const site = template.resource("Site");
  if (site === undefined) throw new Error("The template of this test has no Site.");
  return site.properties.property(name);
}

describe("a property", () => {
  it.each(["Null", "Gone", "NotThere"])("%s is absent", (name) => {
    expect(property(name).isPresent).toBe(false);
    expect(property(name).optionalString()).toBeUndefined();
    expect(property(name).value()).toBeUndefined();
    expect(property(name).items()).toEqual([]);
    expect(property(name).names()).toEqual([]);
    expect(property(name).number(7)).toBe(7);
    expect(property(name).boolean(true)).toBe(true);
    expect(property(name).oneOf(["a", "b"], "b")).toBe("b");
    expect(property(name).property("Inner").isPresent).toBe(false);
  });

  it("is read as the type that is asked for", () => {
    expect(property("Text").string()).toBe("text");
    expect(property("Number").string()).toBe("60");
    expect(property("Number").number(undefined)).toBe(60);
    expect(property("NumberAsText").number(undefined)).toBe(60);
    expect(property("Flag").boolean(false)).toBe(true);
    expect(property("FlagAsText").boolean(true)).toBe(false);
    expect(property("List").strings()).toEqual(["a", "b"]);
    expect(property("Mapping").names()).toEqual(["Inner"]);
    expect(property("Mapping").property("Inner").string()).toBe("us-east-1");
    expect(property("Text").oneOf(["text", "other"])).toBe("text");
  });

  it("is one or more where policies allow both", () => {
    expect(
      property("Text")
        .oneOrMore()
        .map((item) => item.string()),
    ).toEqual(["text"]);
    expect(
      property("List")
        .oneOrMore()
        .map((item) => item.string()),
    ).toEqual(["a", "b"]);
    expect(property("Gone").oneOrMore()).toEqual([]);
  });

  it("knows its path; elements keep the index that they have in the template", () => {
    expect(property("Mapping").property("Inner").path).toBe("Site.Mapping.Inner");
    expect(
      property("List")
        .items()
        .map((item) => item.path),
    ).toEqual(["Site.List[0]", "Site.List[2]"]);
  });

  it("is refused when it is of another type", () => {
    expect(
      refusalsOf<() => unknown>(
        {
          "a mapping as a string": () => property("Mapping").string(),
          "nothing as a string": () => property("NotThere").string(),
          "text as a number": () => property("Text").number(0),
          "an empty text as a number": () => property("List").number(0),
          "text as a flag": () => property("Text").boolean(false),
          "text as a list": () => property("Text").items(),
          "a list as a mapping": () => property("List").property("Inner"),
          "text as a mapping": () => property("Text").names(),
          "another word": () => property("Text").oneOf(["one", "two"]),
          "no word where one must be": () => property("NotThere").oneOf(["one"]),
          "an unknown function": () => property("Broken").string(),
        },
        (read) => read(),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a list as a mapping": "Site.List must be a mapping: got ["a",{"Ref":"AWS::NoValue"},"b"].",
        "a mapping as a string": "Site.Mapping must be a string: got {"Inner":{"Ref":"AWS::Region"},"Gone":{"Ref":"AWS::NoValue"}}.",
        "an empty text as a number": "Site.List must be a number: got ["a",{"Ref":"AWS::NoValue"},"b"].",
        "an unknown function": "Site.Broken uses Fn::Nonsense, which is not supported. Write the value out, or compute it when the template is synthesized.",
        "another word": "Site.Text must be one of "one", "two": got "text".",
        "no word where one must be": "Site.NotThere must be one of "one": got nothing.",
        "nothing as a string": "Site.NotThere must be a string: got nothing.",
        "text as a flag": "Site.Text must be true or false: got "text".",
        "text as a list": "Site.Text must be a list: got "text".",
        "text as a mapping": "Site.Text must be a mapping: got "text".",
        "text as a number": "Site.Text must be a number: got "text".",
      }
    `);
  });

  it("gives errors that name path, value, remedy and fact", () => {
    const fail = (): never => {
      throw property("Mapping").error("is wrong", "Mend it.", "LE-A-01");
    };
    expect(refusalsOf({ error: fail }, (action) => action())).toMatchInlineSnapshot(`
      {
        "error": "Site.Mapping is wrong: got {"Inner":"us-east-1"}. Mend it. [LE-A-01]",
      }
    `);
  });
});
