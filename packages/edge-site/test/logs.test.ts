import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsTestDouble, testDoubleEnv } from "aws-test-double";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functionNameOf, holdDeployed } from "./deployed-site.ts";
import { runEdgeSite } from "./run-edge-site.ts";
import { synthesized } from "./synthesized.ts";

const home = mkdtempSync(join(tmpdir(), "logs-"));
const site = synthesized({ engine: undefined });
let aws: AwsTestDouble;
const now = Date.now();

beforeAll(async () => {
  aws = await AwsTestDouble.open();
  holdDeployed(aws, site);
  const redirect = functionNameOf(site, "secret-redirect");
  const lambda = (secondsAgo: number, message: object, prefix = "us-east-1.") => ({
    timestamp: now - secondsAgo * 1000,
    message: JSON.stringify(message),
    logStreamName: `2026/11/30/${prefix}${redirect}[3]0123abcd`,
  });
  const stackTrace = ["Error: odd", "    at a (/var/task/index.cjs:1:1500)", "    at node:x:1:1"];
  const error = { errorType: "Error", errorMessage: "odd", stackTrace };
  aws.logEvents.set("eu-central-1 /lambda-edge/notes", [
    lambda(60, { level: "ERROR", requestId: "r1", message: error }),
    lambda(40, { type: "platform.start", record: {} }),
    lambda(30, { level: "INFO", requestId: "r2", message: "later" }),
    lambda(7200, { level: "INFO", message: "long ago" }),
  ]);
  aws.logEvents.set("us-east-1 /lambda-edge/notes", [
    lambda(50, { level: "INFO", requestId: "r3", message: "here" }, ""),
    {
      ...lambda(45, { level: "INFO", message: "of another" }),
      logStreamName: "2026/11/30/other[1]0",
    },
  ]);
  aws.logEvents.set(`us-east-1 /aws/cloudfront/function/${functionNameOf(site, "spa-rewrite")}`, [
    { timestamp: now - 35_000, message: "id1 START DistributionID: E1", logStreamName: "s" },
    { timestamp: now - 35_000, message: "id1 rewritten", logStreamName: "s" },
  ]);
});

afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  site[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

const logs = (...args: readonly string[]) =>
  runEdgeSite("logs", args, home, testDoubleEnv(aws.url));

interface Line {
  readonly region: string;
  readonly functionName: string;
  readonly text: string;
  readonly stack: readonly string[];
}

async function linesOf(...args: readonly string[]): Promise<readonly Line[]> {
  const { stdout, stderr, exitStatus } = await logs("--json", ...args);
  expect({ stderr, exitStatus }).toEqual({ stderr: "", exitStatus: 0 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

describe("logs", () => {
  it("LE-F-08, LE-F-19: are those of all regions and of both engines, by time", async () => {
    const lines = await linesOf();
    expect(lines.map(({ region, functionName, text }) => [region, functionName, text])).toEqual([
      ["eu-central-1", "secret-redirect", "Error: odd"],
      ["us-east-1", "secret-redirect", "here"],
      ["us-east-1", "spa-rewrite", "rewritten"],
      ["eu-central-1", "secret-redirect", "later"],
    ]);
    expect(aws.unknown).toEqual([]);
  });

  it("show the sources of a stack whose code is the one that was deployed", async () => {
    const [line] = await linesOf("--errors");
    expect(line?.stack[0]).toMatch(/^at a \((?:\.\.\/)*\S*\.ts:\d+:\d+\)$/);
    expect(line?.stack[1]).toBe("at node:x:1:1");
  });

  it("are those of one package, and of a time", async () => {
    const scripts = await linesOf("--function", "spa-rewrite");
    expect(scripts.map(({ text }) => text)).toEqual(["rewritten"]);
    expect((await linesOf("--since", "3h")).map(({ text }) => text)).toContain("long ago");
    expect(await linesOf("--since", "20s")).toEqual([]);
  });

  it("are lines for a person, and name the regions that are not let into", async () => {
    aws.faultOf = ({ region }, action) =>
      region === "sa-east-1" && action === "logs:FilterLogEvents" ? "access denied" : undefined;
    const { stdout, stderr } = await logs(
      "--function",
      "spa-rewrite",
      "--function",
      "secret-redirect",
    );
    aws.faultOf = () => undefined;
    expect(stdout).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}eu-central-1 {2}secret-redirect {2}ERROR {2}Error: odd\n {4}at /,
    );
    expect(stderr).toBe("Not read: sa-east-1 (AccessDenied).\n");
  });

  it.each([
    [
      ["--function", "spa-rewrit"],
      /names no function of stack notes: got "spa-rewrit"\. Did you mean spa-rewrite\?/,
    ],
    [["--since", "soon"], /argument 'soon' is invalid\. Write a number and its unit, as in 90s/],
    [
      ["--stage", "prod"],
      /Stage "prod" is not deployed: there is no stack notes-prod\. Deploy it first\./,
    ],
  ])("%j is told in a sentence", async (args, message) => {
    const { exitStatus, stderr, stdout } = await logs(...args);
    expect([exitStatus, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
  });
});
