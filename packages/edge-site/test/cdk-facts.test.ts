import { readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
import { describe, expect, it } from "vitest";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { SiteOfAFunction } from "./site-of-a-function.ts";

const sayA = 'exports.handler = async () => "a";';
const sayB = 'exports.handler = async () => "b";';

/** Returns the code that is uploaded, and the ids that it is known by. */
function deployed(site: SiteOfAFunction, changes: Partial<ResolvedEdgeConfig> = {}) {
  const [stack] = site.synthesize(changes).stacks;
  const template = Template.fromJSON(stack!.template);
  const [lambda] = Object.values(template.findResources("AWS::Lambda::Function"));
  const key: string = lambda!["Properties"].Code.S3Key;
  const folder = join(site.assemblyFolder, `asset.${key.replace(".zip", "")}`);
  return {
    code: readFileSync(join(folder, "index.cjs"), "utf8"),
    key,
    versionId: Object.keys(template.findResources("AWS::Lambda::Version")),
  };
}

describe("what the CDK is known for", () => {
  it("an edit of the same size with a kept time is deployed, under another key and version", () => {
    using site = new SiteOfAFunction();
    site.install(sayA);
    const before = deployed(site);
    const { size, mtimeMs } = statSync(site.bundleFile);
    site.install(sayB);
    expect(statSync(site.bundleFile)).toMatchObject({ size, mtimeMs });
    const after = deployed(site);
    expect([before.code, after.code]).toEqual([sayA, sayB]);
    expect(after.key).not.toBe(before.key);
    expect(after.versionId).not.toEqual(before.versionId);
  });

  it("a build at another time with the same bytes has the same key and version", () => {
    using site = new SiteOfAFunction();
    site.install(sayA);
    const before = deployed(site);
    utimesSync(site.bundleFile, new Date(), new Date());
    expect(deployed(site)).toEqual(before);
  });

  it("a version is new when the package's version is, and not for what is no part of the function", () => {
    using site = new SiteOfAFunction();
    site.install(sayA);
    const before = deployed(site);
    site.write("site/assets/app-1.js", "");
    expect(deployed(site, { hashedAssetsPattern: "/static/*", tryOut: [] })).toEqual(before);
    site.install(sayA, { version: "1.0.1" });
    expect(deployed(site).versionId).not.toEqual(before.versionId);
  });

  it("LE-F-05: useCdkManagedLogGroup would make a log group that no edge function writes to", () => {
    const logGroups = (isOn: boolean) => {
      const context = { "@aws-cdk/aws-lambda:useCdkManagedLogGroup": isOn };
      const stack = new Stack(new App({ context, analyticsReporting: false }), "Site");
      new Function(stack, "Function", {
        code: Code.fromInline("exports.handler = async () => 1;"),
        handler: "index.handler",
        runtime: Runtime.NODEJS_24_X,
      });
      return Object.keys(Template.fromStack(stack).findResources("AWS::Logs::LogGroup"));
    };
    expect(logGroups(true)).toHaveLength(1);
    expect(logGroups(false)).toEqual([]);
  });

  it("the CLI is one exact version, since what the registry calls the latest cannot read an assembly", () => {
    const { dependencies } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.url), "utf8"),
    );
    expect(dependencies["aws-cdk"]).toMatch(/^2\.\d+\.\d+$/);
  });
});
