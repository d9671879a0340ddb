import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  assemblyOf,
  cachingOptimized,
  fixtures,
  loadTemplate,
  refusalOf,
  refusalsOf,
  siteTemplate,
  stackOf,
} from "../../test/samples/template.ts";
import { readCloudAssembly } from "../cloud-assembly/read-cloud-assembly.ts";
import { loadDistribution, type LoadDistributionOptions } from "./load-distribution.ts";

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

  it("gives the distribution an id and a domain name in the shape of AWS's, always the same", () => {
    expect(distribution.id).toMatch(/^E[0-9A-Z]{13}$/);
    expect(distribution.domainName).toMatch(/^d[0-9a-z]{13}\.cloudfront\.net$/);
    const again = loadDistribution(readCloudAssembly(folder)).distribution;
    expect([again.id, again.domainName]).toEqual([distribution.id, distribution.domainName]);
  });

  it("has the bucket as an S3 origin, with its site folder, metadata and permissions", () => {
    expect([...distribution.origins.values()]).toEqual([
      {
        kind: "s3",
        id: "siteDistributionOrigin1BA789634",
        domainName: "site-bucket83908e77.s3.us-east-1.amazonaws.com",
        path: "",
        customHeaders: [],
        connectionAttempts: 3,
        connectionTimeoutSeconds: 10,
        readTimeoutSeconds: 30,
        responseCompletionTimeoutSeconds: 0,
        originShieldEnabled: false,
        content: { kind: "folder", path: join(folder, "site") },
        access: { kind: "origin-access-control", signingBehavior: "always" },
        region: "us-east-1",
        bucketLogicalId: "Bucket83908E77",
        mayGetObject: true,
        mayListBucket: true,
        objectHeaders: [
          {
            pathPattern: "/assets/*",
            headers: { "Cache-Control": "public, max-age=31536000, immutable" },
          },
        ],
      },
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

describe("a template written by hand", () => {
  const path = join(fixtures, "beside-template/template.yaml");
  const load = (options: LoadDistributionOptions = {}) =>
    loadDistribution(readCloudAssembly(path), options);

  it("is evaluated as a deployment would", () => {
    const { distribution, warnings } = load();
    expect(warnings).toEqual([]);
    expect(distribution).toMatchObject({
      comment: "Site of test",
      defaultRootObject: "index.html",
      http2: true,
      tryOut: [{ uri: "/notes/1", shows: "the page of a note" }],
    });
    const [behavior] = distribution.cacheBehaviors;
    expect(behavior?.cachePolicy).toMatchObject({ name: "template-test", defaultTtlSeconds: 60 });
    expect(behavior?.responseHeadersPolicy).toBeUndefined();
    expect(distribution.origins.get("site")).toMatchObject({
      content: { kind: "folder", path: join(fixtures, "beside-template/site") },
      mayGetObject: true,
      mayListBucket: false,
    });
  });

  it("runs inline code, and code that lies beside it", () => {
    const functions = load().distribution.cacheBehaviors[0]?.functionAssociations;
    expect(functions?.["viewer-request"]?.edgeFunction).toMatchObject({
      name: "rewrite",
      arn: "arn:aws:lambda:us-east-1:123456789012:function:rewrite:1",
      code: {
        kind: "inline",
        source: "exports.handler = async (event) => event.Records[0].cf.request;\n",
      },
    });
    expect(functions?.["viewer-response"]?.edgeFunction).toMatchObject({
      name: "Headers",
      arn: "arn:aws:lambda:us-east-1:123456789012:function:template-Headers:1",
      version: "1",
      code: { kind: "folder", path: join(fixtures, "beside-template/function") },
    });
  });

  it("takes the values of parameters", () => {
    const { distribution } = load({ parameters: { Stage: "prod" } });
    const [behavior] = distribution.cacheBehaviors;
    expect(behavior?.cachePolicy.defaultTtlSeconds).toBe(3600);
    expect(behavior?.responseHeadersPolicy?.customHeaders).toEqual([
      { name: "X-Stage", value: "prod", override: true },
    ]);
  });

  it("is watched with the folders that it names", () => {
    expect(load().watchedPaths).toEqual({
      assembly: [path, join(fixtures, "beside-template/function")],
      origins: [join(fixtures, "beside-template/site")],
    });
  });

  it("takes the content of an origin from elsewhere, by origin or bucket", () => {
    const content = { kind: "url", url: "http://127.0.0.1:3000" } as const;
    for (const id of ["site", "SiteBucket"]) {
      const { distribution } = load({ originOverrides: new Map([[id, content]]) });
      expect(distribution.origins.get("site")?.content).toEqual(content);
    }
  });

  it("is refused with what it does not have", () => {
    const url = { kind: "url", url: "http://127.0.0.1" } as const;
    const nowhere = { kind: "folder", path: join(fixtures, "nowhere") } as const;
    expect(
      refusalsOf<LoadDistributionOptions>(
        {
          "an unknown stack": { stackName: "other" },
          "an unknown distribution": { distributionLogicalId: "Other" },
          "an unknown parameter": { parameters: { Stge: "prod" } },
          "a value that is not allowed": { parameters: { Stage: "production" } },
          "an unknown origin": { originOverrides: new Map([["sites", url]]) },
          "an origin folder that does not exist": {
            originOverrides: new Map([["site", nowhere]]),
          },
        },
        load,
      ),
    ).toMatchInlineSnapshot(`
      {
        "a value that is not allowed": "Parameters.Stage must be one of "test", "prod": got "production".",
        "an origin folder that does not exist": "Folder for origin "site" does not exist: got "<fixtures>/nowhere". Build the site first, or pass --origin with a folder that exists.",
        "an unknown distribution": "Distribution is not in "<fixtures>/beside-template/template.yaml": got "Other". There are Distribution (stack template).",
        "an unknown origin": "Origin is not in the distribution: got "sites". There are "site", "SiteBucket".",
        "an unknown parameter": "Parameter is not in the template: got "Stge". There are "Stage", "PriceClass".",
        "an unknown stack": "Stack is not in "<fixtures>/beside-template/template.yaml": got "other". There are "template".",
      }
    `);
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
      `"Several distributions are in "<fixtures>/assembly-with-stages": got Distribution830FAC52 (stack Prod-Site), Distribution830FAC52 (stack Test-Site). Choose one with --stack and --distribution."`,
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
      `"Several distributions are in "<fixtures>/beside-template": got Distribution (stack site), Other (stack site). Choose one with --stack and --distribution."`,
    );
  });
});

describe("an app without a distribution", () => {
  it("is refused", () => {
    const assembly = assemblyOf(stackOf({ Resources: {} }));
    expect(refusalOf(() => loadDistribution(assembly))).toMatchInlineSnapshot(
      `"No AWS::CloudFront::Distribution is in "<fixtures>/beside-template". Its stacks are "site"."`,
    );
  });

  it("is refused where the distribution's condition does not hold", () => {
    const template = siteTemplate({
      sections: { Conditions: { Never: { "Fn::Equals": ["a", "b"] } } },
    });
    const resources = template["Resources"] as { Distribution: object };
    const stack = stackOf({
      ...template,
      Resources: { Distribution: { ...resources.Distribution, Condition: "Never" } },
    });
    expect(refusalOf(() => loadDistribution(assemblyOf(stack)))).toContain(
      "No AWS::CloudFront::Distribution is in",
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

describe("warnings", () => {
  it("name each subject once", () => {
    const { warnings } = loadTemplate({
      config: {
        Logging: { Bucket: "logs.s3.amazonaws.com" },
        CacheBehaviors: [
          {
            PathPattern: "/a/*",
            TargetOriginId: "site",
            ViewerProtocolPolicy: "allow-all",
            CachePolicyId: cachingOptimized,
            RealtimeLogConfigArn: "arn:aws:cloudfront::123456789012:realtime-log-config/x",
          },
        ],
      },
      sections: { Transform: "MyMacro" },
    });
    expect(warnings).toEqual([
      {
        subject: "Transform",
        message: "Macro MyMacro is not run: the template is taken as it is written.",
      },
      {
        subject: "Distribution.DistributionConfig.Logging",
        message: "Access logs are not written to a bucket; --access-log FILE writes one here.",
      },
      {
        subject: "Distribution.DistributionConfig.CacheBehaviors[0].RealtimeLogConfigArn",
        message: "Real-time logs are not written.",
      },
    ]);
  });

  it("name what would have to be expanded first", () => {
    const { warnings } = loadTemplate({
      resources: { "Fn::ForEach::Topics": ["Name", ["a"], {}] },
    });
    expect(warnings.map(({ subject }) => subject)).toEqual(["Resources.Fn::ForEach::Topics"]);
  });

  it("are not given for what has no meaning on this machine", () => {
    const { warnings } = loadTemplate({
      sections: { Transform: "AWS::LanguageExtensions" },
      config: {
        Aliases: ["www.example.com"],
        HttpVersion: "http3",
        IPV6Enabled: true,
        PriceClass: "PriceClass_100",
        ViewerCertificate: { AcmCertificateArn: "arn", MinimumProtocolVersion: "TLSv1.2_2021" },
        WebACLId: "",
      },
    });
    expect(warnings).toEqual([]);
  });
});
