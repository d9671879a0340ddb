import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AwsTestDouble,
  type Ended,
  type Fault,
  runProgram,
  TestDeployment,
  testAccessKeyId,
} from "aws-test-double";
import { unzipSync } from "fflate";
import type { LocalCloudFront } from "local-cloudfront";
import { compileSecretRedirect, type SecretRedirectOptions } from "secret-redirect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { deployActions, diffActions } from "../src/aws/deploy-actions.ts";
import { edgeSite, edgeSiteHere } from "./run-edge-site.ts";
import { synthesized } from "./synthesized.ts";

// The commands run one after another on one stack, as they do in its life; the tests look at what was left.
const home = mkdtempSync(join(tmpdir(), "deploy-"));
const site = synthesized();
const secretLocation = edgeConfig.liveChecks[2]?.headers?.["location"] ?? "";
const withRedirect = (changed: SecretRedirectOptions) =>
  synthesized({
    functions: edgeConfig.functions.map((each) =>
      each.package === "secret-redirect"
        ? { ...each, config: compileSecretRedirect({ location: secretLocation, ...changed }) }
        : each,
    ),
  });
const changedSite = withRedirect({ logSampleRate: 1 });
let deployment: TestDeployment;
let cloudFront: LocalCloudFront;
let aws: AwsTestDouble;

beforeAll(async () => {
  deployment = await TestDeployment.open(edgeSiteHere(), site.assemblyFolder, home);
  ({ cloudFront, aws } = deployment);
});

afterAll(async () => {
  site[Symbol.dispose]();
  changedSite[Symbol.dispose]();
  rmSync(home, { recursive: true });
  await deployment[Symbol.asyncDispose]();
});

function run(command: string, assemblyFolder: string, ...args: string[]): Promise<Ended> {
  aws.forgetRequests();
  return deployment.run(command, assemblyFolder, ...args);
}

/** As a process of its own. */
function runProcess(command: string, assembly: string, ...args: string[]): Promise<Ended> {
  aws.forgetRequests();
  return runProgram(edgeSite, [command, "--assembly", assembly, ...args], home, deployment.env);
}

/** What was done, in order: the action, and the last part of the path. */
function done(): readonly string[] {
  return aws.requests
    .filter(({ fault }) => fault === undefined)
    .map(({ action, path }) => `${action} ${path.split("/").at(-1)}`);
}

/** The CDK CLI deletes its last change set whether there is one or not. */
function changes(): readonly string[] {
  return done().filter((each) => !/:(?:Get|Describe|List|AssumeRole|DeleteChangeSet)/.test(each));
}

/** Fails each kind of request once, in one of the ways that are worth another attempt. */
function eachOnce(): AwsTestDouble["faultOf"] {
  const kinds: readonly Fault[] = ["throttling", "server error", "connection reset"];
  const failed = new Set<string>();
  return ({ accessKeyId }, action) => {
    const kind = `${accessKeyId} ${action}`;
    if (failed.has(kind)) return undefined;
    failed.add(kind);
    return kinds[failed.size % kinds.length];
  };
}

