import { describe, expect, it } from "vitest";
import {
  association,
  context,
  folderWith,
  headers,
  request,
  response,
  runner,
} from "../../../test/lambda-edge-fixtures.ts";
import type { FunctionRunnerOptions } from "../create-function-runner.ts";
import type { RecordedRun } from "../function-runner.ts";
import { invocationLog } from "./invocation-log.ts";

const answer = "return event.Records[0].cf.request;";

async function runOf(
  code: string,
  options: FunctionRunnerOptions = {},
  top = "",
): Promise<RecordedRun> {
  const source = `${top}; exports.handler = async (event, context) => { ${code} };`;
  const made = association("viewer-request", source);
  const { run } = await runner(options).runViewerRequest(made, context, request());
  return run;
}

/** Lines with what differs from run to run made equal. */
function stable(run: RecordedRun): string[] {
  return invocationLog(run).map((line) =>
    line
      .replaceAll(run.lambdaRequestId, "<id>")
      .replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, "<time>")
      .replaceAll(/\d+\.\d\d ms/g, "<ms>")
      .replace(/Billed Duration: \d+ ms/, "Billed Duration: <ms>")
      .replace(/Max Memory Used: \d+ MB/, "Max Memory Used: <MB>"),
  );
}

describe("the log of an invocation", () => {
  it("has START, what the function logged, END and REPORT", async () => {
    expect(stable(await runOf(`console.log("uri %s", "/a", { deep: [1] }); ${answer}`)))
      .toMatchInlineSnapshot(`
      [
        "START RequestId: <id> Version: 7",
        "<time>	<id>	INFO	uri /a { deep: [ 1 ] }",
        "END RequestId: <id>",
        "REPORT RequestId: <id>	Duration: <ms>	Billed Duration: <ms>	Memory Size: 128 MB	Max Memory Used: <MB>	Init Duration: <ms>	",
      ]
    `);
  });

  it("names each console method's level", async () => {
    const code = `for (const level of ["trace", "debug", "info", "log", "warn", "error"]) console[level](level); ${answer}`;
    const levels = stable(await runOf(code))
      .filter((line) => line.startsWith("<time>"))
      .map((line) => line.split("\t").slice(2).join(" "));
    expect(levels).toEqual([
      "TRACE trace",
      "DEBUG debug",
      "INFO info",
      "INFO log",
      "WARN warn",
      "ERROR error",
    ]);
  });

  it("has what is written to standard output, standard error and their descriptors, as it is", async () => {
    const code = `
      process.stdout.write("one\\ntw"); process.stdout.write(Buffer.from("o\\n"));
      process.stderr.write("three\\n");
      require("node:fs").writeSync(1, "four\\n");
      await new Promise((done) => require("node:fs").write(2, "five\\n", done));
      console.table([1]);
      process.emitWarning("careful");
      await new Promise(setImmediate);
      ${answer}`;
    const lines = invocationLog(await runOf(code));
    expect(lines.slice(1, 6)).toEqual(["one", "two", "three", "four", "five"]);
    expect(lines.some((line) => line.includes("careful"))).toBe(true);
  });

  it("shows an error that the handler threw", async () => {
    const lines = stable(await runOf('throw new TypeError("no");'));
    expect(lines[1]).toMatch(
      /^<time>\t<id>\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no","stack":\["TypeError: no",/,
    );
    expect(lines.at(-1)).toMatch(/^REPORT RequestId: <id>\tDuration: /);
    expect(lines.at(-1)).not.toContain("Status");
  });

  it("keeps what was logged before the thread ended", async () => {
    const lines = stable(await runOf('console.log("before"); process.exit(1);'));
    expect(lines.slice(1, 4)).toEqual([
      "<time>\t<id>\tINFO\tbefore",
      "RequestId: <id> Error: Runtime exited with error: exit status 1",
      "END RequestId: <id>",
    ]);
    expect(lines.at(-1)).toMatch(/\tStatus: error\t$/);
  });

  it("has what was logged while the function was loaded, without a request id", async () => {
    const lines = stable(await runOf(answer, {}, 'console.log("loading")'));
    expect(lines[1]).toBe("<time>\tundefined\tINFO\tloading");
  });

  it("has the reason why a function cannot start", async () => {
    const made = association("viewer-request", 'console.log("loading"); throw new Error("no");');
    const { run } = await runner().runViewerRequest(made, context, request());
    expect(stable(run).slice(1, 3)).toEqual([
      "<time>\tundefined\tINFO\tloading",
      "RequestId: <id> Error: no",
    ]);
  });

  it("leaves out what is logged without end", async () => {
    const source = 'exports.handler = async () => { for (;;) console.log("x".repeat(1000)); };';
    const made = association("viewer-request", source, { timeoutSeconds: 0.5 });
    const { run } = await runner().runViewerRequest(made, context, request());
    const lines = invocationLog(run);
    expect(lines.length).toBeLessThan(1000);
    expect(lines.at(-4)).toBe("[the rest of the log is left out]");
  });

  it("onLog gets every line as it comes, with the name of its log stream", async () => {
    const entries: string[] = [];
    const run = await runOf(`console.log("seen"); ${answer}`, {
      clock: { now: () => Date.UTC(2026, 8, 30) },
      onLog: ({ lambda, logStreamName, line }) => {
        expect(lambda.name).toBe("rewrite");
        expect(logStreamName).toMatch(/^2026\/09\/30\/\[7\][0-9a-f]{32}$/);
        entries.push(line);
      },
    });
    expect(entries).toEqual(invocationLog(run).slice(1, 2));
  });
});

