import { Duration, Validations } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Architecture, Code } from "aws-cdk-lib/aws-lambda";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cdkApp, distributionOf, edgeStack, TestFunction } from "../../test/cdk-site.ts";
import { addEdgeChecks } from "./add-edge-checks.ts";

describe("a construct with its own checks", () => {
  it("is taken where CloudFront has nothing to refuse", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    const rewrite = new TestFunction(stack, "Rewrite");
    addEdgeChecks(rewrite);
    distributionOf(stack, rewrite.lambda.currentVersion);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  it("is refused before anything is written, in a user's own template test as well", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    const rewrite = new TestFunction(stack, "Rewrite", { architecture: Architecture.ARM_64 });
    addEdgeChecks(rewrite);
    distributionOf(stack, rewrite.lambda.currentVersion);
    expect(() => Template.fromStack(stack)).toThrow(
      /\[Site\/Rewrite\] RewriteFunction\w+\.Architectures must be x86_64: got \["arm64"\]\. Leave it out .* \(LE-E-08; Site\/Rewrite\/Function\/Resource, Properties\.Architectures, \S*test\/cdk-site\.ts:\d+\)/,
    );
  });

  it("says nothing of constructs beside it", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    addEdgeChecks(new TestFunction(stack, "Other"));
    const rewrite = new TestFunction(stack, "Rewrite", { architecture: Architecture.ARM_64 });
    distributionOf(stack, rewrite.lambda.currentVersion);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  it("leaves out what is acknowledged", () => {
    using site = cdkApp();
    const stack = edgeStack(site.app);
    const rewrite = new TestFunction(stack, "Rewrite", { timeout: Duration.seconds(6) });
    addEdgeChecks(rewrite);
    distributionOf(stack, rewrite.lambda.currentVersion);
    Validations.of(rewrite).acknowledge({ id: "edge-check::LE-E-02", reason: "tried it" });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  it("looks into the artefact that the CDK has staged", () => {
    const folder = mkdtempSync(join(tmpdir(), "edge-check-asset-"));
    try {
      writeFileSync(join(folder, "index.js"), "exports.main = async () => undefined;");
      using site = cdkApp();
      const stack = edgeStack(site.app);
      const rewrite = new TestFunction(stack, "Rewrite", { code: Code.fromAsset(folder) });
      addEdgeChecks(rewrite);
      distributionOf(stack, rewrite.lambda.currentVersion);
      expect(() => Template.fromStack(stack)).toThrow(/the file exports main\..*LE-C-19/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
