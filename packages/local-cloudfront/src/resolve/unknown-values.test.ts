import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withEdgeFunction } from "../../test/samples/edge-function.ts";
import {
  fixtures,
  loadTemplate,
  refusalOf,
  refusalsOf,
  type TemplateChanges,
} from "../../test/samples/template.ts";
import type { LoadDistributionOptions } from "./load-distribution.ts";

const fromStack = (name: string): unknown => ({ "Fn::ImportValue": name });
const importedDomain: TemplateChanges = {
  origin: {
    DomainName: fromStack("Domain"),
    S3OriginConfig: undefined,
    CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
  },
};
const noContent: LoadDistributionOptions = { originOverrides: new Map() };

describe("a value that only the deployment knows", () => {
  it("is a placeholder where a name is enough", () => {
    const { distribution } = loadTemplate({
      config: {
        Comment: { "Fn::Sub": ["of ${Zone}", { Zone: fromStack("Zone") }] },
        Aliases: { "Fn::Split": [",", fromStack("Names")] },
      },
    });
    expect(distribution).toMatchObject({ comment: "of <Zone>", aliases: ["<Names>"] });
  });

  it("is an origin that needs content, or an answer", () => {
    const { distribution, warnings } = loadTemplate(importedDomain, noContent);
    expect(distribution.origins.get("site")?.domainName).toBe("<Domain>");
    expect(warnings.map(({ message }) => message)).toEqual([
      "Origin cannot be reached from this machine (<Domain>). Pass --origin site=DIR or site=URL.",
    ]);
    const known = loadTemplate(importedDomain, {
      ...noContent,
      imports: { Domain: "a.example.com" },
    });
    expect(known.distribution.origins.get("site")?.domainName).toBe("a.example.com");
    expect(known.warnings).toEqual([]);
  });

  it("is part of an attribute, which its answer takes apart", () => {
    const resources = { Api: { Type: "AWS::AppSync::GraphQLApi" } };
    const url = { "Fn::GetAtt": ["Api", "GraphQLUrl"] };
    const origin = {
      ...importedDomain.origin,
      DomainName: { "Fn::Select": [2, { "Fn::Split": ["/", url] }] },
    };
    const values = { "Api.GraphQLUrl": "https://api.example.com/graphql" };
    const { distribution } = loadTemplate({ origin, resources }, { ...noContent, values });
    expect(distribution.origins.get("site")?.domainName).toBe("api.example.com");
    expect(
      loadTemplate({ origin, resources }, noContent).distribution.origins.get("site")?.domainName,
    ).toBe("<Api.GraphQLUrl>");
  });

  it("is a bucket, whose content may be passed", () => {
    const { distribution } = loadTemplate({ origin: { DomainName: fromStack("Bucket") } });
    expect(distribution.origins.get("site")).toMatchObject({
      kind: "s3",
      domainName: "<Bucket>",
      content: { kind: "folder" },
    });
  });

  it("is asked for where its value is needed", () => {
    const resources = { Custom: { Type: "Custom::Thing" } };
    const sections = {
      Parameters: { Ssm: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/a" } },
      Conditions: { IsIt: { "Fn::Equals": [{ Ref: "Ssm" }, "b"] } },
    };
    expect(
      refusalsOf<TemplateChanges>(
        {
          "a policy": { behavior: { CachePolicyId: fromStack("Policy") } },
          "a default root object": { config: { DefaultRootObject: "{{resolve:ssm:/root}}" } },
          "a number": { origin: { ConnectionTimeout: { "Fn::GetAtt": "Custom.Timeout" } } },
          "one of several": { behavior: { ViewerProtocolPolicy: fromStack("Protocol") } },
          countries: {
            config: {
              Restrictions: {
                GeoRestriction: { RestrictionType: "blacklist", Locations: [fromStack("Country")] },
              },
            },
          },
          "a condition": { config: { Comment: { "Fn::If": ["IsIt", "a", "b"] } } },
        },
        (changes) => loadTemplate({ ...changes, resources, sections }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a condition": "Parameters.Ssm has its value in SSM: got "/a". Pass --parameter Ssm=VALUE.",
        "a default root object": "Distribution.DistributionConfig.DefaultRootObject refers to a value outside the template: got "{{resolve:ssm:/root}}". Pass --value "{{resolve:ssm:/root}}=VALUE".",
        "a number": "Distribution.DistributionConfig.Origins[0].ConnectionTimeout is known once Custom is deployed: got "Custom.Timeout". Pass --value Custom.Timeout=VALUE.",
        "a policy": "Distribution.DistributionConfig.DefaultCacheBehavior.CachePolicyId imports what no stack of the assembly exports: got "Policy". Pass --import Policy=VALUE, or synthesize the exporting stack into the same assembly.",
        "countries": "Distribution.DistributionConfig.Restrictions.GeoRestriction.Locations[0] imports what no stack of the assembly exports: got "Country". Pass --import Country=VALUE, or synthesize the exporting stack into the same assembly.",
        "one of several": "Distribution.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy imports what no stack of the assembly exports: got "Protocol". Pass --import Protocol=VALUE, or synthesize the exporting stack into the same assembly.",
      }
    `);
  });

  it("is the answer to a question", () => {
    const changes = {
      config: { DefaultRootObject: "{{resolve:ssm:/root}}" },
      behavior: { CachePolicyId: fromStack("Policy") },
    };
    const { distribution } = loadTemplate(changes, {
      imports: { Policy: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
      values: { "{{resolve:ssm:/root}}": "a.html" },
    });
    expect(distribution.defaultRootObject).toBe("a.html");
    expect(distribution.cacheBehaviors[0]?.cachePolicy.maxTtlSeconds).toBe(0);
  });

  it("is warned of where an answer answers nothing", () => {
    const { warnings } = loadTemplate({}, { imports: { Zone: "a" }, values: { "A.B": "c" } });
    expect(warnings.map(({ subject }) => subject)).toEqual(["--import Zone", "--value A.B"]);
  });
});

describe("a function whose code lies elsewhere", () => {
  const folder = join(fixtures, "beside-template/function");
  const arn = "arn:aws:lambda:us-east-1:111122223333:function:existing";
  const associated = (LambdaFunctionARN: unknown): TemplateChanges =>
    withEdgeFunction({ association: { LambdaFunctionARN } });
  const loaded = (changes: TemplateChanges, key: string): unknown =>
    loadTemplate(changes, { functionCodes: new Map([[key, folder]]) }).distribution
      .cacheBehaviors[0]?.functionAssociations["viewer-request"]?.edgeFunction;

  it.each([
    ["its ARN", `${arn}:3`, arn],
    ["the ARN of its version", `${arn}:3`, `${arn}:3`],
    ["its name", `${arn}:3`, "existing"],
  ])("runs from a folder that is passed for %s", (_name, version, key) => {
    expect(loaded(associated(version), key)).toMatchObject({
      name: "existing",
      version: "3",
      arn: `${arn}:3`,
      handler: "index.handler",
      code: { kind: "folder", path: folder },
    });
  });

  it("runs from a folder that is passed for the export with its ARN", () => {
    expect(loaded(associated(fromStack("EdgeArn")), "EdgeArn")).toMatchObject({
      name: "EdgeArn",
      version: "1",
      code: { kind: "folder", path: folder },
    });
  });

  it("keeps the settings of the template where it has the function", () => {
    const properties = { Code: { S3Bucket: "elsewhere", S3Key: "a.zip" }, MemorySize: 256 };
    const changes = withEdgeFunction({
      properties,
      association: { EventType: "origin-request" },
    });
    const { distribution } = loadTemplate(changes, {
      functionCodes: new Map([["Rewrite", folder]]),
    });
    expect(
      distribution.cacheBehaviors[0]?.functionAssociations["origin-request"]?.edgeFunction,
    ).toMatchObject({ name: "Rewrite", memoryMb: 256, code: { kind: "folder", path: folder } });
  });

  it("is asked for with all others at once", () => {
    const association = (EventType: string, LambdaFunctionARN: unknown): object => ({
      EventType,
      LambdaFunctionARN,
    });
    const changes = {
      behavior: {
        LambdaFunctionAssociations: [
          association("viewer-request", `${arn}:7`),
          association("origin-response", fromStack("EdgeArn")),
        ],
      },
    };
    const message = refusalOf(() => loadTemplate(changes));
    expect(message).toMatchInlineSnapshot(
      `"Functions of the distribution are not in the assembly: got those of Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN, Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[1].LambdaFunctionARN. Pass --function arn:aws:lambda:us-east-1:111122223333:function:existing=FOLDER --function "EdgeArn=FOLDER" with their code, or put them into the same app or template."`,
    );
    const codes = [...message.matchAll(/--function "?([^" ]+)=/g)].map(([, name = ""]) => name);
    const { distribution } = loadTemplate(changes, {
      functionCodes: new Map(codes.map((name) => [name, folder])),
    });
    expect(Object.keys(distribution.cacheBehaviors[0]?.functionAssociations ?? {})).toEqual([
      "viewer-request",
      "origin-response",
    ]);
  });

  it("is asked for; what is no version is refused all the same", () => {
    expect({
      "an export": refusalOf(() => loadTemplate(associated(fromStack("EdgeArn")))),
      "an ARN without a version": refusalOf(() => loaded(associated(arn), arn)),
      "a function that the distribution does not have": refusalOf(() => loaded({}, "Rewrote")),
    }).toMatchInlineSnapshot(`
      {
        "a function that the distribution does not have": "Function is not in the distribution: got "Rewrote". There are none.",
        "an ARN without a version": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN must reference a specific function version (the ARN must end with the version number): got "arn:aws:lambda:us-east-1:111122223333:function:existing". Name a published version: the Ref of an AWS::Lambda::Version. [LE-E-12]",
        "an export": "Distribution.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN names a function that only the deployment knows: got "EdgeArn". Pass --function "EdgeArn=FOLDER" with its code.",
      }
    `);
  });
});
