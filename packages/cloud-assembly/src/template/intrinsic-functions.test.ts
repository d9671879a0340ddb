import { describe, expect, it } from "vitest";
import {
  bucketNames,
  evaluatedStack,
  refusalOf,
  refusalsOf,
  resources,
  sections,
  stackOf,
} from "../../test/samples.ts";
import { EvaluatedAssembly, type EvaluationOptions } from "../evaluated-assembly.ts";
import type { TemplateValue } from "../value/template-value.ts";
import type { Unknown } from "../value/unknowns.ts";
import type { TemplateProperty } from "./template-property.ts";

/** Returns an expression as a property of a resource. */
function property(expression: unknown, options: EvaluationOptions = {}): TemplateProperty {
  const stack = evaluatedStack(
    {
      ...sections,
      Resources: { ...resources, Site: { Type: "Test::Site", Properties: { Value: expression } } },
    },
    { ...bucketNames, ...options },
  );
  const site = stack.resource("Site");
  if (site === undefined) throw new Error("The template of this test has no Site.");
  return site.properties.property("Value");
}

function evaluate(expression: unknown, options?: EvaluationOptions): TemplateValue | undefined {
  return property(expression, options).value();
}

const getAtt = (...path: string[]): unknown => ({ "Fn::GetAtt": path });

const ref = (name: string): unknown => ({ Ref: name });

