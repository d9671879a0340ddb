import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { unreadParts } from "./unread-parts.ts";

function unreadOf(template: string): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), "unread-")), "site.yaml");
  writeFileSync(file, template);
  return unreadParts(file).map(({ subject, message }) => `${subject}: ${message}`);
}

const distribution = (arn: string): string => `
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          LambdaFunctionAssociations: [{ EventType: viewer-request, LambdaFunctionARN: ${arn} }]
`;

it("a template of SAM with its code in it is read", () => {
  expect(
    unreadOf(`Transform: AWS::Serverless-2016-10-31
Resources:
  Edge:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: "exports.handler = async (event) => event.Records[0].cf.request;"
      AutoPublishAlias: live
${distribution("!Ref Edge.Version")}`),
  ).toEqual([]);
});

it("what is not read is said to be unread", () => {
  expect(
    unreadOf(`Transform: [AWS::Serverless-2016-10-31, Company::Macro]
Resources:
  Fn::ForEach::Buckets: []
  Connector: { Type: AWS::Serverless::Connector }
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: "https://elsewhere/a.yaml" } }
${distribution("!ImportValue EdgeArn")}`),
  ).toMatchInlineSnapshot(`
    [
      "Resources.Connector: AWS::Serverless::Connector is not read: the resources that SAM would make of it do not exist here.",
      "Transform: Macro Company::Macro is not run: what it would make is not read.",
      "Resources.Fn::ForEach::Buckets: It is not expanded: what it would make is not read.",
      "Resources.Nested: The template of this nested stack is not on disk: it is not read.",
      "Resources.Site.Properties.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.0.LambdaFunctionARN: The function is not in the app: neither its settings nor its code are read.",
    ]
  `);
});

it("a function whose code is elsewhere is said to be unread", () => {
  expect(
    unreadOf(`Resources:
  Edge:
    Type: AWS::Lambda::Function
    Properties: { Code: { S3Bucket: a, S3Key: b } }
  EdgeVersion: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Edge } }
${distribution("!Ref EdgeVersion")}`),
  ).toEqual([
    "Resources.Edge.Properties.Code: The function's code is not on disk: it is not read.",
  ]);
});

const edgeFunction = (code: string, runtime = "nodejs24.x"): string => `Resources:
  Edge:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: ${runtime}
      Code: { ZipFile: ${JSON.stringify(code)} }
  EdgeVersion: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Edge } }
${distribution("!Ref EdgeVersion")}`;

it.each([
  [
    "exports.handler = wrap(main);",
    "What index.js exports as handler is computed: what it does is not read.",
  ],
  ["exports.handler = async (event => {", "index.js is not JavaScript that can be parsed."],
])("a function with code such as %s is said to be unread", (code, reason) => {
  expect(unreadOf(edgeFunction(code))).toEqual([`Resources.Edge.Properties.Code: ${reason}`]);
});

it("code in Python is said to be unread, and code in a language that does not run at the edge", () => {
  expect(unreadOf(edgeFunction("def handler(event, context): return event", "python3.13"))).toEqual(
    [
      "Resources.Edge.Properties.Code: index.py is Python: only JavaScript is read, and here the name of the handler.",
    ],
  );
  expect(unreadOf(edgeFunction("", "provided.al2023"))).toEqual([
    "Resources.Edge.Properties.Code: Handler and Runtime do not name a file of JavaScript or Python: its code is not read.",
  ]);
});

it("a CloudFront Function that is elsewhere, or whose code is, is said to be unread", () => {
  expect(
    unreadOf(`Resources:
  Edge:
    Type: AWS::CloudFront::Function
    Properties: { FunctionCode: !ImportValue Code }
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          FunctionAssociations:
            - EventType: viewer-request
              FunctionARN: arn:aws:cloudfront::111122223333:function/redirect
`),
  ).toEqual([
    "Resources.Site.Properties.DistributionConfig.DefaultCacheBehavior.FunctionAssociations.0.FunctionARN: The function is not in the app: neither its settings nor its code are read.",
    "Resources.Edge.Properties.FunctionCode: Its code is known only once it is deployed: it is not read.",
  ]);
});
