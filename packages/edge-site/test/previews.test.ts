import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { programRunner, TestDeployment } from "aws-test-double";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stageOf } from "../src/config/stage-of.ts";
import { synthesize } from "../src/synth/synthesize.ts";
import { edgeConfig } from "./released/edge.config.ts";
import { edgeSite, edgeSiteHere } from "./run-edge-site.ts";

// The commands run one after another on one stack, as they do in its life.
const home = mkdtempSync(join(tmpdir(), "previews-"));
const configFile = join(import.meta.dirname, "released/edge.config.ts");
const stage = stageOf(edgeConfig, "previews");

function siteOf(name: string): string {
  const siteFolder = join(home, `build-${name}`);
  mkdirSync(siteFolder);
  writeFileSync(join(siteFolder, "index.html"), `page of ${name}`);
  const assemblyFolder = join(home, `assembly-${name}`);
  mkdirSync(assemblyFolder);
  synthesize({ ...edgeConfig, siteFolder, stages: [stage] }, { configFile, assemblyFolder });
  return assemblyFolder;
}

const sites = { main: siteOf("main"), branch: siteOf("branch"), later: siteOf("later") };
let deployment: TestDeployment;

beforeAll(async () => {
  deployment = await TestDeployment.open(edgeSiteHere(dirname(configFile)), sites.main, home, true);
});

afterAll(async () => {
  await deployment[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
  deployment.aws.forgetRequests();
  const { exitStatus, stdout, stderr } = await deployment.program(...args, "--stage", "previews");
  expect({ exitStatus, stderr: exitStatus === 0 ? "" : stderr }).toEqual({
    exitStatus: 0,
    stderr: "",
  });
  expect(deployment.aws.unknown).toEqual([]);
  return stdout;
}

async function failed(...args: string[]): Promise<string> {
  const { exitStatus, stderr } = await deployment.program(...args);
  expect(exitStatus).toBe(1);
  return stderr;
}

const page = async (cookie = "") =>
  (await deployment.cloudFront.fetch("/", { headers: { cookie } })).text();

describe("a preview", { timeout: 60_000 }, () => {
  it("needs its stage to be deployed", async () => {
    expect(
      await failed(
        "deploy",
        "--preview",
        "pr-12",
        "--assembly",
        sites.branch,
        "--stage",
        "previews",
      ),
    ).toContain(
      'Stage "previews" is not deployed: there is no stack notes-previews. Run: npx edge-site deploy --stage previews',
    );
  });

  it("is published without CloudFormation, beside the live release", async () => {
    await run("deploy", "--assembly", sites.main);
    const stdout = await run("deploy", "--preview", "pr-12", "--assembly", sites.branch);
    expect(stdout).toMatch(/Preview pr-12 of stage previews: stack notes-previews\n/);
    expect(stdout).toMatch(/\nhttps:\/\/127\.0\.0\.1:\d+\/_preview\/pr-12\n$/);
    expect(deployment.aws.requests.filter(({ action }) => /ChangeSet|Stack$/.test(action))).toEqual(
      [],
    );
    expect(await page()).toBe("page of main");
    expect(await page("preview=pr-12")).toBe("page of branch");
    const { status, headers } = await deployment.cloudFront.fetch("/_preview/pr-12", {
      redirect: "manual",
    });
    expect([status, headers.get("location")]).toEqual([302, "/"]);
  });

  it("is another build when it is published again", async () => {
    await run("deploy", "--preview", "pr-12", "--assembly", sites.later);
    expect(await page("preview=pr-12")).toBe("page of later");
  });

  it("is listed with its address", async () => {
    // The stage that has previews is meant where none is named.
    const { exitStatus } = await deployment.program(
      "deploy",
      "--preview",
      "pr-7",
      "--assembly",
      sites.branch,
    );
    expect(exitStatus).toBe(0);
    const listed = JSON.parse(await run("previews", "--json"));
    expect(listed).toEqual([
      {
        name: "pr-12",
        release: expect.any(String),
        url: expect.stringMatching(/_preview\/pr-12$/),
      },
      { name: "pr-7", release: expect.any(String), url: expect.stringMatching(/_preview\/pr-7$/) },
    ]);
    const process = programRunner({ ...edgeSite, folder: dirname(configFile) });
    const { stdout } = await process(["previews", "--stage", "previews"], home, deployment.env);
    expect(stdout).toMatch(/^pr-12 {2}[0-9a-f]{12} {2}https:\S+\npr-7 {2}/);
    expect(await run("releases")).toContain("preview pr-12");
  });

  it("is removed, and no page from then on; its release goes when releases are pruned", async () => {
    expect(await run("previews", "remove", "pr-12")).toBe("There is no preview pr-12 any more.\n");
    expect(await page("preview=pr-12")).toBe('There is no preview "pr-12".\n');
    expect(await run("previews", "remove", "pr-12")).toContain("no preview pr-12");
    await run("release", "prune", "--keep", "1", "--days", "0");
    expect(await page("preview=pr-7")).toBe("page of branch");
    expect(await page()).toBe("page of main");
  });

  it("has a name that can be part of a host name", async () => {
    expect(await failed("deploy", "--preview", "PR_12", "--assembly", sites.main)).toBe(
      'The name of a preview is not valid: got "PR_12". Allowed: lower-case letters, digits and hyphens within, 63 at most, as in pr-12.\n',
    );
  });

  it("is no stage's that has no previews", async () => {
    expect(await failed("previews", "--stage", "dev")).toMatch(/Stage "dev" is not deployed/);
    expect(
      await failed("deploy", "--preview", "pr-1", "--stage", "dev", "--assembly", sites.main),
    ).toMatch(
      /^Stage "dev" has no previews: got no stages\.dev\.previews\. Add a stage for them to edge\.config\.ts/,
    );
  });
});
