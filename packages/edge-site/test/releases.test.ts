import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Ended, programRunner, TestDeployment, testAccessKeyId } from "aws-test-double";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployActions, releaseActions } from "../src/aws/deploy-actions.ts";
import type { ListedRelease } from "../src/releases/list-releases.ts";
import { releaseFolder } from "../src/releases/release-layout.ts";
import { edgeSite, edgeSiteHere } from "./run-edge-site.ts";
import { scriptsOf } from "../src/releases/release-scripts.ts";
import { synthesizedStack } from "../src/synth/synthesized-stack.ts";
import { synthesize } from "../src/synth/synthesize.ts";
import { edgeConfig } from "./released/edge.config.ts";

const configFile = join(import.meta.dirname, "released/edge.config.ts");
const process = programRunner({ ...edgeSite, folder: dirname(configFile) });

// The commands run one after another on one stack, as they do in its life.
const home = mkdtempSync(join(tmpdir(), "releases-"));

/** A build: its document names its script, and both say which build it is. */
function buildOf(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(home, `build-${name}`);
  const all = {
    "index.html": `<script src="/assets/app-${hash(name)}.js"></script>${name}`,
    [`assets/app-${hash(name)}.js`]: `script of ${name}`,
    "assets/logo.svg": `<svg>${name}</svg>`,
    "404.html": `nothing in ${name}`,
    "about.txt": "about",
    ...files,
  };
  for (const [file, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

const hash = (name: string): string => `BkX3f_A${name}`;

/** Synthesizes a build of the site, as `edge-site synth` does. */
function siteOf(name: string, files?: Readonly<Record<string, string>>): string {
  const assemblyFolder = join(home, `assembly-${name}`);
  mkdirSync(assemblyFolder);
  synthesize({ ...edgeConfig, siteFolder: buildOf(name, files) }, { configFile, assemblyFolder });
  return assemblyFolder;
}

const sites = { a: siteOf("a"), b: siteOf("b") };
let deployment: TestDeployment;

beforeAll(async () => {
  deployment = await TestDeployment.open(edgeSiteHere(dirname(configFile)), sites.a, home, true);
});

afterAll(async () => {
  await deployment[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

const deploy = (assembly: string) => run("deploy", "--assembly", assembly);

/** What each command has asked AWS for, of all that it was run for here. */
const askedBy = new Map<string, readonly string[]>();

function run(...args: string[]): Promise<string> {
  deployment.aws.forgetRequests();
  return outputOf(args, deployment.program(...args));
}

/** As a process of its own. */
function runProcess(...args: string[]): Promise<string> {
  deployment.aws.forgetRequests();
  return outputOf(args, process(args, home, deployment.env));
}

async function outputOf([command = ""]: string[], running: Promise<Ended>): Promise<string> {
  const ended = await running;
  const asked = deployment.aws.actionsOf(testAccessKeyId);
  askedBy.set(command, [...(askedBy.get(command) ?? []), ...asked]);
  expect({ ...ended, unknown: deployment.aws.unknown }).toMatchObject({
    exitStatus: 0,
    unknown: [],
  });
  return ended.stdout;
}

async function failed(...args: string[]): Promise<string> {
  const { exitStatus, stderr } = await deployment.program(...args);
  expect(exitStatus).toBe(1);
  return stderr;
}

const text = async (path: string): Promise<string> =>
  (await deployment.cloudFront.fetch(path)).text();

/** Which build a viewer sees, with the script that its document asks for. */
async function seen(): Promise<string> {
  const document = await text("/");
  const [, script = ""] = /src="([^"]+)"/.exec(document) ?? [];
  return `${document.at(-1)}, ${await text(script)}`;
}

const keys = (prefix: string) =>
  [...deployment.aws.site.keys()].filter((key) => key.startsWith(prefix));

/** The code of each CloudFront Function, by name. */
const functionsOf = (build: keyof typeof sites) =>
  Object.fromEntries(
    scriptsOf(synthesizedStack(sites[build], "notes").template).map(({ name, code }) => [
      name,
      code,
    ]),
  );

const liveFunctions = () =>
  Object.fromEntries(
    [...deployment.aws.cloudFormation.functions].map(([name, { liveCode }]) => [name, liveCode]),
  );

describe("releases", { timeout: 60_000 }, () => {
  it("the first deploy publishes a release and switches to it", async () => {
    const stdout = await deploy(sites.a);
    const [, id = ""] = /release ([0-9a-f]{12}): 5 stored, 0 unchanged/.exec(stdout) ?? [];
    expect(stdout).toContain(`\n  release ${id} is live\n`);
    expect(await seen()).toBe("a, script of a");
    expect(await text("/notes/1")).toContain("</script>a");
    const own = keys(releaseFolder(id)).map((key) => key.slice(releaseFolder(id).length));
    expect(own.toSorted()).toEqual(["404.html", "about.txt", "assets/logo.svg", "index.html"]);
    // What no function sees: hashed assets, others beside them, and error pages.
    const atRoot = keys("").filter((key) => !key.startsWith("cf-edge-"));
    expect(new Set(atRoot)).toEqual(
      new Set([`assets/app-${hash("a")}.js`, "404.html", "assets/logo.svg"]),
    );
  });

  it("a viewer sees the earlier release as a whole, then the new one, at every moment", async () => {
    const moments: string[] = [];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) moments.push(await seen());
    })();
    const stdout = await deploy(sites.b);
    isOver = true;
    await watching;
    expect(new Set(moments)).toEqual(new Set(["a, script of a", "b, script of b"]));
    expect(moments.join()).toMatch(/^(?:a, script of a,)+(?:b, script of b,?)+$/);
    expect(stdout).toMatch(/release \w+: 4 stored, 1 copied from the live one, 0 unchanged/);
    const asked = deployment.aws.requests.map(({ action, path }) => `${action} ${path}`);
    const at = (pattern: RegExp) => asked.findIndex((each) => pattern.test(each));
    expect(at(/PutObject .*cf-edge-release-records/)).toBeLessThan(at(/ExecuteChangeSet/));
    expect(at(/ExecuteChangeSet/)).toBeLessThan(at(/UpdateKeys/));
    expect(asked.filter((each) => each.includes("UpdateKeys"))).toHaveLength(1);
    expect(await text("/nothing")).toBe("nothing in b");
    expect(await text("/assets/logo.svg")).toBe("<svg>b</svg>");
  });

  it("are listed with what differs of the functions", async () => {
    const listed: readonly ListedRelease[] = JSON.parse(await run("releases", "--json"));
    expect(listed).toHaveLength(2);
    expect(listed.filter(({ isLive }) => isLive)).toEqual([listed[0]]);
    expect(listed[0]).toMatchObject({ fileCount: 5, previews: [], functionChanges: [] });
    const lines = (await runProcess("releases")).split("\n");
    expect(lines[0]).toMatch(
      /^\* {2}[0-9a-f]{12} {2}2\d{3}-\d\d-\d\d \d\d:\d\d {2}.{12} {6}5 files {6}\d+ B {2}\S/,
    );
  });

  it("a rollback goes back to the one before with one write and an invalidation of what lies outside", async () => {
    const stdout = await runProcess("rollback");
    expect(stdout).toMatch(
      /security-headers \S+: published again\n {2}release \w+ is live, \w+ was before/,
    );
    expect(await seen()).toBe("a, script of a");
    expect(await text("/assets/logo.svg")).toBe("<svg>a</svg>");
    expect(await text("/nothing")).toBe("nothing in a");
    const changes = deployment.aws.requests
      .filter(({ method, path }) => /PUT|POST|DELETE/.test(method) && !/cf-edge-p|^\/$/.test(path))
      .map(({ action, path }) => `${action} ${path.split("/").at(-1)}`);
    expect(changes).toEqual([
      expect.stringContaining("cloudfront:UpdateFunction notes-Site-SecurityHeaders"),
      "cloudfront:PublishFunction publish",
      "cloudfront-keyvaluestore:UpdateKeys keys",
      "s3:PutObject 404.html",
      "s3:PutObject logo.svg",
      "cloudfront:CreateInvalidation invalidation",
    ]);
    expect(deployment.aws.cloudFront.invalidations.at(-1)).toEqual([
      "/404.html",
      "/assets/logo.svg",
    ]);
  });

  it("a rollback publishes the functions of the release again, which stay with their store", async () => {
    expect(functionsOf("a")).toEqual(liveFunctions());
    expect(functionsOf("b")).not.toEqual(liveFunctions());
    const stores = [...deployment.aws.cloudFormation.functions.values()].map(
      ({ storeArns }) => storeArns.length,
    );
    expect(stores.toSorted()).toEqual([0, 1]);
  });

  it("a deploy of what CloudFormation has already publishes its functions again", async () => {
    const stdout = await deploy(sites.b);
    expect(stdout).toMatch(
      /function notes-Site-SecurityHeaders\S+ was rolled back, and has the code of this deploy again/,
    );
    expect(functionsOf("b")).toEqual(liveFunctions());
    expect(await seen()).toBe("b, script of b");
  });

  it("a rollback goes to a release by what its id begins with", async () => {
    const listed: readonly ListedRelease[] = JSON.parse(await run("releases", "--json"));
    const idOf = (isLive: boolean) => listed.find((each) => each.isLive === isLive)?.id ?? "";
    expect(await run("rollback", idOf(true))).toContain(`release ${idOf(true)} is live already`);
    await run("rollback", idOf(false).slice(0, 8));
    expect(await seen()).toBe("a, script of a");
    await run("rollback", idOf(true));
    expect(await seen()).toBe("b, script of b");
    expect(await failed("rollback", "nothing")).toContain(
      'There is no release of that id in stage "dev": got "nothing". "npx edge-site releases --stage dev" lists them.',
    );
  });

  it("an open tab finds the script of the release that it has begun to load", async () => {
    expect(await text(`/assets/app-${hash("a")}.js`)).toBe("script of a");
  });

  it("are pruned by number and age, with the assets that no other one has; the live one and what others have put into the bucket stay", async () => {
    const { site } = deployment.aws;
    const [some] = [...site.values()];
    if (some === undefined) throw new Error("An empty bucket.");
    site.set("of-others.txt", { ...some, metadata: {} });
    const before = keys("").length;
    expect(await runProcess("release", "prune")).toContain("no release to prune");
    expect(keys("")).toHaveLength(before);
    expect(await run("release", "prune", "--keep", "1", "--days", "0")).toMatch(
      /1 release pruned: 5 objects, \d+ B/,
    );
    expect(keys("assets/")).not.toContain(`assets/app-${hash("a")}.js`);
    expect(keys("of-others")).toEqual(["of-others.txt"]);
    expect(await seen()).toBe("b, script of b");
    expect(await failed("rollback")).toMatch(/There is no release before the live one/);
  });

  it("are what a deploy asks for with the actions of the deploy role, and the other commands with those for releases", () => {
    const ofDeploys: readonly string[] = Object.values(deployActions).flat();
    expect([...askedBy.keys()].toSorted()).toEqual(["deploy", "release", "releases", "rollback"]);
    for (const [command, asked] of askedBy) {
      const listed: readonly string[] = command === "deploy" ? ofDeploys : releaseActions;
      const known = [...listed, "sts:GetCallerIdentity"];
      expect([command, ...asked.filter((each) => !known.includes(each))]).toEqual([command]);
    }
  });
});
