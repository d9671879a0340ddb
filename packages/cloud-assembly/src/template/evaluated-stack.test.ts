import { describe, expect, it } from "vitest";
import { bucketNames, evaluatedStack, refusalOf, resources, sections } from "../../test/samples.ts";

describe("resources", () => {
  const template = evaluatedStack(
    {
      ...sections,
      Resources: {
        ...resources,
        Later: { Type: "AWS::S3::Bucket", Metadata: { key: { Ref: "Stage" } } },
        Broken: { Type: "Test::Broken", Properties: { Name: { "Fn::Nonsense": 1 } } },
        BrokenCondition: { Type: "Test::Broken", Condition: "Circle" },
        NoMapping: "text",
      },
    },
    bucketNames,
  );

  it("exist where their condition holds", () => {
    expect(template.resource("Bucket")).toBeDefined();
    expect(template.resource("ProdBucket")).toBeUndefined();
    expect(template.resource("Nothing")).toBeUndefined();
    expect(template.resource("NoMapping")).toBeUndefined();
  });

  it("are found by type, in the template's order", () => {
    const ids = template.resourcesOfType("AWS::S3::Bucket").map(({ logicalId }) => logicalId);
    expect(ids).toEqual(["Bucket", "Later"]);
  });

  it("have evaluated metadata", () => {
    expect(template.resource("Later")?.metadata.property("key").string()).toBe("test");
  });

  it("cannot do harm by properties that nobody reads", () => {
    expect(template.resource("Broken")?.logicalId).toBe("Broken");
  });

  it("are refused only when they themselves are asked for", () => {
    expect(refusalOf(() => template.resource("BrokenCondition"))).toMatchInlineSnapshot(
      `"Conditions.Circle.Fn::Not[0].Condition depends on itself: got "Circle". Break the circle of references."`,
    );
    // The same again: a condition that failed once is not taken for one under way.
    expect(refusalOf(() => template.resource("BrokenCondition"))).toContain(
      "Conditions.Circle.Fn::Not[0]",
    );
  });

  it("named like members of every object do not exist", () => {
    expect(template.resource("constructor")).toBeUndefined();
    expect(template.resource("__proto__")).toBeUndefined();
  });
});

describe("the rest of a template", () => {
  const template = evaluatedStack(
    {
      ...sections,
      Transform: ["AWS::LanguageExtensions", { Name: "x" }, "MyMacro"],
      Resources: resources,
      Outputs: {
        Hidden: { Condition: "IsProd", Value: "prod", Export: { Name: "Name" } },
        Unnamed: { Value: "unnamed" },
        Shown: { Value: { Ref: "Bucket" }, Export: { Name: { "Fn::Sub": "${AWS::StackName}:B" } } },
      },
    },
    bucketNames,
  );

  it("exports the outputs whose conditions hold", () => {
    expect(template.exportedValue("site:B")).toBe("bucket-name");
    expect(template.exportedValue("Name")).toBeUndefined();
  });

  it("names its parameters and macros", () => {
    expect(template.parameterNames).toEqual(Object.keys(sections.Parameters));
    expect(template.transforms).toEqual(["AWS::LanguageExtensions", "x", "MyMacro"]);
  });

  it("names a macro that has parameters", () => {
    const include = { Name: "AWS::Include", Parameters: { Location: "s3://bucket/part.yaml" } };
    expect(evaluatedStack({ Transform: include }).transforms).toEqual(["AWS::Include"]);
    expect(evaluatedStack({ Transform: ["A", include] }).transforms).toEqual(["A", "AWS::Include"]);
  });

  it("may be empty", () => {
    const empty = evaluatedStack({});
    expect(empty.resourcesOfType("AWS::S3::Bucket")).toEqual([]);
    expect(empty.transforms).toEqual([]);
  });
});
