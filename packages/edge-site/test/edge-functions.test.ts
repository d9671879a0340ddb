import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { afterAll, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { configFile } from "./notes/config-file.ts";
import { synthesized } from "./synthesized.ts";

const site = synthesized();
const { template } = site;
afterAll(() => site[Symbol.dispose]());

const { resolve } = createRequire(configFile);
const manifests = edgeConfig.functions.map((each) =>
  JSON.parse(readFileSync(resolve(`${each.package}/manifest`), "utf8")),
);
const packageNames = edgeConfig.functions.map((each) => each.package);

interface LambdaFunction {
  readonly Metadata: { readonly "cf-edge:source-maps": { readonly path: string } };
  readonly Properties: {
    readonly Code: { readonly S3Key: string };
    readonly LoggingConfig: object;
    readonly Role: { readonly "Fn::GetAtt": readonly [string, string] };
  };
}

/** A package's function and its version, with their logical ids. */
function functionOf(from: Template, packageName: string) {
  const functions = from.findResources("AWS::Lambda::Function", {
    Properties: { Description: Match.stringLikeRegexp(`^${packageName} `) },
  });
  const [[functionId, resource], ...others] = Object.entries(functions) as [
    [string, LambdaFunction],
  ];
  expect(others).toEqual([]);
  const versions = from.findResources("AWS::Lambda::Version", {
    Properties: { FunctionName: { Ref: functionId } },
  });
  const [versionId, ...otherVersions] = Object.keys(versions);
  expect(otherVersions).toEqual([]);
  return { functionId, versionId: versionId!, ...resource };
}

describe("each edge function", () => {
  it.each(manifests)("$packageName is what its manifest says, on x86_64", (manifest) => {
    expect(functionOf(template, manifest.packageName).Properties).toMatchObject({
      Description: `${manifest.packageName} ${manifest.version}`,
      Handler: manifest.handler,
      Runtime: manifest.runtime,
      MemorySize: manifest.memoryMb,
      Timeout: manifest.timeoutSeconds,
      Architectures: ["x86_64"],
    });
  });

  it("LE-E-08: has no environment, network, layers, dead-letter queue or tracing", () => {
    const named = ["Architectures", "Code", "Description", "Handler", "MemorySize"];
    for (const { Properties } of Object.values(template.findResources("AWS::Lambda::Function"))) {
      expect(Object.keys(Properties)).toEqual([
        ...named.slice(0, 4),
        "LoggingConfig",
        "MemorySize",
        "Role",
        "Runtime",
        "Timeout",
      ]);
    }
  });

  it.each(packageNames)("LE-F-01: %s may be assumed by Lambda and by Lambda@Edge", (name) => {
    const [roleId] = functionOf(template, name).Properties.Role["Fn::GetAtt"];
    expect(template.findResources("AWS::IAM::Role")[roleId]!["Properties"]).toMatchObject({
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: ["edgelambda.amazonaws.com", "lambda.amazonaws.com"] },
          },
        ],
      },
    });
  });

  it.each(packageNames)(
    "CF-P-03, LE-F-08: %s may write the log group of the site, in any region",
    (name) => {
      const { Properties } = functionOf(template, name);
      expect(Properties.LoggingConfig).toEqual({
        LogFormat: "JSON",
        LogGroup: "/lambda-edge/notes",
      });
      const [roleId] = Properties.Role["Fn::GetAtt"];
      const { Policies } = template.findResources("AWS::IAM::Role")[roleId]?.["Properties"] ?? {};
      expect(Policies.map((policy: { PolicyDocument: object }) => policy.PolicyDocument)).toEqual([
        {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: {
                "Fn::Join": [
                  "",
                  [
                    "arn:",
                    { Ref: "AWS::Partition" },
                    ":logs:*:",
                    { Ref: "AWS::AccountId" },
                    ":log-group:/lambda-edge/notes:*",
                  ],
                ],
              },
            },
          ],
        },
      ]);
    },
  );

  it.each(packageNames)("LE-F-07: %s has a numbered version that outlives the stack", (name) => {
    const { versionId } = functionOf(template, name);
    expect(template.findResources("AWS::Lambda::Version")[versionId]).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
    });
  });

  it.each(edgeConfig.functions)("$package is deployed as it was built, with its config", (each) => {
    const { S3Key } = functionOf(template, each.package).Properties.Code;
    const folder = join(site.assemblyFolder, `asset.${S3Key.replace(/\.zip$/, "")}`);
    expect(new Set(readdirSync(folder))).toEqual(
      new Set(["config.json", "index.cjs", "manifest.json"]),
    );
    expect(readFileSync(join(folder, "index.cjs"))).toEqual(
      readFileSync(resolve(`${each.package}/lambda`)),
    );
    expect(JSON.parse(readFileSync(join(folder, "config.json"), "utf8"))).toEqual(each.config);
  });

  it.each(packageNames)("%s leads to its source map, and from there to its sources", (name) => {
    const { path } = functionOf(template, name).Metadata["cf-edge:source-maps"];
    const folder = join(site.assemblyFolder, path);
    const map = JSON.parse(readFileSync(join(folder, "index.cjs.map"), "utf8"));
    const sources: string[] = map.sources.map((each: string) => join(folder, map.sourceRoot, each));
    expect(sources).toContain(join(folder, "../../src/lambda.ts"));
    // The build itself writes what reads config.json and what exports the handler.
    const written = ["edge-build:config.json", "edge-build:exports.js"];
    expect(sources.filter((file) => !existsSync(file))).toEqual(
      written.map((name) => join(folder, map.sourceRoot, name)),
    );
  });
});

