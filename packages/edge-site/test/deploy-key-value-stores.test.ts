import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestDeployment, testAccessKeyId, testDoubleClients } from "aws-test-double";
import { compileSecretRedirect, type RedirectRule } from "secret-redirect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { deployActions, diffActions } from "../src/aws/deploy-actions.ts";
import { describeStack } from "../src/aws/deployed-stack.ts";
import { stageOf } from "../src/config/stage-of.ts";
import { updateStores } from "../src/key-values/update-stores.ts";
import { edgeSiteHere } from "./run-edge-site.ts";
import { synthesized } from "./synthesized.ts";

// The commands run one after another on one stack, as they do in its life.
const home = mkdtempSync(join(tmpdir(), "deploy-key-value-stores-"));

const secretLocation = edgeConfig.liveChecks[2]?.headers?.["location"] ?? "";

function siteOf(rules: readonly RedirectRule[]) {
  const config = compileSecretRedirect({ location: secretLocation, rules });
  const functions = edgeConfig.functions.map((each) =>
    each.package === "secret-redirect"
      ? { ...each, eventType: "viewer-request" as const, config }
      : each,
  );
  return synthesized({ engine: "cloudfront-function", functions });
}

/** Beside the secret path. */
const old = Array.from({ length: 300 }, (_, index) => ({ from: `/old/${index}`, to: `/${index}` }));
const site = siteOf(old);
/** One rule is changed, 119 are removed, 200 are added. */
const changed = siteOf([
  { from: "/old/0", to: "/elsewhere" },
  ...old.slice(1, 181),
  ...old.slice(0, 200).map(({ to }) => ({ from: `/newer${to}`, to })),
]);
/** What is live, which deploys ask for what the app's own configuration has. */
const live = synthesized();
let deployment: TestDeployment;

beforeAll(async () => {
  deployment = await TestDeployment.open(edgeSiteHere(), live.assemblyFolder, home);
});

afterAll(async () => {
  await deployment[Symbol.asyncDispose]();
  live[Symbol.dispose]();
  site[Symbol.dispose]();
  changed[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

describe("a key value store", { timeout: 60_000 }, () => {
  const functions = () => deployment.aws.cloudFormation.functions;
  const store = () => [...deployment.aws.keyValueStores.values()][0]?.keyValues ?? new Map();
  const liveCode = () => [...functions().values()][0]?.liveCode;
  const updates = () =>
    deployment.aws.requests.filter(
      ({ action, fault }) => action.endsWith(":UpdateKeys") && fault === undefined,
    ).length;

  async function run(command: string, { assemblyFolder }: typeof site, ...args: string[]) {
    deployment.aws.forgetRequests();
    const { exitStatus, stdout } = await deployment.run(command, assemblyFolder, ...args);
    expect({ exitStatus, unknown: deployment.aws.unknown }).toEqual({ exitStatus: 0, unknown: [] });
    return stdout;
  }

  /** What a deploy does after the stack. */
  async function update({ assemblyFolder }: typeof site): Promise<readonly string[]> {
    deployment.aws.forgetRequests();
    const clients = testDoubleClients(deployment.aws.url);
    const target = { config: edgeConfig, stage: stageOf(edgeConfig), assemblyFolder };
    return updateStores(target, await describeStack(clients.cloudFormation, "notes"), clients);
  }

  let firstOutput: string;
  it("is made with its data, and named by the stack", async () => {
    const stdout = await run("deploy", site);
    firstOutput = stdout;
    expect(stdout).toMatch(/^ {2}key value store \w+: created with 301 keys$/m);
    expect(stdout).toMatch(/^ {2}key value store \w+: no key changed$/m);
    expect(JSON.parse(store().get("/old/7"))).toMatchObject({ rules: [{ to: "/7" }] });
    expect(store().size).toBe(301);
    expect(updates()).toBe(0);
    const [resource] = Object.values(site.template.findResources("AWS::CloudFront::KeyValueStore"));
    expect(resource?.["Properties"].Name).toMatch(/^notes-[\w-]{1,58}$/);
  });

  it("comes with CloudFront Functions that are published, and named by the stack", () => {
    expect(firstOutput).toContain(
      "spa-rewrite 0.1.0, secret-redirect 0.1.0: published for the first time",
    );
    expect([...functions().keys()].every((each) => each.startsWith("notes-"))).toBe(true);
    expect(functions().size).toBe(2);
    for (const { code, liveCode: live } of functions().values()) expect(live).toBe(code);
  });

  it("a diff says how many keys would be others, with the calls of the role for pull requests", async () => {
    const stdout = await run("diff", changed);
    expect(stdout).toMatch(/^ {2}key value store \w+: 200 keys added, 1 changed, 119 removed$/m);
    expect(stdout).toContain("secret-redirect 0.1.0: unchanged");
    const actions = deployment.aws
      .actionsOf(testAccessKeyId)
      .filter((each) => each !== "sts:GetCallerIdentity");
    expect(actions).toEqual(Object.values(diffActions).flat().toSorted());
    expect(updates()).toBe(0);
  });

  it("whose data alone has changed is updated, and its function is not", async () => {
    const before = liveCode();
    const stdout = await run("deploy", changed);
    expect(stdout).toContain("secret-redirect 0.1.0: unchanged");
    expect(liveCode()).toBe(before);
    expect(JSON.parse(store().get("/old/0"))).toMatchObject({ rules: [{ to: "/elsewhere" }] });
    expect(store().size).toBe(382);
    // Of 320 keys, 50 at once.
    expect(updates()).toBe(7);
    const listed: readonly string[] = [
      ...deployActions.always,
      ...deployActions.keyValueStore,
      "sts:GetCallerIdentity",
    ];
    const actions = deployment.aws.actionsOf(testAccessKeyId);
    expect(actions.filter((each) => !listed.includes(each))).toEqual([]);
  });

  it("that is up to date already is not written", async () => {
    expect(await update(changed)).toEqual([
      expect.stringMatching(/^key value store \w+: no key changed$/),
    ]);
    expect(updates()).toBe(0);
  });

  it("that another writes meanwhile is read anew", async () => {
    let isFirst = true;
    deployment.aws.faultOf = (_, action) => {
      if (!action.endsWith(":UpdateKeys") || !isFirst) return undefined;
      isFirst = false;
      for (const each of deployment.aws.keyValueStores.values()) {
        each.keyValues.set("/someone", "else");
        each.version += 1;
      }
      return undefined;
    };
    await update(site);
    deployment.aws.faultOf = () => undefined;
    expect(isFirst).toBe(false);
    expect(store().has("/someone")).toBe(false);
    expect(store().size).toBe(301);
  });

  it("an update that is cut short says so, and the next one completes it", async () => {
    let count = 0;
    deployment.aws.faultOf = (_, action) => {
      if (!action.endsWith(":UpdateKeys")) return undefined;
      count += 1;
      return count > 2 ? "access denied" : undefined;
    };
    const { exitStatus, stderr } = await deployment.run("deploy", changed.assemblyFolder);
    deployment.aws.faultOf = () => undefined;
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(
      /The key value store arn:aws:cloudfront::111122223333:key-value-store\/\S+ is not up to date: got AccessDenied: Access Denied\. "npx edge-site preflight" says which permissions are missing\.\n$/,
    );
    await update(changed);
    expect(store().size).toBe(382);
  });

  it("goes with its stack, as the functions do", async () => {
    await run("destroy", changed, "--force");
    expect([...deployment.aws.keyValueStores]).toEqual([]);
    expect([...functions()]).toEqual([]);
  });
});