describe("the first deploy, in which each kind of request fails once", () => {
  let ended: Ended;
  beforeAll(async () => {
    aws.faultOf = eachOnce();
    ended = await runProcess("deploy", site.assemblyFolder);
    aws.faultOf = () => undefined;
  }, 300_000);

  it("completes, having asked nothing that the test double does not know", () => {
    expect(ended.stderr).not.toContain("edge-site:");
    expect({ exitStatus: ended.exitStatus, unknown: aws.unknown }).toEqual({
      exitStatus: 0,
      unknown: [],
    });
  });

  it("has each function's first version, tells each step, and prints the URL last", () => {
    const steps = ended.stdout
      .replaceAll(cloudFront.url, "URL")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("arn:"));
    expect(steps).toEqual([
      "Stage dev: stack notes in account 111122223333",
      "  spa-rewrite 0.1.0: its first version",
      "  security-headers 0.1.0: its first version",
      "  secret-redirect 0.1.0: its first version",
      "Stack",
      "Site",
      "  5 stored, 0 unchanged, nothing to invalidate",
      "Distribution",
      "  deployed at every edge location",
      "  / responds with 200",
      "  /notes/1 responds with 200",
      "  /secret responds with 302",
      "URL",
    ]);
  });

  it("stores the artefacts, then the stack, then the site's assets and documents", () => {
    const kinds = changes().map((each) =>
      each
        .replace(/[0-9a-f]{64}/, "HASH")
        .replace(/PutObject \w+-.*\.(?:js|css|svg)$/, "PutObject HASHED")
        // Both at once, in any order.
        .replace(/PutObject (?:404|index)\.html$/, "PutObject DOCUMENT"),
    );
    const asset = "s3:PutObject HASH.zip";
    expect(kinds.slice(0, 4).sort()).toEqual(["s3:PutObject HASH.json", asset, asset, asset]);
    expect(kinds.slice(4)).toEqual([
      "cloudformation:CreateChangeSet ",
      "cloudformation:ExecuteChangeSet ",
      "s3:PutObject cf-edge-publish-lock.json",
      "s3:PutObject HASHED",
      "s3:PutObject HASHED",
      "s3:PutObject HASHED",
      "s3:PutObject DOCUMENT",
      "s3:PutObject DOCUMENT",
      "s3:DeleteObject cf-edge-publish-lock.json",
    ]);
  });

  it("stores each artefact as it was built", () => {
    const zips = [...aws.assets].filter(([key]) => key.endsWith(".zip"));
    expect(zips).toHaveLength(3);
    for (const [key, { body }] of zips) {
      const folder = join(site.assemblyFolder, `asset.${key.replace(".zip", "")}`);
      const files = unzipSync(body);
      expect(Object.keys(files).sort()).toEqual(readdirSync(folder).sort());
      for (const [name, content] of Object.entries(files)) {
        expect(Buffer.from(content)).toEqual(readFileSync(join(folder, name)));
      }
    }
  });

  it("stores the site with the headers that the local CloudFront serves", () => {
    expect(aws.site.get("index.html")).toMatchObject({
      contentType: "text/html; charset=utf-8",
      cacheControl: "public, max-age=0, s-maxage=60",
    });
    const script = [...aws.site].find(([key]) => key.endsWith(".js"))?.[1];
    expect(script).toMatchObject({
      contentType: "text/javascript; charset=utf-8",
      cacheControl: "public, max-age=31536000, immutable",
    });
    // Of a first deploy, nothing is cached yet.
    expect(aws.cloudFront.invalidations).toEqual([]);
  });

  it("needs no more permissions than are listed", () => {
    const listed: readonly string[] = [...deployActions.always, "sts:GetCallerIdentity"];
    expect(aws.actionsOf(testAccessKeyId).filter((each) => !listed.includes(each))).toEqual([]);
  });
});

describe("the same deploy once more", () => {
  it("stores nothing, makes no version and no change set, and invalidates nothing", async () => {
    const { exitStatus, stdout } = await run("deploy", site.assemblyFolder);
    expect({ exitStatus, changes: changes(), unknown: aws.unknown }).toEqual({
      exitStatus: 0,
      changes: [],
      unknown: [],
    });
    expect(stdout).toContain("secret-redirect 0.1.0: unchanged");
    expect(stdout).toContain("0 stored, 5 unchanged, nothing to invalidate");
  });
});

