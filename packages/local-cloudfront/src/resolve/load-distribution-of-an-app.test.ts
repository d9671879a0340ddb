import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sampleS3Origin } from "../../test/samples/origin.ts";
import {
  assemblyOf,
  fixtures,
  loadTemplate,
  refusalOf,
  siteTemplate,
  stackOf,
} from "../../test/samples/template.ts";
import { readCloudAssembly } from "cloud-assembly";
import { loadDistribution } from "./load-distribution.ts";

const asset = "asset.5d96befebabb1ed7aaf0a404eef449dd74c66c2d9a1cbb1febd71fc5e4267bb9";

describe("a synthesized CDK app", () => {
  const folder = join(fixtures, "spa-assembly");
  const loaded = loadDistribution(readCloudAssembly(folder));
  const { distribution } = loaded;

  it("loads without a warning", () => {
    expect(loaded.warnings).toEqual([]);
    expect(loaded.stackName).toBe("site");
    expect(loaded.assemblyFolder).toBe(folder);
  });

  it("repeats what the app warned of at synth, in one line", () => {
    const copy = mkdtempSync(join(tmpdir(), "warned-"));
    cpSync(folder, copy, { recursive: true });
    const file = join(copy, "manifest.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    manifest.artifacts.site.metadata = {
      "/site": [{ type: "aws:cdk:warning", data: "The policy breaks this build.\n  It does." }],
    };
    writeFileSync(file, JSON.stringify(manifest));
    expect(loadDistribution(readCloudAssembly(copy)).warnings).toEqual([
      { subject: "Synth", message: "The policy breaks this build. It does." },
    ]);
  });

  it("gives the distribution an id and a domain name in the shape of AWS's, always the same", () => {
    expect(distribution.id).toMatch(/^E[0-9A-Z]{13}$/);
    expect(distribution.domainName).toMatch(/^d[0-9a-z]{13}\.cloudfront\.net$/);
    const again = loadDistribution(readCloudAssembly(folder)).distribution;
    expect([again.id, again.domainName]).toEqual([distribution.id, distribution.domainName]);
  });

  it("has the bucket as an S3 origin, with its site folder, metadata and permissions", () => {
    expect([...distribution.origins.values()]).toEqual([
      sampleS3Origin({
        id: "siteDistributionOrigin1BA789634",
        domainName: "site-bucket83908e77.s3.us-east-1.amazonaws.com",
        content: { kind: "folder", path: join(folder, "site") },
        access: { kind: "origin-access-control", signingBehavior: "always" },
        region: "us-east-1",
        bucketLogicalId: "Bucket83908E77",
        mayGetObject: true,
        mayListBucket: true,
        siteFiles: { include: [], exclude: [] },
        contentTypes: {},
        objectHeaders: [
          {
            pathPattern: "/assets/*",
            hashedNames: false,
            headers: { "Cache-Control": "public, max-age=31536000, immutable" },
          },
        ],
      }),
    ]);
  });

  it("has its cache behaviors, the default one last", () => {
    expect(
      distribution.cacheBehaviors.map(({ pathPattern, isDefault, viewerProtocolPolicy }) => ({
        pathPattern,
        isDefault,
        viewerProtocolPolicy,
      })),
    ).toEqual([
      { pathPattern: "/assets/*", isDefault: false, viewerProtocolPolicy: "allow-all" },
      { pathPattern: "*", isDefault: true, viewerProtocolPolicy: "redirect-to-https" },
    ]);
    expect(distribution.cacheBehaviors[1]?.cachePolicy).toMatchObject({
      minTtlSeconds: 0,
      defaultTtlSeconds: 60,
      maxTtlSeconds: 86_400,
      enableAcceptEncodingBrotli: true,
    });
  });

  it("has its functions as numbered versions with the manifests of their packages", () => {
    const associations = distribution.cacheBehaviors[1]?.functionAssociations ?? {};
    expect(Object.keys(associations).toSorted()).toEqual([
      "origin-request",
      "viewer-request",
      "viewer-response",
    ]);
    expect(associations["viewer-request"]).toEqual({
      eventType: "viewer-request",
      includeBody: false,
      edgeFunction: {
        logicalId: "SpaRewrite1C145184",
        name: "SpaRewrite1C145184",
        version: "1",
        arn: "arn:aws:lambda:us-east-1:123456789012:function:site-SpaRewrite1C145184:1",
        runtime: "nodejs24.x",
        handler: "index.handler",
        memoryMb: 128,
        timeoutSeconds: 5,
        code: {
          kind: "folder",
          path: join(folder, asset),
          appFolder: folder,
          contentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        manifest: expect.objectContaining({ packageName: "spa-rewrite", version: "1.0.0" }),
      },
    });
  });

  it("is watched as a whole", () => {
    expect(loaded.watchedPaths).toEqual({ assembly: [folder], origins: [join(folder, "site")] });
  });
});

describe("an app with several distributions", () => {
  const assembly = readCloudAssembly(join(fixtures, "assembly-with-stages"));

  it.each(["Prod-Site", "Prod/Site"])("runs that of stack %s", (stackName) => {
    const loaded = loadDistribution(assembly, { stackName });
    expect(loaded.stackName).toBe("Prod-Site");
    const [origin] = loaded.distribution.origins.values();
    expect(origin?.content).toEqual({
      kind: "folder",
      path: join(fixtures, "assembly-with-stages/site"),
    });
    const rewrite =
      loaded.distribution.cacheBehaviors.at(-1)?.functionAssociations["viewer-request"];
    expect(rewrite?.edgeFunction.arn).toContain(":111122223333:function:Prod-Site-");
    expect(rewrite?.edgeFunction.code).toMatchObject({
      kind: "folder",
      path: join(fixtures, "assembly-with-stages", asset),
    });
  });

  it("asks for a choice", () => {
    expect(refusalOf(() => loadDistribution(assembly))).toMatchInlineSnapshot(
      `"Several distributions are in "<fixtures>/assembly-with-stages": got Distribution830FAC52 (stack Prod-Site), Distribution830FAC52 (stack Test-Site). Choose one with --stack."`,
    );
  });

  it("runs the one with the logical id that is named", () => {
    const { Distribution } = siteTemplate()["Resources"] as { Distribution: object };
    const assembly = assemblyOf(stackOf({ Resources: { Distribution, Other: Distribution } }));
    const load = (distributionLogicalId?: string) =>
      loadDistribution(assembly, { distributionLogicalId }).distribution;
    expect(load("Other").logicalId).toBe("Other");
    expect(load("Other").id).not.toBe(load("Distribution").id);
    expect(refusalOf(() => load())).toMatchInlineSnapshot(
      `"Several distributions are in "<fixtures>/beside-template": got Distribution (stack site), Other (stack site). Choose one with --distribution."`,
    );
  });
});

describe("stacks that refer to each other", () => {
  const bucket = {
    Bucket: { Type: "AWS::S3::Bucket", Metadata: { "cf-edge:site": { path: "site" } } },
  };
  const lambda = {
    Rewrite: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Handler: "index.handler",
        Runtime: "nodejs24.x",
        Code: { ZipFile: "exports.handler = async () => ({ status: '204' });" },
      },
    },
    RewriteVersion: {
      Type: "AWS::Lambda::Version",
      Properties: { FunctionName: { Ref: "Rewrite" } },
    },
  };
  const association = (arn: unknown): Record<string, unknown> => ({
    LambdaFunctionAssociations: [{ EventType: "viewer-request", LambdaFunctionARN: arn }],
  });

  it("share buckets and functions by exports", () => {
    const exporting = stackOf(
      {
        Resources: { ...bucket, ...lambda },
        Outputs: {
          Domain: {
            Value: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
            Export: { Name: "domain" },
          },
          Version: { Value: { Ref: "RewriteVersion" }, Export: { Name: "version" } },
        },
      },
      { name: "exporting" },
    );
    const importing = stackOf(
      siteTemplate({
        origin: { DomainName: { "Fn::ImportValue": "domain" } },
        behavior: association({ "Fn::ImportValue": "version" }),
      }),
    );
    const { distribution } = loadDistribution(assemblyOf(exporting, importing));
    expect(distribution.origins.get("site")).toMatchObject({
      bucketLogicalId: "Bucket",
      content: { kind: "folder", path: join(fixtures, "beside-template/site") },
    });
    expect(
      distribution.cacheBehaviors[0]?.functionAssociations["viewer-request"]?.edgeFunction.arn,
    ).toBe("arn:aws:lambda:us-east-1:123456789012:function:exporting-Rewrite:1");
  });

  it.each([
    [
      "a parameter that the CDK's EdgeFunction writes",
      {
        Parameter: {
          Type: "AWS::SSM::Parameter",
          Properties: { Name: "/cdk/EdgeFunctionArn/Fn", Value: { Ref: "RewriteVersion" } },
        },
      },
      {
        Type: "Custom::CrossRegionStringParameterReader",
        Properties: { ParameterName: "/cdk/EdgeFunctionArn/Fn" },
      },
      "FunctionArn",
    ],
    [
      "the CDK's cross-region references",
      {
        Writer: {
          Type: "Custom::CrossRegionExportWriter",
          Properties: {
            WriterProps: { exports: { "/cdk/exports/Fn": { Ref: "RewriteVersion" } } },
          },
        },
      },
      { Type: "Custom::CrossRegionExportReader" },
      "/cdk/exports/Fn",
    ],
  ])("reach functions in us-east-1 by %s", (_name, writer, Reader, attribute) => {
    const edge = stackOf({ Resources: { ...lambda, ...writer } }, { name: "edge" });
    const home = stackOf(
      siteTemplate({
        resources: { Reader },
        behavior: association({ "Fn::GetAtt": ["Reader", attribute] }),
      }),
      { region: "eu-west-1" },
    );
    const { distribution } = loadDistribution(assemblyOf(edge, home));
    expect(
      distribution.cacheBehaviors[0]?.functionAssociations["viewer-request"]?.edgeFunction.arn,
    ).toBe("arn:aws:lambda:us-east-1:123456789012:function:edge-Rewrite:1");
  });
});

