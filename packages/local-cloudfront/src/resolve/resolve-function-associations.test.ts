import { describe, expect, it } from "vitest";
import { type EdgeFunctionChanges, withEdgeFunction } from "../../test/samples/edge-function.ts";
import { cachingOptimized, loadTemplate, refusalsOf } from "../../test/samples/template.ts";

type Associations = readonly Readonly<Record<string, unknown>>[];

const { resources } = withEdgeFunction();
const version = { Ref: "RewriteVersion" };

function load(lambda: Associations, cloudFront: Associations = []) {
  return loadTemplate({
    resources: {
      ...resources,
      Second: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { "Fn::GetAtt": ["Rewrite", "Arn"] } },
      },
      Alias: {
        Type: "AWS::Lambda::Alias",
        Properties: { FunctionName: { Ref: "Rewrite" }, Name: "live", FunctionVersion: "1" },
      },
      Small: { Type: "AWS::CloudFront::Function", Properties: { Name: "small" } },
    },
    behavior: { LambdaFunctionAssociations: lambda, FunctionAssociations: cloudFront },
  }).distribution;
}

describe("function associations", () => {
  it("are those of the template, by event type", () => {
    const { cacheBehaviors } = load([
      { EventType: "viewer-request", LambdaFunctionARN: version, IncludeBody: true },
      { EventType: "origin-response", LambdaFunctionARN: version },
    ]);
    const associations = cacheBehaviors[0]?.functionAssociations;
    expect(associations).toMatchObject({
      "viewer-request": { eventType: "viewer-request", includeBody: true },
      "origin-response": { eventType: "origin-response", includeBody: false },
    });
    expect(Object.keys(associations ?? {})).toHaveLength(2);
  });

  it("of one version share one function, whatever the cache behavior", () => {
    const association = { EventType: "viewer-request", LambdaFunctionARN: version };
    const { cacheBehaviors } = loadTemplate({
      ...withEdgeFunction(),
      config: {
        CacheBehaviors: [
          {
            PathPattern: "/a/*",
            TargetOriginId: "site",
            ViewerProtocolPolicy: "allow-all",
            CachePolicyId: cachingOptimized,
            LambdaFunctionAssociations: [association],
          },
        ],
      },
    }).distribution;
    const [first, second] = cacheBehaviors.map(
      ({ functionAssociations }) => functionAssociations["viewer-request"]?.edgeFunction,
    );
    expect(first).toBeDefined();
    expect(first).toBe(second);
  });

  it("number the versions of a function in the template's order", () => {
    const { cacheBehaviors } = load([
      { EventType: "viewer-request", LambdaFunctionARN: version },
      { EventType: "viewer-response", LambdaFunctionARN: { Ref: "Second" } },
    ]);
    const associations = cacheBehaviors[0]?.functionAssociations;
    expect(associations?.["viewer-request"]?.edgeFunction.version).toBe("1");
    expect(associations?.["viewer-response"]?.edgeFunction.version).toBe("2");
  });

  it("may name a version by its ARN in full", () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:site-Rewrite:7";
    const { cacheBehaviors } = load([{ EventType: "viewer-request", LambdaFunctionARN: arn }]);
    expect(cacheBehaviors[0]?.functionAssociations["viewer-request"]?.edgeFunction).toMatchObject({
      arn,
      version: "7",
    });
  });

  it("LE-A-29, LE-A-30, LE-E-11, LE-E-12: are refused where CloudFront refuses them", () => {
    const viewerRequest = { EventType: "viewer-request", LambdaFunctionARN: version };
    const cloudFrontFunction = { FunctionARN: { "Fn::GetAtt": ["Small", "FunctionARN"] } };
    expect(
      refusalsOf<readonly [Associations, Associations?]>(
        {
          "two functions on one event type": [[viewerRequest, viewerRequest]],
          "an unknown event type": [[{ ...viewerRequest, EventType: "viewer" }]],
          "a body on a response": [
            [{ EventType: "origin-response", LambdaFunctionARN: version, IncludeBody: true }],
          ],
          "no version": [
            [{ ...viewerRequest, LambdaFunctionARN: { "Fn::GetAtt": ["Rewrite", "Arn"] } }],
          ],
          $LATEST: [
            [{ ...viewerRequest, LambdaFunctionARN: { "Fn::Sub": "${Rewrite.Arn}:$LATEST" } }],
          ],
          "an alias": [[{ ...viewerRequest, LambdaFunctionARN: { Ref: "Alias" } }]],
          "a function in another region": [
            [
              {
                ...viewerRequest,
                LambdaFunctionARN: "arn:aws:lambda:eu-west-1:123456789012:function:rewrite:1",
              },
            ],
          ],
          "a function outside the assembly": [
            [
              {
                ...viewerRequest,
                LambdaFunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:rewrite:1",
              },
            ],
          ],
          "a function of another account": [
            [
              {
                ...viewerRequest,
                LambdaFunctionARN: "arn:aws:lambda:us-east-1:999999999999:function:site-Rewrite:1",
              },
            ],
          ],
          "what is no function": [[{ ...viewerRequest, LambdaFunctionARN: "rewrite" }]],
          nothing: [[{ EventType: "viewer-request" }]],
          "a CloudFront Function beside Lambda@Edge on viewer events": [
            [{ EventType: "viewer-response", LambdaFunctionARN: version }],
            [{ EventType: "viewer-request", ...cloudFrontFunction }],
          ],
          "a CloudFront Function on an origin event": [
            [],
            [{ EventType: "origin-request", ...cloudFrontFunction }],
          ],
        },
        (associations) => load(...associations),
      ),
    ).toMatchInlineSnapshot(`
      {
        "$LATEST": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:123456789012:function:site-Rewrite:$LATEST". Name a published version: the Ref of an AWS::Lambda::Version. [LE-E-12]",
        "a CloudFront Function beside Lambda@Edge on viewer events": "Distribution.DistributionConfig.DefaultCacheBehavior mixes CloudFront Functions and Lambda@Edge on viewer events: got "Rewrite", "small". Use one kind for both viewer events. [LE-A-30]",
        "a CloudFront Function on an origin event": "Distribution.DistributionConfig.DefaultCacheBehavior has the CloudFront Function "small" on origin-request. Use Lambda@Edge on origin events. [LE-A-30]",
        "a body on a response": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].IncludeBody has no meaning on origin-response: got true. Only request events carry a body: remove it. [LE-B-20]",
        "a function in another region": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must name a function in us-east-1: got "arn:aws:lambda:eu-west-1:123456789012:function:rewrite:1". Deploy the function's stack to us-east-1. [LE-E-11]",
        "a function of another account": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN names a function that is not in the assembly: got "arn:aws:lambda:us-east-1:999999999999:function:site-Rewrite:1". Pass --function arn:aws:lambda:us-east-1:999999999999:function:site-Rewrite=FOLDER with its code, or put the function into the same app or template.",
        "a function outside the assembly": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN names a function that is not in the assembly: got "arn:aws:lambda:us-east-1:123456789012:function:rewrite:1". Pass --function arn:aws:lambda:us-east-1:123456789012:function:rewrite=FOLDER with its code, or put the function into the same app or template.",
        "an alias": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:123456789012:function:site-Rewrite:live". Name a published version: the Ref of an AWS::Lambda::Version. [LE-E-12]",
        "an unknown event type": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].EventType must be one of "viewer-request", "origin-request", "origin-response", "viewer-response": got "viewer".",
        "no version": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:123456789012:function:site-Rewrite". Name a published version: the Ref of an AWS::Lambda::Version. [LE-E-12]",
        "nothing": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must be a string: got nothing.",
        "two functions on one event type": "Distribution.DistributionConfig.DefaultCacheBehavior has several functions on viewer-request: got "Rewrite", "Rewrite". Keep one function on an event type. [LE-A-29]",
        "what is no function": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN is not the ARN of a function: got "rewrite". Name a published version: the Ref of an AWS::Lambda::Version.",
      }
    `);
  });
});

