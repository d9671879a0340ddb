import {
  Duration,
  Stack,
  Stage,
  Validations,
  type IPolicyValidationPlugin,
  type IPolicyValidationPluginBeta1,
} from "aws-cdk-lib";
import { experimental } from "aws-cdk-lib/aws-cloudfront";
import { Architecture, Code, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { describe, expect, it } from "vitest";
import { cdkApp, distributionOf, edgeStack, TestFunction } from "../../test/cdk-site.ts";
import { checkAssembly } from "../check-assembly.ts";
import { EdgeCheckPlugin } from "./edge-check-plugin.ts";

/** A plugin is one for the CDK's present interface, and for the one before. */
const plugin: IPolicyValidationPlugin & IPolicyValidationPluginBeta1 = new EdgeCheckPlugin();

describe("a CDK app with the plugin", () => {
  it("is synthesized where CloudFront has nothing to refuse", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    distributionOf(stack, new TestFunction(stack, "Rewrite").lambda.currentVersion);
    Validations.of(site.app).addPlugins(plugin);
    expect(() => site.app.synth()).not.toThrow();
  });

  it("is refused with what is wrong, where, in which line, the rule and the remedy", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    const { lambda } = new TestFunction(stack, "Rewrite", { architecture: Architecture.ARM_64 });
    distributionOf(stack, lambda.currentVersion);
    Validations.of(site.app).addPlugins(plugin);
    const told = messageOf(() => site.app.synth());
    expect(told).toMatch(/RewriteFunction\w+\.Architectures must be x86_64: got \["arm64"\]\./);
    expect(told).toContain("Site/Rewrite/Function/Resource");
    expect(told).toMatch(/test\/cdk-site\.ts:\d+/);
    expect(told).toContain("edge-check::LE-E-08");
    expect(told).toContain("Leave it out or use x86_64.");
  });

  it("is synthesized with what its author has weighed for a construct", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    const rewrite = new TestFunction(stack, "Rewrite", { timeout: Duration.seconds(6) });
    distributionOf(stack, rewrite.lambda.currentVersion);
    Validations.of(rewrite).acknowledge({ id: "edge-check::LE-E-02", reason: "tried it" });
    Validations.of(site.app).addPlugins(plugin);
    expect(() => site.app.synth()).not.toThrow();
    expect(checkAssembly(site.folder)).toEqual([]);
  });

  it("is refused for a warning where failOn says so, and else goes on", () => {
    const synth = (options: ConstructorParameters<typeof EdgeCheckPlugin>[0]) => {
      using site = cdkApp();
      const stack = edgeStack(site.app);
      const { lambda } = new TestFunction(stack, "Rewrite", { timeout: Duration.seconds(6) });
      distributionOf(stack, lambda.currentVersion);
      Validations.of(site.app).addPlugins(new EdgeCheckPlugin(options));
      site.app.synth();
    };
    expect(() => synth({})).not.toThrow();
    expect(() => synth({ failOn: "warning" })).toThrow(/LE-E-02/);
  });

  it("is refused by the older property of an app, too", () => {
    using site = cdkApp({ policyValidationBeta1: [plugin] });
    const stack = edgeStack(site.app);
    const { lambda } = new TestFunction(stack, "Rewrite", { tracing: Tracing.ACTIVE });
    distributionOf(stack, lambda.currentVersion);
    expect(() => site.app.synth()).toThrow(/TracingConfig\.Mode/);
  });

  it("has its functions found in a stack of us-east-1, read by a distribution elsewhere", () => {
    using site = cdkApp();
    const stack = new Stack(site.app, "Site", {
      env: { account: "111122223333", region: "eu-west-1" },
    });
    const lambda = new experimental.EdgeFunction(stack, "Rewrite", {
      code: Code.fromInline("exports.handler = async (event) => event.Records[0].cf.request;"),
      handler: "index.main",
      runtime: Runtime.NODEJS_24_X,
    });
    distributionOf(stack, lambda.currentVersion);
    Validations.of(site.app).addPlugins(plugin);
    const told = messageOf(() => site.app.synth());
    expect(told).toContain('is not exported by index.js: got "index.main"');
    expect(told).not.toContain("LE-E-11");
  });

  it("has its stages checked", () => {
    using site = cdkApp();
    const stack = edgeStack(new Stage(site.app, "Prod"));
    const { lambda } = new TestFunction(stack, "Rewrite", { tracing: Tracing.ACTIVE });
    distributionOf(stack, lambda.currentVersion);
    Validations.of(site.app).addPlugins(plugin);
    expect(() => site.app.synth()).toThrow(/TracingConfig\.Mode/);
  });
});

describe("the assembly of an app without the plugin", () => {
  it("tells construct path and source line", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    const { lambda } = new TestFunction(stack, "Rewrite", { tracing: Tracing.ACTIVE });
    distributionOf(stack, lambda.currentVersion);
    site.app.synth();
    const [found, ...others] = checkAssembly(site.folder);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      ruleId: "LE-E-08",
      place: {
        stack: "Site",
        property: "Properties.TracingConfig.Mode",
        constructPath: "Site/Rewrite/Function/Resource",
        source: expect.stringMatching(/test\/cdk-site\.ts:\d+$/),
      },
    });
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}
