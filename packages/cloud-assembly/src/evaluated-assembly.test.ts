import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { stackOf } from "../test/samples.ts";
import { readCloudAssembly } from "./assembly/read-cloud-assembly.ts";
import { EvaluatedAssembly } from "./evaluated-assembly.ts";

const probe = (value: unknown): object => ({ Type: "Test::Probe", Properties: { Value: value } });

/** Writes templates beside each other and evaluates the first. */
function assemblyOf(templates: Readonly<Record<string, string>>): EvaluatedAssembly {
  const folder = mkdtempSync(join(tmpdir(), "evaluated-assembly-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(templates)) writeFileSync(join(folder, name), text);
  const [first = ""] = Object.keys(templates);
  return new EvaluatedAssembly(readCloudAssembly(join(folder, first)).stacks);
}

describe("nested stacks", () => {
  const parent = `
Parameters: { Stage: { Type: String, Default: test } }
Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./inner.yaml
      Parameters: { Name: !Sub "\${Stage}-bucket", Sizes: [1, 2] }
  Probe: { Type: Test::Probe, Properties: { Value: !GetAtt Inner.Outputs.Name } }
  Id: { Type: Test::Probe, Properties: { Value: !GetAtt Inner.Outputs.Id } }
`;
  const inner = `
Parameters: { Name: { Type: String }, Sizes: { Type: CommaDelimitedList } }
Resources:
  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Name, Tags: !Ref Sizes } }
Outputs:
  Name: { Value: !Ref Name }
  Id: { Value: !Ref Bucket }
`;

  it("have the parameters that their parents pass", () => {
    const assembly = assemblyOf({ "outer.yaml": parent, "inner.yaml": inner });
    const [bucket] = assembly.resourcesOfType("AWS::S3::Bucket");
    expect(bucket?.stack.name).toBe("outer-Inner");
    expect(bucket?.values).toEqual({ BucketName: "test-bucket", Tags: ["1", "2"] });
  });

  it("hand their outputs to their parents", () => {
    const assembly = assemblyOf({ "outer.yaml": parent, "inner.yaml": inner });
    const [name, id] = assembly.resourcesOfType("Test::Probe");
    expect(name?.text("Value")).toBe("test-bucket");
    expect(assembly.resourceIn(id?.text("Value"))?.logicalId).toBe("Bucket");
  });

  it("are two where two resources have the same template", () => {
    const twice = `${parent}  Other:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: inner.yaml, Parameters: { Name: other, Sizes: "" } }
`;
    const assembly = assemblyOf({ "outer.yaml": twice, "inner.yaml": inner });
    expect(
      assembly.resourcesOfType("AWS::S3::Bucket").map((bucket) => bucket.text("BucketName")),
    ).toEqual(["test-bucket", "other"]);
  });

  it("that are not on disk have unknown outputs", () => {
    const assembly = assemblyOf({ "outer.yaml": parent });
    expect(assembly.stacks).toHaveLength(1);
    const [name] = assembly.resourcesOfType("Test::Probe");
    expect(assembly.readable(name?.text("Value") ?? "")).toBe("<Inner.Outputs.Name>");
  });

  it("that hold themselves are followed once", () => {
    const assembly = assemblyOf({ "inner.yaml": parent });
    expect(assembly.stacks).toHaveLength(1);
  });
});

describe("stacks of one assembly", () => {
  it("import what the others export", () => {
    const exporting = stackOf(
      {
        Resources: { Bucket: { Type: "AWS::S3::Bucket" } },
        Outputs: { Name: { Value: { Ref: "Bucket" }, Export: { Name: "bucket" } } },
      },
      { name: "exporting" },
    );
    const importing = stackOf({ Resources: { Probe: probe({ "Fn::ImportValue": "bucket" }) } });
    const assembly = new EvaluatedAssembly([importing, exporting]);
    const [found] = assembly.resourcesOfType("Test::Probe");
    expect(assembly.resourceIn(found?.text("Value"))?.stack.name).toBe("exporting");
  });

  it("that import from each other in a circle are refused", () => {
    const circular = (name: string, other: string): ReturnType<typeof stackOf> =>
      stackOf(
        {
          Resources: { Probe: probe({ "Fn::ImportValue": other }) },
          Outputs: { It: { Value: { "Fn::ImportValue": other }, Export: { Name: name } } },
        },
        { name },
      );
    const stacks = [circular("a", "b"), circular("b", "a")];
    const [found] = new EvaluatedAssembly(stacks).resourcesOfType("Test::Probe");
    expect(() => found?.values).toThrow(/depends on itself: got "b"/);
    const [marked] = new EvaluatedAssembly(stacks, { faults: "unknown" }).resourcesOfType(
      "Test::Probe",
    );
    expect(marked?.knownText("Value")).toBeUndefined();
  });

  it("read what the CDK hands from one Region to another", () => {
    const writing = stackOf(
      {
        Resources: {
          Parameter: {
            Type: "AWS::SSM::Parameter",
            Properties: { Name: "/cdk/arn", Value: "arn:aws:lambda:us-east-1:1:function:f:1" },
          },
          Writer: {
            Type: "Custom::CrossRegionExportWriter",
            Properties: { WriterProps: { exports: { "/cdk/name": "name" } } },
          },
        },
      },
      { name: "writing" },
    );
    const reading = stackOf({
      Resources: {
        Parameter: {
          Type: "Custom::CrossRegionStringParameterReader",
          Properties: { ParameterName: "/cdk/arn" },
        },
        Reader: { Type: "Custom::CrossRegionExportReader" },
        Arn: probe({ "Fn::GetAtt": ["Parameter", "FunctionArn"] }),
        Name: probe({ "Fn::GetAtt": ["Reader", "/cdk/name"] }),
      },
    });
    const assembly = new EvaluatedAssembly([reading, writing]);
    expect(
      assembly.resourcesOfType("Test::Probe").map((found) => found.knownText("Value")),
    ).toEqual(["arn:aws:lambda:us-east-1:1:function:f:1", "name"]);
  });

  it("have the partition of their Region, and an unknown one where the app leaves it open", () => {
    const probes = { Probe: probe({ "Fn::Sub": "${AWS::Partition} ${AWS::Region}" }) };
    const valueIn = (region?: string): string | undefined => {
      const stack = stackOf({ Resources: probes }, { region });
      const [found] = new EvaluatedAssembly([stack]).resourcesOfType("Test::Probe");
      return found?.knownText("Value");
    };
    expect(valueIn("cn-north-1")).toBe("aws-cn cn-north-1");
    expect(valueIn("us-gov-west-1")).toBe("aws-us-gov us-gov-west-1");
    expect(valueIn()).toBeUndefined();
  });
});
