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
import { readCloudAssembly } from "cloud-assembly";
import { loadDistribution, type LoadDistributionOptions } from "./load-distribution.ts";

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