describe("a function", () => {
  const load = (changes: EdgeFunctionChanges) =>
    loadTemplate(withEdgeFunction(changes)).distribution.cacheBehaviors[0]?.functionAssociations[
      "viewer-request"
    ]?.edgeFunction;

  it("has Lambda's memory and timeout where the template has none", () => {
    expect(load({})).toMatchObject({ memoryMb: 128, timeoutSeconds: 3, manifest: undefined });
  });

  it("has the memory, timeout, handler and runtime of the template", () => {
    expect(
      load({
        properties: { MemorySize: "256", Timeout: 4, Handler: "src/a.b", Runtime: "nodejs22.x" },
      }),
    ).toMatchObject({
      memoryMb: 256,
      timeoutSeconds: 4,
      handler: "src/a.b",
      runtime: "nodejs22.x",
    });
  });

  it("LE-E-13: is refused for a runtime that does not run, at the edge or here", () => {
    expect(
      refusalsOf<string | undefined>(
        { custom: "provided.al2023", java: "java21", none: undefined },
        (Runtime) => load({ properties: { Runtime } }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "custom": "Rewrite.Runtime is not one that runs at the edge: got "provided.al2023". Use nodejs24.x, nodejs22.x, python3.14, python3.13, python3.12, python3.11, python3.10. [LE-E-13]",
        "java": "Rewrite.Runtime is not one that runs at the edge: got "java21". Use nodejs24.x, nodejs22.x, python3.14, python3.13, python3.12, python3.11, python3.10. [LE-E-13]",
        "none": "Rewrite.Runtime must be a string: got nothing.",
      }
    `);
  });
});
