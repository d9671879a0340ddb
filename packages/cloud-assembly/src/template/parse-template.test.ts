import { describe, expect, it } from "vitest";
import { parseTemplate, templateLines } from "./parse-template.ts";

function valueOf(text: string): unknown {
  const parsed = parseTemplate(text, "YAML");
  return parsed.kind === "template" ? parsed.value : parsed;
}

describe("short forms of intrinsic functions", () => {
  it.each<[string, unknown]>([
    ["!Ref Bucket", { Ref: "Bucket" }],
    ["!Condition IsProd", { Condition: "IsProd" }],
    ["!GetAtt Bucket.Arn", { "Fn::GetAtt": "Bucket.Arn" }],
    ["!GetAtt [Bucket, Arn]", { "Fn::GetAtt": ["Bucket", "Arn"] }],
    ["!Sub '${A}-b'", { "Fn::Sub": "${A}-b" }],
    ["!Sub ['${A}', { A: !Ref B }]", { "Fn::Sub": ["${A}", { A: { Ref: "B" } }] }],
    ["!Join ['', [a, !Ref B]]", { "Fn::Join": ["", ["a", { Ref: "B" }]] }],
    ["!If [C, !Ref A, 1]", { "Fn::If": ["C", { Ref: "A" }, 1] }],
    ["!Split [',', !ImportValue x]", { "Fn::Split": [",", { "Fn::ImportValue": "x" }] }],
    ["!GetAZs ''", { "Fn::GetAZs": "" }],
    ["!Transform { Name: Include }", { "Fn::Transform": { Name: "Include" } }],
    ["!Sub 12", { "Fn::Sub": "12" }],
  ])("%s", (text, expected) => {
    expect(valueOf(`value: ${text}`)).toEqual({ value: expected });
  });

  it("hold the text of a block as it is written", () => {
    expect(valueOf("value: !Sub |\n  first\n  ${second}\n")).toEqual({
      value: { "Fn::Sub": "first\n${second}\n" },
    });
  });

  it("that are unknown become long forms, for whoever evaluates them to refuse", () => {
    expect(valueOf("value: !Nonsense x")).toEqual({ value: { "Fn::Nonsense": "x" } });
  });

  it("are found behind anchors too", () => {
    expect(valueOf("a: &a { x: !Ref Y }\nb: *a")).toEqual({
      a: { x: { Ref: "Y" } },
      b: { x: { Ref: "Y" } },
    });
  });
});

describe("scalars", () => {
  it.each<[string, unknown]>([
    ["2012-10-17", "2012-10-17"],
    ["true", true],
    ["yes", "yes"],
    ["86400", 86400],
    ["'86400'", "86400"],
    ["~", null],
  ])("%s", (text, expected) => {
    expect(valueOf(`value: ${text}`)).toEqual({ value: expected });
  });
});

describe("what is no YAML", () => {
  it("is invalid for a reason", () => {
    const growing = ["b", "c", "d", "e", "f"].map(
      (name, index) => `${name}: &${name} [${`*${"abcde"[index]}, `.repeat(10)}]`,
    );
    expect({
      "an open list": parseTemplate("a: [1\nb: 2", "YAML"),
      "an unknown anchor": parseTemplate("a: *nowhere", "YAML"),
      "aliases that grow without end": parseTemplate(
        `a: &a [x, x, x, x, x, x, x, x, x, x]\n${growing.join("\n")}`,
        "YAML",
      ),
    }).toMatchInlineSnapshot(`
      {
        "aliases that grow without end": {
          "kind": "invalid",
          "reason": "Excessive alias count indicates a resource exhaustion attack",
        },
        "an open list": {
          "kind": "invalid",
          "reason": "Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1",
        },
        "an unknown anchor": {
          "kind": "invalid",
          "reason": "Unresolved alias (the anchor must be set before the alias): nowhere",
        },
      }
    `);
  });
});

describe("a key that is written twice", () => {
  it("has its last value, and a warning with its path", () => {
    expect(parseTemplate("a:\n  - b: !Ref X\n    c: 1\n    b: 2\n", "YAML")).toEqual({
      kind: "template",
      value: { a: [{ b: 2, c: 1 }] },
      warnings: [
        {
          subject: "a.0.b",
          message: "It is written more than once: the last one counts, as in CloudFormation.",
        },
      ],
    });
  });

  it("is looked up at its last line", () => {
    expect(templateLines("a:\n  b: 1\n  c: 1\n  b: 2\n")(["a", "b"])).toBe(4);
  });
});

describe("merge keys", () => {
  it("are resolved, and what stands beside them wins", () => {
    const text = "a: &a { x: 1, y: !Ref Z }\nb: { <<: *a, x: 2 }\nc: { x: 3, <<: *a }\n";
    expect(parseTemplate(text, "YAML")).toMatchObject({
      value: { b: { x: 2, y: { Ref: "Z" } }, c: { x: 3, y: { Ref: "Z" } } },
      warnings: [],
    });
  });

  it("take several mappings, the first of which wins", () => {
    const text = "a: &a { x: 1 }\nb: &b { x: 2, y: 2 }\nc: { <<: [*a, *b] }\n";
    expect(valueOf(text)).toMatchObject({ c: { x: 1, y: 2 } });
  });

  it("do not hide the line of what they bring", () => {
    expect(templateLines("a: &a\n  x: 1\nb:\n  <<: *a\n")(["b", "x"])).toBe(4);
  });
});

describe("the lines of a template", () => {
  const path = ["Resources", "Rewrite", "Properties", "Timeout"];

  it("are found in YAML, with short forms", () => {
    const yaml = "Resources:\n  Rewrite:\n    Properties:\n      Timeout: !If [A, 5, 6]\n";
    expect(templateLines(yaml)(path)).toBe(4);
  });

  it("are found in JSON", () => {
    const json = '{\n "Resources": {\n  "Rewrite": {\n   "Properties": {\n    "Timeout": 5 } } } }';
    expect(templateLines(json)(path)).toBe(5);
  });

  it("are those of what comes nearest to a property that is not written", () => {
    expect(templateLines("Resources:\n  Rewrite:\n    Type: A\n")(path)).toBe(3);
  });
});
