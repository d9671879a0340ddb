import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TestDeployment, testDistributionId, testDoubleClients } from "aws-test-double";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveReleases } from "../src/config/releases-config.ts";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { publishSite } from "../src/publish/publish-site.ts";
import { synthesize } from "../src/synth/synthesize.ts";
import { synthesizedStack } from "../src/synth/synthesized-stack.ts";
import { holdDeployed } from "./deployed-site.ts";
import { edgeConfig } from "./released/edge.config.ts";
import { edgeSiteHere } from "./run-edge-site.ts";

// The commands run one after another on one stack, as they do in its life.
const home = mkdtempSync(join(tmpdir(), "release-changeover-"));
const configFile = join(import.meta.dirname, "released/edge.config.ts");

function siteOf(name: string, releases: boolean): string {
  const siteFolder = join(home, `build-${name}`);
  mkdirSync(siteFolder);
  for (const page of ["index.html", "about.html"]) {
    writeFileSync(join(siteFolder, page), `${page} of ${name}`);
  }
  const assemblyFolder = join(home, `assembly-${name}`);
  mkdirSync(assemblyFolder);
  const [stage] = edgeConfig.stages;
  if (stage === undefined) throw new Error("A configuration without a stage.");
  const config = {
    ...edgeConfig,
    siteFolder,
    stages: [stage],
    releases: resolveReleases(releases),
  };
  synthesize(config, { configFile, assemblyFolder });
  return assemblyFolder;
}

const sites = {
  plain: siteOf("plain", false),
  released: siteOf("released", true),
  again: siteOf("again", false),
};
let deployment: TestDeployment;

beforeAll(async () => {
  deployment = await TestDeployment.open(edgeSiteHere(dirname(configFile)), sites.plain, home);
});

afterAll(async () => {
  await deployment[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

/** As deploys of it leave a stack and its files. */
async function holdPlain(): Promise<void> {
  const { aws } = deployment;
  const { template } = synthesizedStack(sites.plain, "notes");
  holdDeployed(aws, { template: Template.fromJSON(template) });
  await publishSite(publishPlan(join(home, "build-plain"), edgeConfig.hashedAssetsPattern), {
    ...testDoubleClients(aws.url),
    bucketName: "notes-sitebucket978d4aeb",
    distributionId: testDistributionId,
  });
}

async function deploy(assembly: string): Promise<string> {
  deployment.aws.forgetRequests();
  const { exitStatus, stdout, stderr } = await deployment.run("deploy", assembly);
  expect({ exitStatus, stderr: exitStatus === 0 ? "" : stderr }).toEqual({
    exitStatus: 0,
    stderr: "",
  });
  return stdout;
}

const document = (key: string): string | undefined => {
  const body = deployment.aws.site.get(key)?.body;
  return body && new TextDecoder().decode(body);
};

/** The place of a request among those of a deploy. */
const placeOf = (pattern: RegExp): number =>
  deployment.aws.requests.findIndex(({ action, path }) => pattern.test(`${action} ${path}`));

describe("a site that was published without releases", { timeout: 60_000 }, () => {
  it("gets its first one once the stack selects it, and what it had stays meanwhile", async () => {
    await holdPlain();
    const stdout = await deploy(sites.released);
    expect(stdout).toMatch(/release \w{12}: 2 stored, 0 unchanged\n {2}release \w{12} is live\n/);
    expect(placeOf(/ExecuteChangeSet/)).toBeLessThan(placeOf(/PutObject .*cf-edge-releases/));
    expect(document("about.html")).toBe("about.html of plain");
  });

  it("has its files where they are looked for before the stack gives releases up", async () => {
    const stdout = await deploy(sites.again);
    expect(placeOf(/PutObject \/[\w-]+\/index.html/)).toBeLessThan(placeOf(/ExecuteChangeSet/));
    expect(stdout).toMatch(/releases are deleted: 3 objects\n/);
    expect(document("index.html")).toBe("index.html of again");
    expect(new Set(deployment.aws.site.keys())).toEqual(new Set(["index.html", "about.html"]));
    expect([...deployment.aws.keyValueStores]).toEqual([]);
  });
});
