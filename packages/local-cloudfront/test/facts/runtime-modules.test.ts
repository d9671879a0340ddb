import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { LocalCloudFront, type LocalCloudFrontOptions } from "../../src/index.ts";
import { distributionTemplate } from "../support/distribution-template.ts";
import { failureOf } from "../support/function-failures.ts";

/** Writes files into a folder that goes with the test. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "runtime-modules-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A module that says its name and that of a module that it needs itself. */
const client = {
  "node_modules/@aws-sdk/client-s3/package.json": '{ "main": "index.js" }',
  "node_modules/@aws-sdk/client-s3/index.js":
    'exports.name = "client of " + require("@smithy/core").name;',
  "node_modules/@smithy/core/package.json": '{ "main": "index.js" }',
  "node_modules/@smithy/core/index.js": 'exports.name = "core";',
};

interface Served {
  /** What the function responds with, or why it does not. */
  readonly said: string;
  /** The log of the first invocation. */
  readonly log: string;
}

/** Requests from a function whose template lies in `cdk.out` of a folder with these files. */
async function serve(
  files: Readonly<Record<string, string>>,
  source: string,
  options: Partial<LocalCloudFrontOptions> & { readonly Runtime?: string } = {},
): Promise<Served> {
  const { Runtime = "nodejs24.x", ...others } = options;
  const functions = { "viewer-request": { source, properties: { Runtime } } };
  const template = distributionTemplate({ functions }, "s3");
  const folder = folderOf({ ...files, "cdk.out/site.json": JSON.stringify(template) });
  const cloudfront = await LocalCloudFront.start({
    assembly: join(folder, "cdk.out/site.json"),
    origins: { origin: folder },
    port: 0,
    ...others,
  });
  onTestFinished(() => cloudfront.close());
  const response = await cloudfront.fetch("/");
  const failure = failureOf(cloudfront)?.detail;
  const lines = (cloudfront.traces().at(-1)?.steps ?? []).flatMap((step) =>
    "run" in step ? step.run.logLines : [],
  );
  return { said: failure ?? (await response.text()), log: lines.join("\n") };
}

const says = (expression: string) =>
  `exports.handler = async () => ({ status: "200", body: String(${expression}) });`;

describe("what the package lacks and Lambda's runtime has", () => {
  it("is taken from the node_modules beside the cloud assembly or above, and the log says so", async () => {
    const { said, log } = await serve(client, says('require("@aws-sdk/client-s3").name'));
    expect(said).toBe("client of core");
    expect(log).toMatch(
      /^The package lacks @aws-sdk\/client-s3, which Lambda's runtime has\. It is taken from .*node_modules\/@aws-sdk\/client-s3\./m,
    );
  });

  it("is found by import as well", async () => {
    const source =
      'exports.handler = async () => ({ status: "200", body: (await import("@smithy/core")).default.name });';
    expect((await serve(client, source)).said).toBe("core");
  });

  it("is found where pnpm keeps it", async () => {
    const folder = folderOf(client);
    const target = join(folder, "node_modules/@smithy/core");
    const app = folderOf({});
    mkdirSync(join(app, "node_modules/.pnpm/node_modules/@smithy"), { recursive: true });
    symlinkSync(target, join(app, "node_modules/.pnpm/node_modules/@smithy/core"));
    const template = distributionTemplate(
      { functions: { "viewer-request": says('require("@smithy/core").name') } },
      "s3",
    );
    writeFileSync(join(app, "site.json"), JSON.stringify(template));
    const cloudfront = await LocalCloudFront.start({
      assembly: join(app, "site.json"),
      origins: { origin: app },
      port: 0,
    });
    onTestFinished(() => cloudfront.close());
    expect(await (await cloudfront.fetch("/")).text()).toBe("core");
  });

  it("is the AWS SDK of version 2 on nodejs16.x and before", async () => {
    const files = {
      "node_modules/aws-sdk/package.json": '{ "main": "index.js" }',
      "node_modules/aws-sdk/index.js": "exports.VERSION = 2;",
    };
    const source = says('require("aws-sdk").VERSION');
    expect((await serve(files, source, { Runtime: "nodejs16.x" })).said).toBe("2");
    expect((await serve(files, source)).said).toMatch(/Cannot find module 'aws-sdk'/);
  });

  it("is told with its remedy where no node_modules has it", async () => {
    const { said } = await serve({}, says('require("@aws-sdk/client-s3").name'));
    expect(said).toMatch(/Cannot find module '@aws-sdk\/client-s3'/);
  });

  it("does not bring other modules of the app with it", async () => {
    const files = { "node_modules/left-pad/index.js": "exports.name = 1;" };
    expect((await serve(files, says('require("left-pad").name'))).said).toMatch(
      /Cannot find module 'left-pad'/,
    );
  });
});

describe("credentials", () => {
  const source = says(
    "[process.env.AWS_ACCESS_KEY_ID, process.env.AWS_SECRET_ACCESS_KEY, process.env.AWS_SESSION_TOKEN]",
  );

  it("are the developer's only where they are asked for", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "");
    onTestFinished(() => void vi.unstubAllEnvs());
    const without = await serve({}, source);
    expect(without.said).toBe("test,test,test");
    expect(without.log).toMatch(/^Functions sign requests with test credentials, .*--credentials/m);
    const own = await serve({}, source, { credentials: true });
    expect(own.said).toBe("AKIAEXAMPLE,secret,");
    expect(own.log).not.toMatch(/credentials/);
  });

  it("are those that the AWS CLI exports", async () => {
    const folder = folderOf({
      aws: `#!/bin/sh\n[ "$*" = "configure export-credentials --format process" ] && echo '{"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"s","SessionToken":"t"}'\n`,
    });
    chmodSync(join(folder, "aws"), 0o755);
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await serve({}, source, { credentials: true })).said).toBe("ASIAEXAMPLE,s,t");
  });

  it("are told to be missing with the remedy", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("PATH", "/nowhere");
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(serve({}, source, { credentials: true })).rejects.toThrow(
      /^Credentials cannot be read: AWS_ACCESS_KEY_ID is not set, .* Log in \(`aws sso login`\)/,
    );
  });

  it("are no matter for a function that signs nothing", async () => {
    expect((await serve({}, says("1"))).log).not.toMatch(/credentials/);
  });
});
