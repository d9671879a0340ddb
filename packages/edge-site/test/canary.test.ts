import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AwsTestDouble,
  createTestStack,
  type Ended,
  type Fault,
  type Program,
  runProgram,
  TestDeployment,
  testAccessKeyId,
  testDistributionId,
  testStagingDistributionId,
} from "aws-test-double";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canaryActions, deployActions, statusActions } from "../src/aws/deploy-actions.ts";
import { edgeSite, edgeSiteHere } from "./run-edge-site.ts";

// A project of its own, for a canary is synthesized beside its edge.config.ts. The commands run one after another, as
// they do in the life of a stage.
const project = mkdtempSync(join(tmpdir(), "canary-project-"));
symlinkSync(join(import.meta.dirname, "../node_modules"), join(project, "node_modules"));
writeFileSync(join(project, "package.json"), '{"type": "module"}');
const home = mkdtempSync(join(tmpdir(), "canary-"));
const program: Program = { ...edgeSite, folder: project };
const here = edgeSiteHere();
let configCount = 0;
let deployment: TestDeployment;
let aws: AwsTestDouble;

function writeConfig(
  stage: object,
  spaRewrite: object = { mode: "fallback", exclude: ["/secret"] },
): void {
  const config = {
    stackName: "shop",
    siteFolder: "dist",
    functions: [
      { package: "spa-rewrite", config: spaRewrite },
      { package: "secret-redirect", config: { location: "https://example.com/" } },
    ],
    stages: { dev: stage },
  };
  writeFileSync(
    join(project, "edge.config.ts"),
    `import { defineEdgeConfig } from ${JSON.stringify(import.meta.resolve("../src/config/edge-config.ts"))};
export const edgeConfig = defineEdgeConfig(${JSON.stringify(config)});`,
  );
}

function buildSite(version: string): void {
  mkdirSync(join(project, "dist/assets"), { recursive: true });
  rmSync(join(project, "dist/assets"), { recursive: true });
  mkdirSync(join(project, "dist/assets"));
  writeFileSync(join(project, "dist/index.html"), `<!doctype html><title>${version}</title>`);
  writeFileSync(join(project, `dist/assets/app-${version}.js`), `"${version}"`);
}

const hashed = { one: "B1aaXc9_", two: "C2bbYd8-" };
const changed = { mode: "routes", routes: ["/cart"] };

beforeAll(async () => {
  buildSite(hashed.one);
  writeConfig({ http3: false });
  await runHere(["synth"]);
  deployment = await TestDeployment.open(here, join(project, "cdk.out"), home);
  ({ aws } = deployment);
  await run("deploy");
}, 120_000);

