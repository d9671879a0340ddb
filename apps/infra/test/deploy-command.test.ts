import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgeConfig } from "../edge.config.ts";
import { appFolder, configFile } from "../lib/app-paths.ts";
import { synthesize } from "../lib/synthesize.ts";
import { RecordingAwsEndpoint } from "./recording-aws-endpoint.ts";

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "deploy-command-"));
});

afterAll(() => {
  rmSync(home, { recursive: true });
});

interface Ended {
  readonly exitStatus: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const isolated = { PATH: process.env["PATH"], HOME: home, AWS_EC2_METADATA_DISABLED: "true" };
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      args,
      { env: { ...isolated, ...env } },
      (_error, stdout, stderr) => settle({ exitStatus: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe("without AWS credentials", () => {
  it.each(["bin/deploy.ts", "bin/diff.ts", "bin/destroy.ts"])(
    "%s ends in one sentence that says how to get them",
    async (file) => {
      expect(await run([join(appFolder, file)])).toEqual({
        exitStatus: 1,
        stdout: "",
        stderr:
          'infra: There are no AWS credentials, so nothing was sent to AWS: sign in with "aws sso login" or "aws configure" and name the profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run this command again.\n',
      });
    },
  );

  it("names the profile that gives none", async () => {
    const { exitStatus, stderr } = await run([join(appFolder, "bin/deploy.ts")], {
      AWS_PROFILE: "staging",
    });
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(/^infra: The AWS profile "staging" gives no credentials, so [^\n]*\n$/);
  });
});

describe("with AWS credentials", () => {
  /** The folder of an app that is synthesized already. */
  function synthesizedApp(): string {
    const folder = mkdtempSync(join(home, "app-"));
    copyFileSync(join(appFolder, "cdk.json"), join(folder, "cdk.json"));
    synthesize(edgeConfig, { configFile, assemblyFolder: join(folder, "cdk.out") });
    return folder;
  }

  function runCdkDeploy(folder: string, env: Readonly<Record<string, string>>): Promise<Ended> {
    const file = JSON.stringify(join(appFolder, "lib/deploy/run-cdk.ts"));
    const script = `const { runCdk } = await import(${file});
      await runCdk("deploy", [], ${JSON.stringify(folder)}).catch((error) => {
        console.error(error.code);
        process.exitCode = 1;
      });`;
    return run(["--input-type=module", "--eval", script], env);
  }

  it("the CDK CLI takes the assembly to AWS, and its failure is ours", async () => {
    await using endpoint = await RecordingAwsEndpoint.open(() => ({
      status: 403,
      body: "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>",
    }));
    const { exitStatus, stderr } = await runCdkDeploy(synthesizedApp(), {
      AWS_ENDPOINT_URL: endpoint.url,
      // The CLI remembers there which account an access key belongs to.
      CDK_HOME: home,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    expect(endpoint.requests[0]?.body).toContain("Action=GetCallerIdentity");
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(/CDK_FAILED\n$/);
  });

  it("nothing is asked of AWS when there is no assembly", async () => {
    const { exitStatus, stderr } = await runCdkDeploy(home, {});
    expect({ exitStatus, stderr }).toEqual({ exitStatus: 1, stderr: "NOT_SYNTHESIZED\n" });
  });
});
