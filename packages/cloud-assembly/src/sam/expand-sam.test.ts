import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../value/json.ts";
import { expandSam, samTransform } from "./expand-sam.ts";

function resourcesOf(
  Resources: JsonObject,
  sections: JsonObject = {},
  folder = "/none",
): JsonObject {
  const template = { Transform: samTransform, ...sections, Resources };
  return expandSam(template, folder).template["Resources"] as JsonObject;
}

const edge = {
  Type: "AWS::Serverless::Function",
  Properties: {
    Handler: "index.handler",
    CodeUri: "edge/",
    Role: { "Fn::GetAtt": "Role.Arn" },
    AutoPublishAlias: "live",
  },
};

describe("a function of SAM", () => {
  it("is a Lambda function with its version and its alias", () => {
    expect(resourcesOf({ Edge: edge })).toEqual({
      Edge: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Handler: "index.handler",
          Role: { "Fn::GetAtt": "Role.Arn" },
          Code: "edge/",
        },
      },
      EdgeVersion: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Edge" } } },
      EdgeAliaslive: {
        Type: "AWS::Lambda::Alias",
        Properties: {
          FunctionName: { Ref: "Edge" },
          FunctionVersion: { "Fn::GetAtt": ["EdgeVersion", "Version"] },
          Name: "live",
        },
      },
    });
  });

  it("has its version and alias under the names that SAM gives them", () => {
    const Other = {
      Type: "T",
      Properties: {
        a: { Ref: "Edge.Version" },
        b: { "Fn::GetAtt": ["Edge.Version", "Version"] },
        c: { "Fn::GetAtt": "Edge.Version.Version" },
        d: {
          "Fn::Sub": ["${Edge.Alias} ${Edge.Arn} ${!Edge.Version}", { X: { Ref: "Edge.Alias" } }],
        },
      },
    };
    expect(resourcesOf({ Edge: edge, Other })["Other"]).toEqual({
      Type: "T",
      Properties: {
        a: { Ref: "EdgeVersion" },
        b: { "Fn::GetAtt": ["EdgeVersion", "Version"] },
        c: { "Fn::GetAtt": "EdgeVersion.Version" },
        d: {
          "Fn::Sub": [
            "${EdgeAliaslive} ${Edge.Arn} ${!Edge.Version}",
            { X: { Ref: "EdgeAliaslive" } },
          ],
        },
      },
    });
  });

  it("has what Globals say: mappings merged, lists joined, its own before all", () => {
    const Globals = {
      Function: {
        Runtime: "nodejs22.x",
        Timeout: 5,
        Layers: ["a"],
        Environment: { Variables: { A: "1", B: "2" } },
      },
    };
    const Properties = {
      ...edge.Properties,
      Timeout: 3,
      Layers: ["b"],
      Environment: { Variables: { B: "3" } },
    };
    expect(resourcesOf({ Edge: { ...edge, Properties } }, { Globals })["Edge"]).toMatchObject({
      Properties: {
        Runtime: "nodejs22.x",
        Timeout: 3,
        Layers: ["a", "b"],
        Environment: { Variables: { A: "1", B: "3" } },
      },
    });
  });

  it.each<[string, JsonObject, unknown]>([
    ["inline", { InlineCode: "x" }, { ZipFile: "x" }],
    ["an S3 URL", { CodeUri: "s3://b/k/e.zip" }, { S3Bucket: "b", S3Key: "k/e.zip" }],
    ["an S3 object", { CodeUri: { Bucket: "b", Key: "k" } }, { S3Bucket: "b", S3Key: "k" }],
    ["a parameter", { CodeUri: { Ref: "Path" } }, { Ref: "Path" }],
    ["the template's folder", {}, "."],
  ])("has code: %s", (_name, Properties, Code) => {
    expect(
      resourcesOf({ Edge: { Type: "AWS::Serverless::Function", Properties } })["Edge"],
    ).toMatchObject({ Properties: { Code } });
  });

  it("has the code that sam build has made, where its sources need that", () => {
    const folder = mkdtempSync(join(tmpdir(), "sam-"));
    const built = { ...edge, Metadata: { BuildMethod: "esbuild" } };
    const codeOf = (): unknown => resourcesOf({ Edge: built }, {}, folder)["Edge"];
    expect(codeOf()).toMatchObject({ Properties: { Code: "edge/" } });
    mkdirSync(join(folder, ".aws-sam/build/Edge"), { recursive: true });
    expect(codeOf()).toMatchObject({
      Properties: { Code: join(folder, ".aws-sam/build/Edge") },
    });
  });

  it("has SAM's role where it names none, and its URL", () => {
    const Properties = { Handler: "a.b", FunctionUrlConfig: { AuthType: "AWS_IAM" } };
    expect(
      resourcesOf({ Api: { Type: "AWS::Serverless::Function", Condition: "Is", Properties } }),
    ).toMatchObject({
      Api: { Condition: "Is", Properties: { Role: { "Fn::GetAtt": ["ApiRole", "Arn"] } } },
      ApiRole: { Type: "AWS::IAM::Role", Condition: "Is" },
      ApiUrl: {
        Type: "AWS::Lambda::Url",
        Condition: "Is",
        Properties: { AuthType: "AWS_IAM", TargetFunctionArn: { Ref: "Api" } },
      },
    });
  });
});

describe("other resources of SAM", () => {
  it("are what they are to CloudFormation", () => {
    const Events = { Any: { Type: "HttpApi" }, Old: { Type: "Api" } };
    expect(
      resourcesOf({
        Edge: { Type: "AWS::Serverless::Function", Properties: { Events } },
        Http: { Type: "AWS::Serverless::HttpApi" },
        Nested: { Type: "AWS::Serverless::Application", Properties: { Location: "./a.yaml" } },
      }),
    ).toMatchObject({
      Http: { Type: "AWS::ApiGatewayV2::Api" },
      Nested: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "./a.yaml" } },
      ServerlessHttpApi: { Type: "AWS::ApiGatewayV2::Api" },
      ServerlessRestApi: { Type: "AWS::ApiGateway::RestApi" },
    });
  });

  it("are said to be unread where they are not known", () => {
    const Resources = { Odd: { Type: "AWS::Serverless::Connector" } };
    expect(expandSam({ Transform: [samTransform], Resources }, "/none").warnings).toEqual([
      {
        subject: "Resources.Odd",
        message:
          "AWS::Serverless::Connector is not read: the resources that SAM would make of it do not exist here.",
      },
    ]);
  });

  it("stay as they are without the transform", () => {
    const template = { Resources: { Edge: edge } };
    expect(expandSam(template, "/none")).toEqual({ template, warnings: [] });
  });
});
