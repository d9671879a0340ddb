import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAssembly } from "./check-assembly.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "check-assembly-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Ids and lines of what is found, as in `LE-E-08 12`. */
function found(file: string): readonly string[] {
  return checkAssembly(file, { today: "2026-11-26" })
    .filter(({ ruleId }) => ruleId !== "LE-F-01")
    .map(({ ruleId, place }) => `${ruleId} ${place.logicalId} ${place.line}`);
}

const lambda = (more: string, code = "Code: { ZipFile: 'exports.handler = async (e) => e;' }") =>
  `  Rewrite:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: arn:aws:iam::111122223333:role/edge
      ${code}
      ${more}
  Version:
    Type: AWS::Lambda::Version
    Properties: { FunctionName: !Ref Rewrite }
`;

const distribution = (arn: string) => `  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          TargetOriginId: site
          LambdaFunctionAssociations:
            - EventType: viewer-request
              LambdaFunctionARN: ${arn}
`;

describe("a YAML template", () => {
  it("has its short forms read and its lines named", () => {
    const file = write(
      "short.yaml",
      `Resources:\n${lambda("Architectures: [arm64]")}${distribution('!Sub "${Rewrite.Arn}:${Version.Version}"')}`,
    );
    expect(found(file)).toEqual(["LE-E-08 Rewrite 9"]);
  });

  it("has parameters with their defaults, mappings and conditions", () => {
    const file = write(
      "conditions.yaml",
      `Parameters:
  Stage: { Type: String, Default: prod }
Mappings:
  Settings: { prod: { Timeout: 31 }, dev: { Timeout: 5 } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
Resources:
${lambda('Timeout: !FindInMap [Settings, !Ref Stage, Timeout]\n      Layers: !If [IsDev, [a], !Ref "AWS::NoValue"]')}${distribution("!Ref Version")}`,
    );
    expect(found(file)).toEqual(["LE-E-04 Rewrite 16", "LE-E-02 Rewrite 16"]);
  });

  it("is not judged where only the deployment knows", () => {
    const file = write(
      "unknown.yaml",
      `Parameters:
  Arn: { Type: String }
  Runtime: { Type: String }
Resources:
${lambda("MemorySize: !ImportValue memory").replace("nodejs24.x", "!Ref Runtime")}${distribution("!Ref Arn")}`,
    );
    expect(found(file)).toEqual([]);
  });

  it("has code looked at in a zip file", () => {
    write("code.zip", zipSync({ "index.js": strToU8("exports.main = async (e) => e;") }));
    const file = write(
      "zip.yaml",
      `Resources:\n${lambda("Timeout: 5", "Code: code.zip")}${distribution("!Ref Version")}`,
    );
    expect(found(file)).toEqual(["LE-C-19 Rewrite 5"]);
  });

  it("has code left unjudged that is no zip file", () => {
    write("broken.zip", "no zip");
    const file = write(
      "broken.yaml",
      `Resources:\n${lambda("Timeout: 5", "Code: broken.zip")}${distribution("!Ref Version")}`,
    );
    expect(found(file)).toEqual([]);
  });

  it("has its nested stacks read, with what is passed to them and what they put out", () => {
    write(
      "functions.yaml",
      `Parameters:
  Architecture: { Type: String }
Resources:
${lambda("Architectures: [!Ref Architecture]")}Outputs:
  Arn: { Value: !Ref Version }
`,
    );
    const file = write(
      "parent.yaml",
      `Resources:
  Functions:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: functions.yaml, Parameters: { Architecture: arm64 } }
${distribution("!GetAtt Functions.Outputs.Arn")}`,
    );
    expect(found(file)).toEqual(["LE-E-08 Rewrite 11"]);
  });

  it("whose sections are of another shape has what is left judged", () => {
    const file = write(
      "odd.yaml",
      `Parameters: [1]
Mappings: text
Outputs: { A: 1, B: { Export: 2 } }
Resources:
  Number: 7
  Text: { Type: AWS::S3::Bucket, Properties: text, Metadata: text }
${lambda("Architectures: [arm64]\n    Metadata: [1]")}${distribution("!Ref Version")}`,
    );
    expect(found(file)).toEqual(["LE-E-08 Rewrite 14"]);
  });

  it("that refers to itself in a circle ends", () => {
    const file = write(
      "circle.yaml",
      `Conditions:
  A: !Condition B
  B: !Not [!Condition A]
Resources:
${lambda("Timeout: !If [A, 5, 6]")}${distribution("!ImportValue arn")}Outputs:
  Arn: { Value: !ImportValue arn, Export: { Name: arn } }
`,
    );
    expect(found(file)).toEqual([]);
  });
});

describe("an assembly that is not whole", () => {
  const stack = {
    type: "aws:cloudformation:stack",
    properties: { templateFile: "Site.template.json" },
  };

  it.each([
    ["a manifest that is no JSON", "{", /^File ".*manifest\.json" is not valid JSON: .*\. Synth/],
    [
      "a template that is not there",
      JSON.stringify({ version: "55.0.0", artifacts: { Site: stack } }),
      /^File ".*Site\.template\.json" cannot be read \(ENOENT\)\. Synthesize the app again/,
    ],
  ])("is told of: %s", (_name, manifest, message) => {
    const assembly = mkdtempSync(join(folder, "assembly-"));
    writeFileSync(join(assembly, "manifest.json"), manifest);
    expect(() => checkAssembly(assembly)).toThrow(message);
  });
});

describe("what cannot be checked is told in a sentence", () => {
  it.each([
    ["nothing", "absent", /^Cloud assembly does not exist: got ".*absent"\. Synthesize/],
    ["a folder that is no assembly", ".", /is not a cloud assembly: it has no manifest\.json\./],
    [
      "a file that is no template",
      "text.yaml",
      /^File ".*text\.yaml" is not a CloudFormation template: it has no "Resources" section\. Name/,
    ],
    ["a file that is no JSON", "broken.json", /^Template ".*broken\.json" is not valid JSON/],
  ])("%s", (_name, path, message) => {
    write("text.yaml", "just a text");
    write("broken.json", '{ "Resources": ');
    expect(() => checkAssembly(join(folder, path))).toThrow(message);
  });
});
