import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeConfig } from "../edge.config.ts";
import { synthesize } from "../lib/synthesize.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdk-facts-"));
  write("site/index.html", "<!doctype html>");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, content: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Installs a function package, beside the site's configuration, with this code. */
function install(code: string, version = "1.0.0"): void {
  const name = "node_modules/a-function";
  const bundle = {
    file: "index.cjs",
    bytes: code.length,
    sha256: createHash("sha256").update(code).digest("hex"),
  };
  const manifest = {
    manifestVersion: 1,
    packageName: "a-function",
    version,
    eventType: "viewer-request",
    handler: "index.handler",
    runtime: "nodejs24.x",
    memoryMb: 128,
    timeoutSeconds: 5,
    includeBody: false,
    bundle,
  };
  const exports = {
    "./manifest": "./dist/lambda/manifest.json",
    "./package.json": "./package.json",
  };
  write(`${name}/package.json`, JSON.stringify({ exports }));
  write(`${name}/dist/lambda/manifest.json`, JSON.stringify(manifest));
  const file = join(folder, name, "dist/lambda/index.cjs");
  const time = new Date("2026-01-01");
  write(`${name}/dist/lambda/index.cjs`, code);
  utimesSync(file, time, time);
}

/** Synthesizes a site with that function. Returns the code that is uploaded, and the ids it is known by. */
function deployed(changes: Partial<typeof edgeConfig> = {}) {
  const assemblyFolder = join(folder, "cdk.out");
  const functions = [{ package: "a-function", config: {} }];
  const config = { ...edgeConfig, siteFolder: "site", functions, ...changes };
  const configFile = join(folder, "edge.config.ts");
  const assembly = synthesize(config, { configFile, assemblyFolder });
  const template = Template.fromJSON(assembly.stacks[0]!.template);
  const [lambda] = Object.values(template.findResources("AWS::Lambda::Function"));
  const key: string = lambda!["Properties"].Code.S3Key;
  return {
    code: readFileSync(
      join(assemblyFolder, `asset.${key.replace(".zip", "")}`, "index.cjs"),
      "utf8",
    ),
    key,
    versionId: Object.keys(template.findResources("AWS::Lambda::Version")),
  };
}

describe("what the CDK is known for", () => {
  it("an edit of the same size with a kept time is deployed, under another key and version", () => {
    install('exports.handler = async () => "a";');
    const before = deployed();
    const file = join(folder, "node_modules/a-function/dist/lambda/index.cjs");
    const { size, mtimeMs } = statSync(file);
    install('exports.handler = async () => "b";');
    expect(statSync(file)).toMatchObject({ size, mtimeMs });
    const after = deployed();
    expect([before.code, after.code]).toEqual([
      'exports.handler = async () => "a";',
      'exports.handler = async () => "b";',
    ]);
    expect(after.key).not.toBe(before.key);
    expect(after.versionId).not.toEqual(before.versionId);
  });

  it("a build at another time with the same bytes has the same key and version", () => {
    install('exports.handler = async () => "a";');
    const before = deployed();
    const file = join(folder, "node_modules/a-function/dist/lambda/index.cjs");
    utimesSync(file, new Date(), new Date());
    expect(deployed()).toEqual(before);
  });

  it("a version is new when the package's version is, and not for what is no part of the function", () => {
    install('exports.handler = async () => "a";');
    const before = deployed();
    write("site/assets/app-1.js", "");
    expect(deployed({ hashedAssetsPattern: "/static/*", tryOut: [] })).toEqual(before);
    install('exports.handler = async () => "a";', "1.0.1");
    expect(deployed().versionId).not.toEqual(before.versionId);
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
    const { devDependencies } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.url), "utf8"),
    );
    expect(devDependencies["aws-cdk"]).toMatch(/^2\.\d+\.\d+$/);
  });
});