describe("the function associations", () => {
  const association = (name: string, eventType: string) => ({
    EventType: eventType,
    LambdaFunctionARN: { Ref: functionOf(template, name).versionId },
  });

  it("has all three on the default cache behavior, as versions", () => {
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        DefaultCacheBehavior: Match.objectLike({
          LambdaFunctionAssociations: Match.arrayWith([
            association("spa-rewrite", "viewer-request"),
            association("security-headers", "viewer-response"),
            association("secret-redirect", "origin-request"),
          ]),
        }),
      },
    });
  });

  it("has security-headers on hashed assets, and neither of the others", () => {
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: "/assets/*",
            LambdaFunctionAssociations: Match.arrayWith([
              association("security-headers", "viewer-response"),
            ]),
          }),
        ],
      },
    });
    const [distribution = {}] = Object.values(
      template.findResources("AWS::CloudFront::Distribution"),
    );
    const cacheBehaviors = JSON.stringify(
      distribution["Properties"].DistributionConfig.CacheBehaviors,
    );
    expect(cacheBehaviors).not.toContain(functionOf(template, "spa-rewrite").versionId);
    expect(cacheBehaviors).not.toContain(functionOf(template, "secret-redirect").versionId);
  });

  it("runs security-headers at origin-response where its options say so", () => {
    const config = compileSecurityHeaders({ eventType: "origin-response" });
    using site = synthesized({ functions: [{ package: "security-headers", config }] });
    const association = Match.objectLike({ EventType: "origin-response" });
    const behavior = Match.objectLike({ LambdaFunctionAssociations: [association] });
    site.template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: { DefaultCacheBehavior: behavior, CacheBehaviors: [behavior] },
    });
  });

  it("takes one package twice, with a configuration for each cache behavior", () => {
    const secret = (path: string, pathPattern: string) => ({
      package: "secret-redirect",
      config: compileSecretRedirect({ path, location: "https://example.com/" }),
      pathPatterns: [pathPattern],
    });
    using twice = synthesized({
      functions: [secret("/secret", "*"), secret("/assets/secret", "/assets/*")],
    });
    twice.template.resourceCountIs("AWS::Lambda::Function", 2);
  });
});

describe("another synth", () => {
  it("of the same packages and options gives the same bytes", () => {
    using again = synthesized();
    expect(filesOf(again.assemblyFolder)).toEqual(filesOf(site.assemblyFolder));
  });

  it("with one function's options changed makes one new version", () => {
    const functions = edgeConfig.functions.map((each) =>
      each.package === "secret-redirect"
        ? { ...each, config: compileSecretRedirect({ location: "/elsewhere" }) }
        : each,
    );
    using changed = synthesized({ functions });
    const isNew = (name: string) =>
      functionOf(changed.template, name).versionId !== functionOf(template, name).versionId;
    expect(packageNames.filter(isNew)).toEqual(["secret-redirect"]);
  });
});

/** Content by path, in the order of the paths. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  return new Map(files.map((file) => [relative(folder, file), readFileSync(file, "utf8")]));
}
