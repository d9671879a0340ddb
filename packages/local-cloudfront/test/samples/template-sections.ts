import { type TemplateEnvironment } from "../../src/template/evaluated-template.ts";

/** Where the template of `sections` is deployed. */
export const environment: TemplateEnvironment = {
  stackName: "site",
  accountId: "123456789012",
  region: "us-east-1",
  parameters: {},
  resourceAttribute: (resource, attribute) => {
    if (resource.type !== "AWS::S3::Bucket") return undefined;
    return attribute === undefined ? "bucket-name" : attribute === "Arn" ? "arn:bucket" : undefined;
  },
  importValue: (name) => (name === "Exported" ? "imported" : undefined),
};

/** Everything of a template but its resources. */
export const sections = {
  Parameters: {
    Stage: { Type: "String", Default: "test" },
    Count: { Type: "Number", Default: 3 },
    Names: { Type: "CommaDelimitedList", Default: "a, b,c" },
    Ports: { Type: "List<Number>", Default: "80,443" },
    Secret: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/path/in/ssm" },
    Zones: { Type: "AWS::SSM::Parameter::Value<List<String>>", Default: "x,y" },
    Missing: { Type: "String" },
    Odd: { Type: "Number", Default: "many" },
    Limited: { Type: "String", Default: "c", AllowedValues: ["a", "b"] },
  },
  Mappings: { Ttl: { test: { Default: 60, List: ["x", "y"] } } },
  Conditions: {
    IsTest: { "Fn::Equals": [{ Ref: "Stage" }, "test"] },
    IsProd: { "Fn::Not": [{ Condition: "IsTest" }] },
    Both: { "Fn::And": [{ Condition: "IsTest" }, { Condition: "IsProd" }] },
    Either: { "Fn::Or": [{ Condition: "IsTest" }, { Condition: "IsProd" }] },
    ThreeIsText: { "Fn::Equals": [{ Ref: "Count" }, "3"] },
    Circle: { "Fn::Not": [{ Condition: "Circle" }] },
    Odd: { "Fn::Equals": ["one"] },
    NoExpression: "true",
  },
};

/** Resources that expressions refer to. */
export const resources = {
  Bucket: { Type: "AWS::S3::Bucket" },
  Topic: { Type: "AWS::SNS::Topic" },
  ProdBucket: { Type: "AWS::S3::Bucket", Condition: "IsProd" },
};
