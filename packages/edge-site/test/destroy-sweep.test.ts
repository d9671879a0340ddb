import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AwsTestDouble,
  createTestStack,
  deleteTestStack,
  deployTestStack,
  type Ended,
  type Fault,
  testAccessKeyId,
  testDistributionId,
  testDoubleEnv,
  type TestObject,
} from "aws-test-double";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { sweepActions } from "../src/aws/deploy-actions.ts";
import { edgeRegions } from "../src/aws/edge-regions.ts";
import { functionNameOf, holdDeployed } from "./deployed-site.ts";
import { runEdgeSiteHere } from "./run-edge-site.ts";
import { synthesized } from "./synthesized.ts";

const home = mkdtempSync(join(tmpdir(), "destroy-sweep-"));
const site = synthesized({ engine: undefined });
const bare = synthesized({ functions: [] });
const redirect = functionNameOf(site, "secret-redirect");
const rewrite = functionNameOf(site, "spa-rewrite");
const bucket = "notes-sitebucket978d4aeb";
const object: TestObject = {
  body: new Uint8Array(),
  contentType: undefined,
  cacheControl: undefined,
  metadata: {},
  tagging: undefined,
};
let aws: AwsTestDouble;

beforeEach(async () => {
  aws = await AwsTestDouble.open();
  holdDeployed(aws, site);
  for (const key of ["index.html", "404.html", "assets/a.js", "assets/ü & <b>.js", "z"]) {
    aws.buckets.get(bucket)?.set(key, object);
  }
  for (const region of edgeRegions) aws.logGroups.set(`${region} /lambda-edge/notes`, undefined);
  aws.logEvents.set(`eu-west-1 /aws/cloudfront/LambdaEdge/${testDistributionId}`, []);
  aws.logEvents.set(`us-east-1 /aws/cloudfront/function/${rewrite}`, []);
  // Of another stage, whose names begin alike.
  aws.logGroups.set("us-east-1 /lambda-edge/notes-prod", 7);
  aws.logGroups.set("us-east-1 /aws/cloudfront/function/notes-prod-Site", 7);
  aws.buckets.set("notes-prod-sitebucket978d4aeb", new Map([["index.html", object]]));
});

afterEach(() => aws[Symbol.asyncDispose]());