describe("what a function knows of itself", () => {
  const shown = async (expression: string, options: FunctionRunnerOptions = {}) => {
    const code = `exports.handler = async (event, context) => {
      const { response } = event.Records[0].cf;
      response.headers["x-shown"] = [{ value: JSON.stringify(${expression}) }];
      return response; };`;
    const outcome = await runner(options).runViewerResponse(
      association("viewer-response", code, { memoryMb: 192, timeoutSeconds: 3 }),
      context,
      request(),
      response({ headers: headers() }),
    );
    const value =
      outcome.kind === "response" ? outcome.response.headers["x-shown"]?.[0]?.value : undefined;
    return { value: JSON.parse(value ?? "null"), run: outcome.run };
  };

  it("LE-F-05, LE-F-20: the context names the replica", async () => {
    const { value, run } = await shown("context", { region: "eu-central-1" });
    expect(value).toEqual({
      functionName: "us-east-1.rewrite",
      functionVersion: "7",
      invokedFunctionArn: "arn:aws:lambda:eu-central-1:123456789012:function:us-east-1.rewrite:7",
      memoryLimitInMB: "192",
      awsRequestId: run.lambdaRequestId,
      logGroupName: "/aws/lambda/us-east-1.rewrite",
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[7\][0-9a-f]{32}$/),
    });
  });

  it("the remaining time counts down from the timeout", async () => {
    const code = `await (async () => {
      const first = context.getRemainingTimeInMillis();
      await new Promise((done) => setTimeout(done, 30));
      return [first, context.getRemainingTimeInMillis()]; })()`;
    const { value } = await shown(code);
    const [first, second] = value as [number, number];
    expect(first).toBeLessThanOrEqual(3000);
    expect(first).toBeGreaterThan(2000);
    expect(first - second).toBeGreaterThanOrEqual(29);
  });

  it("LE-E-08, LE-E-23: the environment has Lambda's reserved variables and nothing else", async () => {
    process.env["OF_THE_DEVELOPER"] = "secret";
    const { value } = await shown("process.env", { region: "eu-central-1" });
    delete process.env["OF_THE_DEVELOPER"];
    expect(value).toEqual({
      _HANDLER: "index.handler",
      AWS_ACCESS_KEY_ID: "test",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "192",
      AWS_LAMBDA_FUNCTION_NAME: "us-east-1.rewrite",
      AWS_LAMBDA_FUNCTION_VERSION: "7",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/us-east-1.rewrite",
      AWS_LAMBDA_LOG_STREAM_NAME: expect.any(String),
      AWS_REGION: "eu-central-1",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_SESSION_TOKEN: "test",
      LAMBDA_RUNTIME_DIR: "/var/runtime",
      LAMBDA_TASK_ROOT: expect.stringMatching(/task$/),
      LANG: "en_US.UTF-8",
      PATH: "/usr/local/bin:/usr/bin:/bin",
      TZ: ":UTC",
    });
  });

  it("its folder holds its own files only", async () => {
    const path = folderWith({
      "index.js": `exports.handler = async () => ({ status: "200",
        body: JSON.stringify(require("node:fs").readdirSync(process.env.LAMBDA_TASK_ROOT)) });`,
      "data.txt": "",
    });
    const outcome = await runner().runViewerRequest(
      association("viewer-request", { kind: "folder", path }),
      context,
      request(),
    );
    expect(outcome.kind === "generated-response" && String(outcome.response.body)).toBe(
      '["data.txt","index.js"]',
    );
  });
});