describe("an expression comes to what CloudFormation makes of it", () => {
  it.each<[string, unknown, TemplateValue | undefined]>([
    ["a literal", { a: [1, "b", true, null] }, { a: [1, "b", true, null] }],
    ["Ref of a parameter", ref("Stage"), "test"],
    ["Ref of a Number", ref("Count"), "3"],
    ["Ref of a list parameter", ref("Names"), ["a", "b", "c"]],
    ["Ref of a List<Number>", ref("Ports"), ["80", "443"]],
    ["Ref of a resource", ref("Bucket"), "bucket-name"],
    ["Ref of a resource of an unknown type: a placeholder", ref("Topic"), "<Topic>"],
    ["Ref as one of several keys is a property", { Ref: "a", Id: "b" }, { Ref: "a", Id: "b" }],
    ["AWS::AccountId", ref("AWS::AccountId"), "123456789012"],
    ["AWS::Region", ref("AWS::Region"), "us-east-1"],
    ["AWS::Partition", ref("AWS::Partition"), "aws"],
    ["AWS::URLSuffix", ref("AWS::URLSuffix"), "amazonaws.com"],
    ["AWS::StackName", ref("AWS::StackName"), "site"],
    ["AWS::NotificationARNs", ref("AWS::NotificationARNs"), []],
    ["AWS::NoValue", ref("AWS::NoValue"), undefined],
    [
      "AWS::NoValue in a list and a mapping",
      [{ a: ref("AWS::NoValue"), b: 1 }, ref("AWS::NoValue")],
      [{ b: 1 }],
    ],
    ["Fn::GetAtt", getAtt("Bucket", "Arn"), "arn:bucket"],
    ["Fn::GetAtt as one word", { "Fn::GetAtt": "Bucket.Arn" }, "arn:bucket"],
    ["Fn::GetAtt of what is not known: a placeholder", getAtt("Topic", "A.B"), "<Topic.A.B>"],
    [
      "Fn::Sub",
      { "Fn::Sub": "${Stage}-${Bucket}-${Bucket.Arn}-${AWS::Region}" },
      "test-bucket-name-arn:bucket-us-east-1",
    ],
    ["Fn::Sub with a literal", { "Fn::Sub": "${!Stage}/${Stage}" }, "${Stage}/test"],
    [
      "Fn::Sub with names of its own",
      { "Fn::Sub": ["${A}${Stage}", { A: ref("Count") }] },
      "3test",
    ],
    ["Fn::Sub without names", { "Fn::Sub": "plain $ {x}" }, "plain $ {x}"],
    ["Fn::Join", { "Fn::Join": ["-", ["a", ref("Stage"), 1, ref("AWS::NoValue")]] }, "a-test-1"],
    ["Fn::Join of a list parameter", { "Fn::Join": ["", ref("Names")] }, "abc"],
    ["Fn::Select", { "Fn::Select": [1, ref("Names")] }, "b"],
    ["Fn::Select with digits as text", { "Fn::Select": ["0", ["x", "y"]] }, "x"],
    [
      "Fn::Select of what is evaluated then",
      { "Fn::Select": [0, [ref("Stage"), ref("Nothing")]] },
      "test",
    ],
    ["Fn::Split", { "Fn::Split": ["/", "a/b/c"] }, ["a", "b", "c"]],
    ["Fn::FindInMap", { "Fn::FindInMap": ["Ttl", ref("Stage"), "Default"] }, 60],
    ["Fn::FindInMap of a list", { "Fn::FindInMap": ["Ttl", "test", "List"] }, ["x", "y"]],
    [
      "Fn::FindInMap with a default",
      { "Fn::FindInMap": ["Ttl", "prod", "Default", { DefaultValue: ref("Stage") }] },
      "test",
    ],
    [
      "Fn::If that holds",
      { "Fn::If": ["IsTest", { a: ref("Stage") }, ref("Nothing")] },
      { a: "test" },
    ],
    [
      "Fn::If that does not hold",
      { "Fn::If": ["IsProd", ref("Nothing"), ref("AWS::NoValue")] },
      undefined,
    ],
    ["Fn::If by And", { "Fn::If": ["Both", 1, 2] }, 2],
    ["Fn::If by Or", { "Fn::If": ["Either", 1, 2] }, 1],
    ["numbers and their text are equal", { "Fn::If": ["ThreeIsText", 1, 2] }, 1],
    ["Fn::Base64", { "Fn::Base64": "höhe" }, "aMO2aGU="],
    ["Fn::GetAZs", { "Fn::GetAZs": "" }, ["us-east-1a", "us-east-1b", "us-east-1c"]],
    ["Fn::ImportValue", { "Fn::ImportValue": { "Fn::Sub": "Exported" } }, "imported"],
    ["Fn::Length", { "Fn::Length": ref("Names") }, 3],
    [
      "Fn::ToJsonString",
      { "Fn::ToJsonString": { a: ref("Stage"), b: ref("AWS::NoValue") } },
      '{"a":"test"}',
    ],
  ])("%s", (_name, expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it("a parameter that is passed wins over its default", () => {
    expect(evaluate({ Ref: "Names" }, { parameters: { Names: "x,y" } })).toEqual(["x", "y"]);
  });

  it.each([
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ])("partition and suffix are those of %s", (region, partition, suffix) => {
    const both = { "Fn::Sub": "${AWS::Partition} ${AWS::URLSuffix}" };
    const site = { Type: "Test::Site", Properties: { Value: both } };
    const stack = stackOf({ Resources: { Site: site } }, { region });
    const [evaluated] = new EvaluatedAssembly([stack]).stacks;
    expect(evaluated?.resource("Site")?.text("Value")).toBe(`${partition} ${suffix}`);
  });
});

describe("an expression is refused, with its path", () => {
  it("for what CloudFormation would refuse, or what cannot be known here", () => {
    expect(
      refusalsOf(
        {
          "an unknown name": ref("Nothing"),
          "a resource that does not exist": ref("ProdBucket"),
          "a number that is none": ref("Odd"),
          "a value that is not allowed": ref("Limited"),
          "an attribute of nothing": getAtt("Nothing", "Arn"),
          "an attribute without a name": getAtt("Bucket"),
          "an unknown function": { "Fn::Nonsense": [] },
          "Fn::Transform": { "Fn::Transform": { Name: "AWS::Include" } },
          "Fn::Cidr": { "Fn::Cidr": ["10.0.0.0/16", 4, 8] },
          "a condition function": { "Fn::Equals": ["a", "a"] },
          "a function beside other keys": { "Fn::Sub": "x", other: 1 },
          "a function deep inside": { list: ["a", { inner: ref("Nothing") }] },
          "Fn::Sub of a list": { "Fn::Sub": "${Names}" },
          "Fn::Sub of a number": { "Fn::Sub": 1 },
          "Fn::Sub of an unknown name": { "Fn::Sub": "${Nothing}" },
          "Fn::Join of no list": { "Fn::Join": ["", "text"] },
          "Fn::Join of a mapping": { "Fn::Join": ["", [{ a: 1 }]] },
          "Fn::Select beyond the end": { "Fn::Select": [3, ref("Names")] },
          "Fn::Select of no number": { "Fn::Select": ["first", ["a"]] },
          "Fn::FindInMap of an unknown key": { "Fn::FindInMap": ["Ttl", "prod", "Default"] },
          "Fn::If without an else": { "Fn::If": ["IsTest", 1] },
          "Fn::If by an unknown condition": { "Fn::If": ["Nothing", 1, 2] },
          "Fn::If by a condition of itself": { "Fn::If": ["Circle", 1, 2] },
          "Fn::If by a condition with an odd argument": { "Fn::If": ["Odd", 1, 2] },
          "Fn::If by a condition that is none": { "Fn::If": ["NoExpression", 1, 2] },
          "Fn::Length of text": { "Fn::Length": "abc" },
        },
        (expression) => evaluate(expression),
      ),
    ).toMatchInlineSnapshot(`
      {
        "Fn::Cidr": "Site.Value uses Fn::Cidr, which is not supported. Write the value out, or compute it when the template is synthesized.",
        "Fn::FindInMap of an unknown key": "Site.Value.Fn::FindInMap finds nothing in the mappings: got ["Ttl","prod","Default"]. Add the keys under "Mappings".",
        "Fn::If by a condition of itself": "Conditions.Circle.Fn::Not[0].Condition depends on itself: got "Circle". Break the circle of references.",
        "Fn::If by a condition that is none": "Conditions.NoExpression must be a condition (Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition): got "true".",
        "Fn::If by a condition with an odd argument": "Conditions.Odd.Fn::Equals must be a list of 2 arguments: got ["one"].",
        "Fn::If by an unknown condition": "Site.Value.Fn::If names a condition that is not in the template: got "Nothing". Correct it, or add it under "Conditions".",
        "Fn::If without an else": "Site.Value.Fn::If must be a list of 3 arguments: got ["IsTest",1].",
        "Fn::Join of a mapping": "Site.Value.Fn::Join[1][0] must be a string: got {"a":1}.",
        "Fn::Join of no list": "Site.Value.Fn::Join[1] must be a list: got "text".",
        "Fn::Length of text": "Site.Value.Fn::Length must be a list: got "abc".",
        "Fn::Select beyond the end": "Site.Value.Fn::Select must select from 0 to 2: got 3 of ["a","b","c"].",
        "Fn::Select of no number": "Site.Value.Fn::Select must select from 0 to 0: got "first" of ["a"].",
        "Fn::Sub of a list": "Site.Value.Fn::Sub puts "\${Names}" into text, which must be a string: got ["a","b","c"].",
        "Fn::Sub of a number": "Site.Value.Fn::Sub must be a string, or a list of a string and a mapping: got 1.",
        "Fn::Sub of an unknown name": "Site.Value.Fn::Sub names no parameter or resource of the template: got "Nothing". Correct the name, or put the value under a condition too.",
        "Fn::Transform": "Site.Value uses Fn::Transform, which is not supported. Write the value out, or compute it when the template is synthesized.",
        "a condition function": "Site.Value uses Fn::Equals, which is allowed only under "Conditions". Write the value out, or compute it when the template is synthesized.",
        "a function beside other keys": "Site.Value must hold nothing beside Fn::Sub: got ["Fn::Sub","other"]. Move the other keys out.",
        "a function deep inside": "Site.Value.list[1].inner.Ref names no parameter or resource of the template: got "Nothing". Correct the name, or put the value under a condition too.",
        "a number that is none": "Parameters.Odd must be a number: got "many".",
        "a resource that does not exist": "Site.Value.Ref names a resource whose condition does not hold: got "ProdBucket". Correct the name, or put the value under a condition too.",
        "a value that is not allowed": "Parameters.Limited must be one of "a", "b": got "c".",
        "an attribute of nothing": "Site.Value.Fn::GetAtt names no parameter or resource of the template: got "Nothing". Correct the name, or put the value under a condition too.",
        "an attribute without a name": "Site.Value.Fn::GetAtt must be a list of 2 arguments: got ["Bucket"].",
        "an unknown function": "Site.Value uses Fn::Nonsense, which is not supported. Write the value out, or compute it when the template is synthesized.",
        "an unknown name": "Site.Value.Ref names no parameter or resource of the template: got "Nothing". Correct the name, or put the value under a condition too.",
      }
    `);
  });

  it("for a circle of references", () => {
    const stack = evaluatedStack(
      { Resources: { A: { Type: "T", Properties: { Name: { "Fn::Sub": "${A}-x" } } } } },
      { resolveUnknown: ({ resource }) => resource?.properties.property("Name").string() },
    );
    const name = stack.resource("A")?.properties.property("Name");
    expect(refusalOf(() => name?.string())).toMatchInlineSnapshot(
      `"A.Name.Fn::Sub depends on itself: got "A". Break the circle of references."`,
    );
  });
});

/** Evaluates an expression where faults are unknowns too; each unknown reads as its kind and name. */
function unknownsOf(expression: unknown): readonly string[] {
  const site = { Type: "Test::Site", Properties: { Value: expression } };
  const assembly = new EvaluatedAssembly(
    [stackOf({ ...sections, Resources: { ...resources, Site: site } })],
    { faults: "unknown" },
  );
  const values = assembly.stacks[0]?.resource("Site")?.values;
  return assembly.unknownsIn(JSON.stringify(values)).map(({ kind, name }) => `${kind} ${name}`);
}

describe("what only the deployment knows is an unknown value", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["an attribute", getAtt("Topic", "A.B"), ["attribute Topic.A.B"]],
    ["one within a text", { "Fn::Sub": "a ${Bucket} ${Stage}" }, ["attribute Bucket"]],
    ["a parameter without a value", ref("Missing"), ["parameter Missing"]],
    ["a parameter whose default names an SSM parameter", ref("Secret"), ["ssm-parameter Secret"]],
    ["a list in SSM", { "Fn::Join": ["", ref("Zones")] }, ["expression Zones"]],
    ["an export of another app", { "Fn::ImportValue": "Nothing" }, ["export Nothing"]],
    ["the id of the stack", ref("AWS::StackId"), ["pseudo-parameter AWS::StackId"]],
    [
      "a dynamic reference",
      "token {{resolve:ssm:/a:1}}",
      ["dynamic-reference {{resolve:ssm:/a:1}}"],
    ],
    [
      "a part of it",
      { "Fn::Select": [2, { "Fn::Split": ["/", getAtt("Topic", "Url")] }] },
      ["expression Topic.Url"],
    ],
    [
      "what a mapping has for it",
      { "Fn::FindInMap": ["Ttl", ref("Missing"), "Default"] },
      ["expression Missing"],
    ],
    ["a function that is not supported", { "Fn::Cidr": [] }, ["expression Site.Value"]],
    ["a name that does not exist", [ref("Nothing"), 1], ["expression Site.Value[0]"]],
  ])("%s", (_name, expression, expected) => {
    expect(unknownsOf(expression)).toEqual(expected);
  });

  it("and says where it is asked for and why", () => {
    const assembly = new EvaluatedAssembly([
      stackOf({
        ...sections,
        Resources: { Site: { Type: "Test::Site", Properties: { Value: ref("Secret") } } },
      }),
    ]);
    const text = assembly.stacks[0]?.resource("Site")?.text("Value") ?? "";
    expect(assembly.unknownsIn(text)).toMatchObject([
      { path: "Parameters.Secret", reason: 'has its value in SSM: got "/path/in/ssm".' },
    ]);
    expect(assembly.readable(text)).toBe("<Secret>");
  });

  it("and is a placeholder where text is read", () => {
    expect(property({ "Fn::Sub": "a ${Topic.Name}" }).string()).toBe("a <Topic.Name>");
    expect(evaluate([{ "Fn::ImportValue": "Nothing" }])).toEqual(["<Nothing>"]);
  });

  it("and is asked for where its value is needed, and a user can give it", () => {
    const remedyFor = ({ kind, name }: Unknown): string => `Pass the ${kind} ${name}.`;
    const of = (expression: unknown): TemplateProperty => property(expression, { remedyFor });
    const split = { "Fn::Select": [0, { "Fn::Split": ["/", getAtt("Topic", "Url")] }] };
    expect(of({ "Fn::ImportValue": "Name" }).string()).toBe("<Name>");
    expect(of(split).isKnown).toBe(false);
    expect(of("a").isKnown).toBe(true);
    expect(
      refusalsOf<() => unknown>(
        {
          "a number": () => of({ "Fn::ImportValue": "Ttl" }).number(0),
          "one of several": () => of(getAtt("Topic", "Kind")).oneOf(["a"]),
          "a list": () => of(getAtt("Topic", "List")).items(),
          "a text that has to be known": () => of(ref("Secret")).knownString(),
          "what the reader refuses": () => {
            throw of("{{resolve:ssm:/name}}").error("is none", "Write one.");
          },
          "a part of an attribute": () => of(split).knownString(),
          "a condition": () =>
            evaluatedStack(
              {
                ...sections,
                Conditions: { IsIt: { "Fn::Equals": [ref("Secret"), "a"] } },
                Resources: { Perhaps: { Type: "T", Condition: "IsIt" } },
              },
              { remedyFor },
            ).resource("Perhaps"),
        },
        (read) => read(),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a condition": "Parameters.Secret has its value in SSM: got "/path/in/ssm". Pass the ssm-parameter Secret.",
        "a list": "Site.Value is known once Topic is deployed: got "Topic.List". Pass the attribute Topic.List.",
        "a number": "Site.Value imports what no stack of the assembly exports: got "Ttl". Pass the export Ttl.",
        "a part of an attribute": "Site.Value is known once Topic is deployed: got "Topic.Url". Pass the attribute Topic.Url.",
        "a text that has to be known": "Parameters.Secret has its value in SSM: got "/path/in/ssm". Pass the ssm-parameter Secret.",
        "one of several": "Site.Value is known once Topic is deployed: got "Topic.Kind". Pass the attribute Topic.Kind.",
        "what the reader refuses": "Site.Value refers to a value outside the template: got "{{resolve:ssm:/name}}". Pass the dynamic-reference {{resolve:ssm:/name}}.",
      }
    `);
  });

  it("and decides a condition only where its value does not matter", () => {
    const chosen = (condition: unknown): unknown => {
      const assembly = new EvaluatedAssembly([
        stackOf({
          ...sections,
          Conditions: { IsIt: condition },
          Resources: {
            Site: {
              Type: "T",
              Properties: { Value: { "Fn::If": ["IsIt", ref("AWS::NoValue"), "no"] } },
            },
            Perhaps: { Type: "T", Condition: "IsIt" },
          },
        }),
      ]);
      const stack = assembly.stacks[0];
      return [stack?.resource("Site")?.text("Value"), stack?.resource("Perhaps") !== undefined];
    };
    const unknown = { "Fn::Equals": [ref("Secret"), "a"] };
    const never = { "Fn::Equals": ["a", "b"] };
    expect(chosen(unknown)).toEqual(["no", true]);
    expect(chosen({ "Fn::Not": [unknown] })).toEqual(["no", true]);
    expect(chosen({ "Fn::And": [unknown, never] })).toEqual(["no", false]);
    expect(chosen({ "Fn::Or": [unknown, { "Fn::Not": [never] }] })).toEqual([undefined, true]);
    expect(chosen({ "Fn::Equals": [ref("Secret"), ref("Secret")] })).toEqual([undefined, true]);
  });
});