afterAll(() => {
  site[Symbol.dispose]();
  bare[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

const destroyHere = (...args: readonly string[]): Promise<Ended> =>
  runEdgeSiteHere("destroy", args, home, testDoubleEnv(aws.url));
const sweep = (...args: readonly string[]) => destroyHere("--sweep", ...args);

/** What stands beneath "What is left", or that nothing is. */
function leftIn({ stdout }: Ended): readonly string[] {
  if (stdout.includes("\n  nothing is left\n")) return [];
  return stdout.split("\nWhat is left\n")[1]?.trim().split(/\n */) ?? ["no word of it"];
}

const own = () => aws.buckets.get(bucket);
const groups = () => [...aws.logGroups.keys(), ...aws.logEvents.keys()];
const ofNotes = () => groups().filter((each) => !each.includes("notes-prod"));
const ofNotesProd = () => groups().filter((each) => each.includes("notes-prod"));
const waits = (name: string) =>
  `function ${name}: AWS holds replicas of it at the edge, which go a few hours after the distribution`;
const kept = `bucket ${bucket} with 5 objects: kept, --data deletes it`;
const groupWaits = "logs in /lambda-edge/notes: go after the functions";
const again = "Run the same command again in a few hours: it finds all this without the stack too.";

/** Deletes the stack as somebody else may have done: the sweep then has AWS alone to ask. */
function deleteStack(): void {
  const stack = aws.cloudFormation.stacks.get("notes");
  if (stack !== undefined) deleteTestStack(stack, aws.cloudFormation);
}

const failing = (fault: Fault, ...names: readonly string[]): void => {
  aws.faultOf = ({ region }, action) =>
    names.includes(action) || names.includes(`${region} ${action}`) ? fault : undefined;
};

describe("destroy --sweep, from the stack to nothing", { timeout: 60_000 }, () => {
  const sweepStack = (...args: readonly string[]) =>
    sweep("--assembly", site.assemblyFolder, ...args);

  it("LE-F-07, LE-F-17: returns while replicas are there, and a later run finishes it", async () => {
    aws.cloudFormation.holdsReplicas = true;
    const first = await sweepStack("--force");
    expect({ exitStatus: first.exitStatus, unknown: aws.unknown }).toEqual({
      exitStatus: 0,
      unknown: [],
    });
    expect(leftIn(first)).toEqual([waits(redirect), groupWaits, kept, again]);
    expect(first.stdout).toContain("logs of CloudFront deleted: 2 log groups\n");
    expect(aws.cloudFormation.stacks.get("notes")?.status).toBe("DELETE_FAILED");

    const second = await sweepStack("--force");
    expect([second.exitStatus, leftIn(second)]).toEqual([0, leftIn(first)]);
    expect(own()?.size).toBe(5);

    aws.cloudFormation.holdsReplicas = false;
    const unasked = await sweepStack();
    expect([unasked.exitStatus, unasked.stdout.includes("What is left")]).toEqual([1, false]);
    expect(unasked.stderr).toContain('"cdk destroy" ended with exit status 1.');

    const third = await sweepStack("--force");
    expect([third.exitStatus, leftIn(third)]).toEqual([0, [kept]]);
    expect(third.stdout).toContain("logs of the functions deleted: 13 log groups\n");
    expect([ofNotes(), ofNotesProd().length, own()?.size]).toEqual([[], 2, 5]);

    const fourth = await sweep("--data", "--force");
    expect([fourth.exitStatus, leftIn(fourth), own()]).toEqual([0, [], undefined]);
    expect(aws.buckets.get("notes-prod-sitebucket978d4aeb")?.size).toBe(1);

    const fifth = await sweep("--data", "--force");
    expect([fifth.exitStatus, leftIn(fifth), fifth.stderr]).toEqual([0, [], ""]);
    expect(aws.unknown).toEqual([]);
    // Nor does any of them need more permissions than are listed.
    const listed = [
      "sts:AssumeRole",
      "sts:GetCallerIdentity",
      ...Object.values(sweepActions).flat(),
    ];
    expect(aws.actionsOf(testAccessKeyId).filter((each) => !listed.includes(each))).toEqual([]);
  });
});

describe("destroy --sweep without the stack", () => {
  it("deletes functions that an update took away, when their replicas are gone", async () => {
    aws.cloudFormation.holdsReplicas = true;
    holdDeployed(aws, bare);
    deleteStack();
    expect([...aws.cloudFormation.lambdas.keys()]).toEqual([redirect]);
    const first = await sweep("--data", "--force");
    expect([first.exitStatus, leftIn(first)]).toEqual([0, [waits(redirect), groupWaits, again]]);
    aws.cloudFormation.holdsReplicas = false;
    const second = await sweep();
    expect([second.exitStatus, leftIn(second)]).toEqual([0, []]);
    // Nothing says any more whose the group of a CloudFront Function was that an update took away.
    expect([...aws.cloudFormation.lambdas.keys(), ...ofNotes()]).toEqual([
      `us-east-1 /aws/cloudfront/function/${rewrite}`,
    ]);
  });

  it("deletes all versions of what is in the bucket, and what comes meanwhile", async () => {
    deleteStack();
    aws.objectVersions.set(bucket, [
      { key: "index.html", versionId: "v1", isDeleteMarker: false },
      { key: "gone.html", versionId: "v2", isDeleteMarker: true },
    ]);
    let isLate = true;
    aws.faultOf = (_request, action) => {
      if (action === "s3:DeleteBucket" && isLate) own()?.set("late.log", object);
      if (action === "s3:DeleteBucket") isLate = false;
      return undefined;
    };
    const { exitStatus, stdout } = await sweep("--data", "--force");
    expect([exitStatus, own(), aws.unknown]).toEqual([0, undefined, []]);
    expect(stdout).toContain(`bucket ${bucket} deleted, with 8 versions of objects\n`);
  });

  it("does not touch what a stack of the same name has left that was no site", async () => {
    deleteStack();
    const stack = createTestStack("notes", "-other");
    stack.nextTemplate = {
      Resources: { Database: { Type: "AWS::S3::Bucket", DeletionPolicy: "Retain" } },
    };
    deployTestStack(stack, aws.cloudFormation, aws.buckets);
    deleteTestStack(stack, aws.cloudFormation);
    const ended = await sweep("--data", "--force");
    expect([ended.exitStatus, leftIn(ended)]).toEqual([
      0,
      [
        expect.stringMatching(
          /^arn:aws:s3:::notes-database-other: not touched, for nothing proves/,
        ),
      ],
    ]);
    expect([aws.buckets.has("notes-database-other"), own()]).toEqual([true, undefined]);
  });

  it("does not touch another stage, though its stack has the name of a canary", async () => {
    deleteStack();
    const stack = createTestStack("notes-canary");
    stack.nextTemplate = site.template.toJSON();
    aws.cloudFormation.stacks.set("notes-canary", stack);
    deployTestStack(stack, aws.cloudFormation, aws.buckets);
    aws.logGroups.set("us-east-1 /lambda-edge/notes-canary", 7);
    const { lambdas } = aws.cloudFormation;
    const before = [...lambdas.keys()].filter((name) => name.startsWith("notes-canary"));
    const ended = await sweep("--data", "--force");
    expect([ended.exitStatus, leftIn(ended), ended.stderr]).toEqual([0, [], ""]);
    expect(own()).toBeUndefined();
    expect([...lambdas.keys()]).toEqual(before);
    expect(before).toHaveLength(1);
    expect(stack.status).toBe("CREATE_COMPLETE");
    // Nor when that has been deleted by now, and its data kept.
    deleteTestStack(stack, aws.cloudFormation);
    await sweep("--data", "--force");
    expect(aws.buckets.has("notes-canary-sitebucket978d4aeb")).toBe(true);
    expect(aws.logGroups.has("us-east-1 /lambda-edge/notes-canary")).toBe(true);
  });

  it("touches nothing that CloudFormation no longer knows the stack of", async () => {
    deleteStack();
    aws.cloudFormation.deletedStacks.clear();
    const ended = await sweep("--data", "--force");
    expect(ended.exitStatus).toBe(0);
    expect(leftIn(ended)).toContainEqual(
      expect.stringMatching(/^arn:aws:s3:::.*more than 90 days ago$/),
    );
    expect(own()?.size).toBe(5);
  });

  it.each([
    [["--sweep", "--data"], /^--data deletes buckets for good, .* add --force where it is\.\n$/],
    [["--data", "--force"], /^--data deletes what outlives the stack, and goes with --sweep: /],
  ])("is refused before anything is asked of AWS: %j", async (args, message) => {
    const ended = await destroyHere(...args);
    expect([ended.exitStatus, ended.stdout, aws.requests]).toEqual([1, "", []]);
    expect(ended.stderr).toMatch(message);
  });
});

describe("destroy --sweep, when AWS refuses a step", () => {
  beforeEach(deleteStack);

  async function finishes(): Promise<void> {
    aws.faultOf = () => undefined;
    const ended = await sweep("--data", "--force");
    expect([ended.exitStatus, leftIn(ended), ofNotes(), own()]).toEqual([0, [], [], undefined]);
  }

  it.each([
    ["lambda:DeleteFunction", `function ${redirect}`],
    ["us-east-1 logs:DeleteLogGroup", "logs of CloudFront"],
    ["s3:DeleteObject", `bucket ${bucket} with 5 objects`],
    ["s3:ListBucketVersions", `bucket ${bucket} with 5 objects`],
    ["s3:DeleteBucket", `bucket ${bucket} with 5 objects`],
  ])(
    "with %s it fails, names it, and the next run finds all that is left",
    async (step, subject) => {
      aws.cloudFormation.lambdas.set(redirect, { stackId: "", isReplicated: true });
      failing("access denied", step);
      const ended = await sweep("--data", "--force");
      expect(ended.exitStatus).toBe(1);
      expect(leftIn(ended)).toContain(`${subject}: refused with AccessDenied`);
      expect(ended.stderr).toMatch(
        /^Not deleted: .*: got AccessDenied: Access Denied\. "npx edge-site preflight" says which permissions are missing\.\n$/,
      );
      expect(own()).toBeDefined();
      await finishes();
    },
  );

  it.each([
    "tag:GetResources",
    "cloudformation:GetTemplate",
    "cloudformation:DescribeStackResources",
  ])("with %s nothing is deleted", async (step) => {
    failing("access denied", step);
    const before = [groups(), own()?.size];
    const ended = await sweep("--data", "--force");
    expect([ended.exitStatus, groups(), own()?.size]).toEqual([1, ...before]);
    expect(ended.stderr).toContain("got AccessDenied");
    await finishes();
  });

  it("names regions that the account is kept out of, and goes on", async () => {
    failing("access denied", "sa-east-1 logs:DeleteLogGroup");
    const ended = await sweep("--data", "--force");
    expect([ended.exitStatus, leftIn(ended)]).toEqual([
      0,
      [
        "logs of CloudFront: not looked for in sa-east-1 (AccessDenied)",
        "logs of the functions: not looked for in sa-east-1 (AccessDenied)",
      ],
    ]);
    expect(ofNotes()).toEqual(["sa-east-1 /lambda-edge/notes"]);
  });

  it("tries again what is worth it", async () => {
    const failed = new Set<string>();
    aws.faultOf = ({ region }, action) => {
      const kind = `${region} ${action}`;
      if (failed.has(kind)) return undefined;
      failed.add(kind);
      return failed.size % 2 === 0 ? "throttling" : "server error";
    };
    const ended = await sweep("--data", "--force");
    expect([ended.exitStatus, leftIn(ended), ofNotes(), own()]).toEqual([0, [], [], undefined]);
  });
});
