import { describe, expect, it, onTestFinished } from "vitest";
import type { FunctionRun } from "../../src/index.ts";
import { startOriginServer } from "../support/start-origin-server.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

function runsOf({ cloudfront }: TestCloudFront): FunctionRun[] {
  return cloudfront
    .traces()
    .flatMap(({ steps }) => steps.flatMap((step) => ("run" in step ? [step.run] : [])));
}

/** A function that answers with the JSON of an expression, which may use what was set up before. */
const answering = (expression: string, before = ""): string => `${before}
  exports.handler = async (event, context) => ({
    status: "200",
    body: JSON.stringify(${expression}),
  });`;

/** A server at whose gate requests wait until enough of them are there. */
async function startGate(count: number): Promise<string> {
  let waiting: (() => void)[] = [];
  const { url } = await startOriginServer(async (_, response) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length < count) return;
      for (const open of waiting) open();
      waiting = [];
    });
    response.end();
  });
  return url;
}

describe("an execution environment", () => {
  it("starts cold, stays warm, and keeps what the module holds", async () => {
    const started = await startTestCloudFront({
      functions: { "viewer-request": answering("(count += 1)", "let count = 0;") },
    });
    const bodies = [];
    for (const _request of [1, 2, 3]) bodies.push((await started.get("/")).body);
    expect(bodies).toEqual(["1", "2", "3"]);
    const [cold, ...warm] = runsOf(started);
    expect(cold?.initDurationMs).toBeGreaterThan(0);
    expect(warm.map(({ initDurationMs }) => initDurationMs)).toEqual([undefined, undefined]);
  });

  it("runs one invocation at a time; where there is no other, requests wait", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-request": answering(
          "await (async () => { running += 1; await new Promise(setImmediate); return running--; })()",
          "let running = 0;",
        ),
      },
      options: { functionLimits: { environments: 1 } },
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => get("/")));
    expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 8 }, () => "1"));
  });

  it("is one of several where requests come together", async () => {
    const gate = await startGate(3);
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-request": `
          const number = Math.random();
          exports.handler = async () => {
            await fetch("${gate}");
            return { status: "200", body: String(number) };
          };`,
      },
    });
    const answers = await Promise.all([1, 2, 3].map(() => get("/")));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(3);
  });

  it("each function and each version has its own", async () => {
    const { get } = await startTestCloudFront({
      functions: { "viewer-request": answering("(count += 1)", "let count = 0;") },
      cacheBehaviors: {
        "other/*": {
          functions: { "viewer-request": answering("(count += 1)", "let count = 0;") },
        },
      },
    });
    expect((await get("/")).body).toBe("1");
    expect((await get("/other/")).body).toBe("1");
  });

  it("has network access (LE-E-22)", async () => {
    const { url } = await startOriginServer((_, response) => void response.end("from elsewhere"));
    const { get } = await startTestCloudFront({
      functions: { "viewer-request": answering(`await (await fetch("${url}")).text()`) },
    });
    expect((await get("/")).body).toBe('"from elsewhere"');
  });
});

describe("what a function knows of itself", () => {
  it("LE-E-23, LE-E-08: has Lambda's variables, of the Region in which it runs, and none of the machine's", async () => {
    process.env["OF_THIS_MACHINE"] = "secret";
    onTestFinished(() => void delete process.env["OF_THIS_MACHINE"]);
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-request": {
          source: answering("process.env"),
          properties: { FunctionName: "rewrite", MemorySize: 128 },
        },
      },
      options: { region: "eu-central-1" },
    });
    const {
      LAMBDA_TASK_ROOT: _root,
      AWS_LAMBDA_LOG_STREAM_NAME: stream,
      ...env
    } = JSON.parse((await get("/")).body) as Record<string, string>;
    expect(stream).toMatch(/^\d{4}\/\d{2}\/\d{2}\/\[1\][0-9a-f]{32}$/);
    expect(env).toMatchInlineSnapshot(`
      {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_FUNCTION_NAME": "us-east-1.rewrite",
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/us-east-1.rewrite",
        "AWS_REGION": "eu-central-1",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_SESSION_TOKEN": "test",
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "TZ": ":UTC",
        "_HANDLER": "index.handler",
      }
    `);
  });

  it("LE-F-05, LE-F-20: the context names the replica, its Region, its log group and the time left", async () => {
    const started = await startTestCloudFront({
      functions: {
        "viewer-request": {
          source: answering("{ ...context, left: context.getRemainingTimeInMillis() }"),
          properties: { FunctionName: "rewrite", Timeout: 5 },
        },
      },
      options: { region: "eu-central-1" },
    });
    const { awsRequestId, logStreamName, left, ...context } = JSON.parse(
      (await started.get("/")).body,
    ) as Record<string, unknown>;
    const [run] = runsOf(started);
    expect(awsRequestId).toBe(run?.lambdaRequestId);
    expect(logStreamName).toEqual(expect.any(String));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5000);
    expect(context).toEqual({
      functionName: "us-east-1.rewrite",
      functionVersion: "1",
      invokedFunctionArn: "arn:aws:lambda:eu-central-1:123456789012:function:us-east-1.rewrite:1",
      memoryLimitInMB: "128",
      logGroupName: "/aws/lambda/us-east-1.rewrite",
    });
  });

  it.each([
    ["/mine", "/mine"],
    ["/aws/lambda/rewrite", "/aws/lambda/us-east-1.rewrite"],
  ])(
    "LE-F-06: a log group of one's own has no prefix, save Lambda's default: %s",
    async (LogGroup, expected) => {
      const started = await startTestCloudFront({
        functions: {
          "viewer-request": {
            source: answering("[context.logGroupName, process.env.AWS_LAMBDA_LOG_GROUP_NAME]"),
            properties: { FunctionName: "rewrite", LoggingConfig: { LogGroup } },
          },
        },
      });
      expect(JSON.parse((await started.get("/")).body)).toEqual([expected, expected]);
      expect(runsOf(started)[0]?.logGroupName).toBe(expected);
    },
  );
});

describe("the log of an invocation", () => {
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  const stable = (lines: readonly string[]): string[] =>
    lines.map((line) =>
      line
        .replaceAll(uuid, "UUID")
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
        .replaceAll(/\d+\.\d+ ms/g, "N ms")
        .replaceAll(/Duration: \d+ ms/g, "Duration: N ms")
        .replaceAll(/Used: \d+ MB/g, "Used: N MB"),
    );

  it("has START, what the function writes, END and REPORT", async () => {
    const started = await startTestCloudFront({
      functions: {
        "viewer-request": `
          console.log("loaded");
          exports.handler = async (event) => {
            console.warn("uri", event.Records[0].cf.request.uri);
            return event.Records[0].cf.request;
          };`,
      },
    });
    for (const _request of [1, 2]) await started.get("/a.html");
    const [cold, warm] = runsOf(started).map(({ logLines }) => stable(logLines));
    expect(cold).toMatchInlineSnapshot(`
      [
        "START RequestId: UUID Version: 1",
        "TIME	undefined	INFO	loaded",
        "TIME	UUID	WARN	uri /a.html",
        "END RequestId: UUID",
        "REPORT RequestId: UUID	Duration: N ms	Billed Duration: N ms	Memory Size: 128 MB	Max Memory Used: N MB	Init Duration: N ms	",
      ]
    `);
    expect(warm).toMatchInlineSnapshot(`
      [
        "START RequestId: UUID Version: 1",
        "TIME	UUID	WARN	uri /a.html",
        "END RequestId: UUID",
        "REPORT RequestId: UUID	Duration: N ms	Billed Duration: N ms	Memory Size: 128 MB	Max Memory Used: N MB	",
      ]
    `);
  });

  it("LE-E-24: says that the function took too long", async () => {
    const started = await startTestCloudFront({
      functions: {
        "viewer-request": {
          source: "exports.handler = () => new Promise(() => { setTimeout(() => {}, 60_000); });",
          properties: { Timeout: 1 },
        },
      },
    });
    expect(await started.get("/")).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    const [lines] = runsOf(started).map(({ logLines }) => stable(logLines));
    expect(lines?.slice(1)).toMatchInlineSnapshot(`
      [
        "RequestId: UUID Error: Task timed out after 1.00 seconds",
        "END RequestId: UUID",
        "REPORT RequestId: UUID	Duration: N ms	Billed Duration: N ms	Memory Size: 128 MB	Max Memory Used: N MB	Init Duration: N ms	Status: timeout	",
      ]
    `);
  });
});