afterAll(async () => {
  await deployment[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
  rmSync(home, { recursive: true });
});

function run(...args: readonly string[]): Promise<Ended> {
  aws.forgetRequests();
  return runHere(args, deployment.env);
}

function runHere(args: readonly string[], env?: TestDeployment["env"]): Promise<Ended> {
  // A process reads a module once.
  const configFile = join(project, `edge.config-${(configCount += 1)}.ts`);
  copyFileSync(join(project, "edge.config.ts"), configFile);
  return here([...args, "--config", configFile], home, env);
}

/** Runs it as a process of its own. */
function runProcess(...args: readonly string[]): Promise<Ended> {
  aws.forgetRequests();
  return runProgram(program, args, home, deployment.env);
}

const primary = () => aws.cloudFront.distributions.get(testDistributionId);
const stack = (name: string) => aws.cloudFormation.stacks.get(name);
const bucketOf = (name: string) => aws.buckets.get(`${name}-sitebucket978d4aeb`);
const policyId = () =>
  stack("shop-canary")?.resources.find(({ type }) => type.endsWith("::ContinuousDeploymentPolicy"))
    ?.physicalId;
const changeSets = () =>
  aws.requests.filter(({ action }) => action === "cloudformation:ExecuteChangeSet").length;

const fail = (fault: Fault, ...actions: readonly string[]): void => {
  aws.faultOf = (_request, action) => (actions.includes(action) ? fault : undefined);
};

describe("a canary is refused before AWS is asked", { timeout: 60_000 }, () => {
  it.each([
    [
      {},
      ["--canary", "5"],
      /^CloudFront has no staging distributions for what serves HTTP\/3: got stages\.dev\.http3 true\. /,
    ],
    [
      {
        http3: false,
        plan: "flat-rate",
        webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b",
      },
      ["--canary", "5"],
      /^CloudFront's flat-rate plans have no staging distributions: got stages\.dev\.plan "flat-rate"\. /,
    ],
    [
      { http3: false },
      ["--canary", "16"],
      /argument '16' is invalid\. CloudFront sends 1 to 15 percent/,
    ],
    [{ http3: false }, ["--canary", "x-try: yes"], /a header that begins with aws-cf-cd-/],
    [
      { http3: false },
      ["--canary", "5", "--assembly", "cdk.out"],
      /^A canary is a stack of its own, /,
    ],
    [
      { http3: false },
      ["--canary", "5", "--preview", "a"],
      /^Option '--canary <percent>' cannot be used with option '--preview <name>'/,
    ],
  ])("FN-I-58: of stage %j with %j", async (stage, args, message) => {
    writeConfig(stage);
    const { exitStatus, stderr } = await run("deploy", ...args);
    writeConfig({ http3: false });
    expect([exitStatus, aws.requests]).toEqual([1, []]);
    expect(stderr).toMatch(message);
  });
});

describe("a canary of what is deployed otherwise", { timeout: 60_000 }, () => {
  it("is refused where its distribution still serves HTTP/3", async () => {
    const distribution = primary();
    if (distribution === undefined) throw new Error("No distribution.");
    const { config } = distribution;
    const http3 = config.replace(">http2<", ">http2and3<");
    aws.cloudFront.distributions.set(testDistributionId, { ...distribution, config: http3 });
    const { exitStatus, stderr } = await run("deploy", "--canary", "5");
    aws.cloudFront.distributions.set(testDistributionId, distribution);
    expect([exitStatus, changeSets()]).toEqual([1, 0]);
    expect(stderr).toContain("got HttpVersion http2and3 of distribution E2TESTDOUBLE. Deploy once");
  });

  it("is refused where another stack has its name", async () => {
    const other = { ...createTestStack("shop-canary"), status: "UPDATE_COMPLETE" };
    other.template = { Resources: { Queue: { Type: "AWS::SQS::Queue" } } };
    aws.cloudFormation.stacks.set("shop-canary", other);
    const { exitStatus, stderr } = await run("deploy", "--canary", "5");
    aws.cloudFormation.stacks.delete("shop-canary");
    expect([exitStatus, changeSets()]).toEqual([1, 0]);
    expect(stderr).toContain(
      "The canary would be stack shop-canary, and another stack has that name",
    );
  });

  it("is refused where it changes what no canary can have", async () => {
    writeConfig({ http3: false, priceClass: "PriceClass_100" });
    const { exitStatus, stderr } = await run("deploy", "--canary", "5");
    writeConfig({ http3: false });
    expect([exitStatus, changeSets()]).toEqual([1, 0]);
    expect(stderr).toContain("got a change of PriceClass.");
  });
});

describe("deploy --canary", { timeout: 120_000 }, () => {
  it("gives part of the viewers other functions and files, and changes nothing for all others", async () => {
    const before = JSON.stringify(stack("shop")?.template);
    writeConfig({ http3: false }, changed);
    buildSite(hashed.two);
    const { exitStatus, stdout, stderr } = await run("deploy", "--canary", "5");
    expect({ exitStatus, unknown: aws.unknown, stderr: stderr.includes("edge-site:") }).toEqual({
      exitStatus: 0,
      unknown: [],
      stderr: false,
    });
    expect(stdout).toContain("\n  5 % of the viewers get it: npx edge-site status\n");
    const listed: readonly string[] = [
      ...deployActions.always,
      ...deployActions.keyValueStore,
      ...deployActions.releases,
      ...Object.values(canaryActions).flat(),
      "sts:GetCallerIdentity",
    ];
    expect(aws.actionsOf(testAccessKeyId).filter((each) => !listed.includes(each))).toEqual([]);
    expect(JSON.stringify(stack("shop")?.template)).toBe(before);
    expect(primary()?.policyId).toBe(policyId());
    expect(aws.cloudFront.distributions.get(testStagingDistributionId)?.config).toContain(
      "<Staging>true</Staging>",
    );
    // Each CloudFront Function is one of its own: one that is changed runs in both distributions at once.
    const names = [...aws.cloudFormation.functions.keys()];
    expect(names.filter((name) => name.startsWith("shop-canary"))).toHaveLength(names.length / 2);
    const title = (name: string) =>
      new TextDecoder().decode(bucketOf(name)?.get("index.html")?.body);
    expect([title("shop"), title("shop-canary")]).toEqual([
      `<!doctype html><title>${hashed.one}</title>`,
      `<!doctype html><title>${hashed.two}</title>`,
    ]);
    for (const name of ["shop", "shop-canary"]) {
      const assets = [...(bucketOf(name)?.keys() ?? [])].filter((key) => key.startsWith("assets/"));
      expect(assets.toSorted()).toEqual([
        `assets/app-${hashed.one}.js`,
        `assets/app-${hashed.two}.js`,
      ]);
    }
  });

  it("keeps a plain deploy and destroy from being run meanwhile", async () => {
    for (const command of ["deploy", "destroy"]) {
      const { exitStatus, stderr } = await run(command, "--force");
      expect([exitStatus, changeSets()]).toEqual([1, 0]);
      expect(stderr).toContain(
        "A canary of stack shop is running, and nothing was changed: 5 % of the viewers get stack shop-canary.",
      );
    }
  });

  it("is seen in status, with what it has done", async () => {
    const { stdout } = await run("status");
    expect(stdout).toContain("\n\nCanary, for 5 % of the viewers:\n\n");
    const canary = JSON.parse((await run("status", "--json")).stdout).canary;
    expect(canary).toMatchObject({
      isRunning: true,
      canaryTraffic: { percent: 5 },
      stackName: "shop-canary",
      distributionId: testStagingDistributionId,
    });
    expect(aws.actionsOf(testAccessKeyId)).toEqual(
      ["sts:GetCallerIdentity", ...statusActions].toSorted(),
    );
  });

  it("has logs beside those of the others", async () => {
    const { physicalId = "" } =
      stack("shop-canary")?.resources.find(({ type }) => type === "AWS::CloudFront::Function") ??
      {};
    const name = physicalId.split("function/")[1];
    aws.logEvents.set(`us-east-1 /aws/cloudfront/function/${name}`, [
      { timestamp: Date.now() - 1000, message: "id1 tried", logStreamName: "s" },
    ]);
    const { stdout } = await run("logs", "--function", "spa-rewrite");
    expect(stdout).toMatch(
      / us-east-1 {2}release-select \+ spa-rewrite \(canary\) {2}INFO {2}tried\n/,
    );
  });
});

describe("promote", { timeout: 120_000 }, () => {
  it("refuses what the canary does not run", async () => {
    writeConfig({ http3: false });
    const { exitStatus, stderr } = await run("promote");
    writeConfig({ http3: false }, changed);
    expect([exitStatus, changeSets(), primary()?.policyId]).toEqual([1, 0, policyId()]);
    expect(stderr).toContain("The site differs from the canary in stack shop-canary");
  });

  it("refuses what no canary could have tried: other names than those that are deployed", async () => {
    const deployed = stack("shop");
    if (deployed === undefined) throw new Error("No stack.");
    const { template } = deployed;
    const named = JSON.stringify(template).replace(
      '"DistributionConfig":{',
      '"DistributionConfig":{"Aliases":["shop.example.com"],',
    );
    deployed.template = JSON.parse(named);
    const { exitStatus, stderr } = await run("promote");
    deployed.template = template;
    expect([exitStatus, changeSets(), primary()?.policyId]).toEqual([1, 0, policyId()]);
    expect(stderr).toContain("got a change of Aliases.");
  });

  it("goes on from where it was interrupted: deployed, and the policy not detached", async () => {
    fail("access denied", "cloudfront:UpdateDistribution");
    const { exitStatus, stderr } = await run("promote");
    aws.faultOf = () => undefined;
    expect([exitStatus, primary()?.policyId]).toEqual([1, policyId()]);
    expect(stderr).toContain(
      "The continuous deployment policy is not detached from distribution E2TESTDOUBLE: got AccessDenied",
    );
    expect(JSON.stringify(stack("shop")?.template)).toContain("/cart");
  });

  it("serves it to all viewers, and ends it", async () => {
    const { exitStatus, stdout } = await run("promote");
    expect([exitStatus, primary()?.policyId, aws.unknown]).toEqual([0, "", []]);
    expect(stdout).toContain("ended: ");
    expect(new TextDecoder().decode(bucketOf("shop")?.get("index.html")?.body)).toContain(
      hashed.two,
    );
  });

  it("leaves nothing that the next deploy would change", async () => {
    const { exitStatus, stdout } = await run("deploy");
    expect([exitStatus, changeSets()]).toEqual([0, 0]);
    expect(stdout).toContain("0 stored, ");
  });

  it("has nothing to promote any more", async () => {
    const { exitStatus, stderr } = await run("promote");
    expect(exitStatus).toBe(1);
    expect(stderr).toContain('Stage "dev" has no canary that could be promoted');
  });
});

describe("promote --abort", { timeout: 120_000 }, () => {
  it("ends a canary whose first attempts AWS refused, and another has changed meanwhile", async () => {
    writeConfig({ http3: false });
    fail("access denied", "cloudfront:UpdateDistribution");
    const refused = await run("deploy", "--canary", "5");
    expect([refused.exitStatus, primary()?.policyId]).toEqual([1, ""]);
    let isRaced = false;
    aws.faultOf = (_request, action) => {
      const distribution = primary();
      if (action === "cloudfront:UpdateDistribution" && !isRaced && distribution !== undefined) {
        distribution.version += 1;
        isRaced = true;
      }
      return undefined;
    };
    const again = await run("deploy", "--canary", "10");
    aws.faultOf = () => undefined;
    expect(JSON.stringify(stack("shop-canary")?.template)).toContain('"Weight":0.1}');
    expect([again.exitStatus, isRaced, primary()?.policyId]).toEqual([0, true, policyId()]);
    const template = JSON.stringify(stack("shop")?.template);
    const ended = await runProcess("promote", "--abort");
    expect([ended.exitStatus, primary()?.policyId, changeSets()]).toEqual([0, "", 0]);
    expect(JSON.stringify(stack("shop")?.template)).toBe(template);
  });

  it("does nothing where no viewer gets a canary", async () => {
    const { exitStatus, stdout } = await run("promote", "--abort");
    expect(exitStatus).toBe(0);
    expect(stdout).toContain("no viewer gets a canary of stack shop\n");
    expect(aws.requests.map(({ action }) => action)).not.toContain("cloudfront:UpdateDistribution");
  });
});

describe("destroy", { timeout: 120_000 }, () => {
  it("deletes the canary's stack too, and a sweep what both have left", async () => {
    const args = ["destroy", "--sweep", "--data", "--force"];
    const { exitStatus, stdout, stderr } = await runProcess(...args);
    expect([exitStatus, aws.unknown]).toEqual([0, []]);
    expect(stderr).not.toContain("[Warning]");
    expect(stdout).toContain("\n  nothing is left\n");
    expect([stack("shop"), stack("shop-canary"), bucketOf("shop-canary")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