describe("an app with nested stacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "nested-stacks-"));
  const nested = siteTemplate({
    origin: { DomainName: { Ref: "Domain" } },
    sections: { Parameters: { Domain: { Type: "String" } } },
  });
  writeFileSync(join(folder, "nested.json"), JSON.stringify(nested));
  const parent = {
    Parameters: { Bucket: { Type: "String" } },
    Resources: {
      Site: {
        Type: "AWS::CloudFormation::Stack",
        Properties: {
          TemplateURL: "nested.json",
          Parameters: { Domain: { "Fn::Sub": "${Bucket}.s3.us-east-1.amazonaws.com" } },
        },
      },
    },
  };
  writeFileSync(join(folder, "parent.json"), JSON.stringify(parent));
  const assembly = readCloudAssembly(join(folder, "parent.json"));

  it("has its distribution found there, with what the parent passes", () => {
    const loaded = loadDistribution(assembly, { parameters: { Bucket: "docs" } });
    expect(loaded.stackName).toBe("parent-Site");
    expect(loaded.watchedPaths.assembly).toEqual(
      ["parent.json", "nested.json"].map((name) => join(folder, name)),
    );
    expect([...loaded.distribution.origins.values()][0]?.domainName).toBe(
      "docs.s3.us-east-1.amazonaws.com",
    );
  });

  it("has the parent's parameters checked too", () => {
    expect(refusalOf(() => loadDistribution(assembly))).toContain(
      "Parameters.Bucket must have a value",
    );
  });
});

it("a nested stack whose template is not on disk is named", () => {
  const nested = {
    Type: "AWS::CloudFormation::Stack",
    Properties: { TemplateURL: "https://s3.amazonaws.com/bucket/0a1b2c.template" },
  };
  const { warnings } = loadTemplate({ resources: { Nested: nested } });
  expect(warnings).toContainEqual({
    subject: "Resources.Nested",
    message: expect.stringMatching(/^The template of this nested stack is not on disk/),
  });
});
