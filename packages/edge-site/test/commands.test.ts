import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsTestDouble, createTestStack, testDoubleEnv } from "aws-test-double";
import { afterAll, describe, expect, it } from "vitest";
import { synthesized } from "./synthesized.ts";
import { runEdgeSite, runEdgeSiteHere } from "./run-edge-site.ts";

const home = mkdtempSync(join(tmpdir(), "commands-"));
const site = synthesized();
afterAll(() => {
  site[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

const withAssembly = ["--assembly", site.assemblyFolder];

describe("without AWS credentials", () => {
  it.each(["deploy", "diff", "destroy"])(
    "%s ends in one sentence that says how to get them",
    async (command) => {
      expect(await runEdgeSiteHere(command, withAssembly, home)).toEqual({
        exitStatus: 1,
        stdout: "",
        stderr:
          'There are no AWS credentials, so nothing was sent to AWS: sign in with "aws sso login" or "aws configure" and name the profile in AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run this command again.\n',
      });
    },
  );

  it("names the profile that gives none", async () => {
    const { exitStatus, stderr } = await runEdgeSiteHere("deploy", withAssembly, home, {
      AWS_PROFILE: "staging",
    });
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(/^The AWS profile "staging" gives no credentials, so [^\n]*\n$/);
  });
});

describe("before anything is asked of AWS", () => {
  it.each([
    ["an unknown stage", ["--stage", "prd"], /^The stage is not in edge\.config\.ts: got "prd"/],
    ["a stage without a name", ["--stage"], /^Option '--stage <name>' argument missing/],
    ["no assembly", ["--assembly", home], /^There is no cloud assembly in /],
  ])("%s is refused", async (_name, args, message) => {
    const { exitStatus, stdout, stderr } = await runEdgeSiteHere("deploy", args, home);
    expect({ exitStatus, stdout }).toEqual({ exitStatus: 1, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it.each(["deploy", "diff", "destroy", "preflight"])(
    "%s does without the CDK where it is named an assembly",
    async (command) => {
      const hooks = join(home, "no-cdk.mjs");
      writeFileSync(
        hooks,
        `import { registerHooks } from "node:module";
        registerHooks({
          load(url, context, next) {
            if (url.includes("/aws-cdk-lib/")) throw new Error("The CDK is loaded.");
            return next(url, context);
          },
        });`,
      );
      const { stderr } = await runEdgeSite(command, ["--assembly", home], home, {
        NODE_OPTIONS: `--import=${hooks}`,
      });
      expect(stderr).toMatch(/^There is no cloud assembly in /);
    },
  );
});

describe("bootstrap", () => {
  it("is the CDK's, for the account of the credentials, with its options", async () => {
    expect((await runEdgeSiteHere("bootstrap", [], home)).stderr).toMatch(
      /^There are no AWS credentials/,
    );
    await using aws = await AwsTestDouble.open();
    const args = ["--show-template"];
    const ended = await runEdgeSite("bootstrap", args, home, testDoubleEnv(aws.url));
    expect(ended).toMatchObject({ exitStatus: 0 });
    expect(ended.stdout).toContain("CdkBootstrapVersion:");
  });
});

describe("destroy", () => {
  it("leaves a protected stack alone, and says how its protection is taken away", async () => {
    await using aws = await AwsTestDouble.open();
    aws.cloudFormation.stacks.set("notes", {
      ...createTestStack("notes"),
      status: "UPDATE_COMPLETE",
      isProtected: true,
    });
    const { exitStatus, stderr } = await runEdgeSiteHere(
      "destroy",
      withAssembly,
      home,
      testDoubleEnv(aws.url),
    );
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(
      /^Stack "notes" is protected .* aws cloudformation update-termination-protection --no-enable-termination-protection --region us-east-1 --stack-name notes\n$/,
    );
    expect(aws.cloudFormation.stacks.has("notes")).toBe(true);
  });

  it("has nothing to do where there is no stack", async () => {
    await using aws = await AwsTestDouble.open();
    const ended = await runEdgeSiteHere("destroy", withAssembly, home, testDoubleEnv(aws.url));
    expect(ended).toMatchObject({ exitStatus: 0, stderr: "" });
    expect(ended.stdout).toContain("there is no such stack, and nothing to delete");
  });
});
