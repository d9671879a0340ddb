import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AwsTestDouble,
  startProgram,
  testAccessKeyId,
  testDistributionId,
  testDoubleEnv,
} from "aws-test-double";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functionNameOf, holdDeployed } from "./deployed-site.ts";
import { logsActions } from "../src/aws/deploy-actions.ts";
import { edgeSite, runEdgeSiteHere } from "./run-edge-site.ts";
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
  runEdgeSiteHere("logs", args, home, testDoubleEnv(aws.url));

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
    expect(aws.actionsOf(testAccessKeyId)).toEqual(
      ["sts:GetCallerIdentity", ...logsActions].toSorted(),
    );
  });

  it("LE-F-20: have what CloudFront finds in the responses of a function, by its name", async () => {
    const group = `ap-south-1 /aws/cloudfront/LambdaEdge/${testDistributionId}`;
    const startedAt = Date.now();
    const write = (secondsAgo: number, message: string) => ({
      timestamp: startedAt - secondsAgo * 1000,
      message,
      logStreamName: "s",
    });
    const arn = "arn:aws:lambda:ap-south-1:111122223333:function:us-east-1";
    const invoked = (id: string, name: string) =>
      `(${id}) INFO Invoking LambdaFunctionARN: ${arn}.${name}:3 Region: ap-south-1`;
    aws.logEvents.set(group, [
      write(20, invoked("a==", functionNameOf(site, "secret-redirect"))),
      write(19, invoked("b==", "notes-of-another")),
      write(18, "(a==) ERROR Validation error: The header is read-only"),
      write(17, "(b==) ERROR Validation error: not ours"),
      write(16, "(c==) ERROR Validation error: invoked before"),
    ]);
    const lines = await linesOf("--errors", "--since", "25s");
    aws.logEvents.delete(group);
    expect(lines.map(({ region, functionName, text }) => [region, functionName, text])).toEqual([
      ["ap-south-1", "secret-redirect", "Validation error: The header is read-only"],
      ["ap-south-1", "secret-redirect", "Validation error: invoked before"],
    ]);
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

  it("fail where no region lets us in", async () => {
    aws.faultOf = (_request, action) =>
      action === "logs:FilterLogEvents" ? "access denied" : undefined;
    const { exitStatus, stdout, stderr } = await logs();
    aws.faultOf = () => undefined;
    expect([exitStatus, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^The logs cannot be read: got AccessDenied: .* preflight" says/);
  });

  it("end without a word where the reader has enough", async () => {
    const child = startProgram(edgeSite, ["logs"], home, testDoubleEnv(aws.url));
    let stderr = "";
    child.stderr?.on("data", (text: string) => (stderr += text));
    child.stdout?.destroy();
    const [exitStatus] = await once(child, "exit");
    expect([exitStatus, stderr]).toEqual([0, ""]);
  });

  it.each([
    [
      ["--function", "spa-rewrit"],
      /names no function of stack notes: got "spa-rewrit"\. Did you mean spa-rewrite\?/,
    ],
    [["--since", "soon"], /argument 'soon' is invalid\. Write a number and its unit, as in 90s/],
    [
      ["--stage", "prod"],
      /Stage "prod" is not deployed: there is no stack notes-prod\. Run: npx edge-site deploy --stage prod/,
    ],
  ])("%j is told in a sentence", async (args, message) => {
    const { exitStatus, stderr, stdout } = await logs(...args);
    expect([exitStatus, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
  });
});

describe("logs --follow", { timeout: 60_000 }, () => {
  it("print each line that comes once, and outlast a failure of AWS", async () => {
    const group = `us-east-1 /aws/cloudfront/function/${functionNameOf(site, "spa-rewrite")}`;
    const child = startProgram(edgeSite, ["logs", "--follow"], home, testDoubleEnv(aws.url));
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (text: string) => (stdout += text));
    child.stderr?.on("data", (text: string) => (stderr += text));
    const write = (...texts: readonly string[]) => {
      const written = texts.map((text) => ({
        timestamp: Date.now(),
        message: `id2 ${text}`,
        logStreamName: "s",
      }));
      aws.logEvents.set(group, [...(aws.logEvents.get(group) ?? []), ...written]);
    };
    await expect.poll(() => stdout, { timeout: 20_000 }).toContain("later");
    write("twice", "twice", "first");
    await expect.poll(() => stdout, { timeout: 20_000 }).toContain("first");
    aws.faultOf = (_request, action) =>
      action === "logs:FilterLogEvents" ? "server error" : undefined;
    await expect.poll(() => stderr, { timeout: 20_000 }).toContain("Trying again.\n");
    write("meanwhile");
    aws.faultOf = () => undefined;
    await expect.poll(() => stdout, { timeout: 20_000 }).toContain("meanwhile");
    child.kill();
    await once(child, "exit");
    const texts = stdout.match(/(?:later|twice|first|meanwhile)$/gm);
    expect(texts).toEqual(["later", "twice", "twice", "first", "meanwhile"]);
  });
});