describe("a diff", () => {
  it("tells what a deploy would change with the calls of the role for pull requests, and assumes no role", async () => {
    const { exitStatus, stdout, stderr } = await runProcess("diff", changedSite.assemblyFolder);
    expect({ exitStatus, changes: changes(), unknown: aws.unknown }).toEqual({
      exitStatus: 0,
      changes: [],
      unknown: [],
    });
    expect(stdout).toContain("secret-redirect 0.1.0: a new version, options changed\n");
    expect(`${stdout}${stderr}`).toMatch(/AWS::Lambda::Function .*SecretRedirect/);
    expect(new Set(aws.requests.map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set([testAccessKeyId]),
    );
    // What needs no permission is in no policy.
    const actions = aws
      .actionsOf(testAccessKeyId)
      .filter((each) => each !== "sts:GetCallerIdentity");
    expect(actions).toEqual(diffActions.always.toSorted());
  });
});

describe("a deploy of one function's other options", () => {
  it("is refused before AWS is asked where the site would not answer as liveChecks expect", async () => {
    using elsewhere = withRedirect({ location: "/elsewhere" });
    const { exitStatus, stderr } = await run("deploy", elsewhere.assemblyFolder);
    expect({ exitStatus, requests: aws.requests }).toEqual({ exitStatus: 1, requests: [] });
    expect(stderr).toContain(
      `Run on this machine, the site does not respond as liveChecks in edge.config.ts expect, and nothing is deployed: /secret has location "/elsewhere", not "${secretLocation}". Correct liveChecks, or what they ask for; "npx edge-site start" shows it.`,
    );
  });

  it("that CloudFormation rolls back says so, and what stands", async () => {
    aws.cloudFormation.rollbackReason = "Resource handler returned message: a riddle";
    const { exitStatus, stderr } = await runProcess("deploy", changedSite.assemblyFolder);
    aws.cloudFormation.rollbackReason = undefined;
    expect(exitStatus).toBe(1);
    expect(stderr).toContain("a riddle");
    expect(stderr.trim().split("\n").at(-1)).toBe(
      '"cdk deploy" ended with exit status 1. What it says above is the reason. Stack "notes" is in UPDATE_ROLLBACK_COMPLETE: CloudFormation has rolled back to the earlier deploy, and the site runs as before. Fix the cause and deploy again.',
    );
    expect(changes().filter((each) => each.startsWith("cloudfront:"))).toEqual([]);
  });

  it("makes one new version and says why", async () => {
    const before = versions();
    const { exitStatus, stdout } = await run("deploy", changedSite.assemblyFolder);
    expect(exitStatus).toBe(0);
    expect(stdout).toContain("secret-redirect 0.1.0: a new version, options changed\n");
    expect(stdout).toContain("spa-rewrite 0.1.0: unchanged\n");
    expect(versions().filter((each) => !before.includes(each))).toHaveLength(1);
    // What its earlier version answered is cached.
    expect(stdout).toContain(
      "/* is invalidated: responses of changed origin functions are cached\n",
    );
    expect(aws.cloudFront.invalidations).toEqual([["/*"]]);
    expect(aws.unknown).toEqual([]);
    expect([...aws.assets.keys()].filter((key) => key.endsWith(".zip"))).toHaveLength(4);
  });

  function versions(): readonly string[] {
    const { resources = [] } = aws.cloudFormation.stacks.get("notes") ?? {};
    return resources.flatMap(({ type, logicalId }) =>
      type === "AWS::Lambda::Version" ? [logicalId] : [],
    );
  }
});

describe("destroy", () => {
  it("LE-F-07: explains replicas, and lists what stays with the command that deletes it", async () => {
    aws.cloudFormation.holdsReplicas = true;
    const { exitStatus, stdout, stderr } = await run("destroy", site.assemblyFolder, "--force");
    expect({ exitStatus, unknown: aws.unknown }).toEqual({ exitStatus: 1, unknown: [] });
    expect(stderr.trim().split("\n").at(-1)).toMatch(
      /^The distribution is gone, but AWS still holds replicas of the functions at the edge .* Run the same command again then\.$/,
    );
    expect(stdout).toMatch(/bucket (\S+) with 5 objects: aws s3 rb --force s3:\/\/\1\n/);
    expect(stdout).toMatch(/aws logs delete-log-group .* \/lambda-edge\/notes$/m);
  });
});
