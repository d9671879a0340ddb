import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findPython } from "../../src/lambda-edge/thread/python.ts";
import {
  distributionTemplate,
  originId,
  type TestFunction,
} from "../support/distribution-template.ts";
import { failureOf } from "../support/function-failures.ts";
import { runCommand } from "../support/run-command.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";
import { lambdaFunction, permission, startApp } from "../support/start-app.ts";

/** An edge function in Python. */
function python(source: string, properties: Readonly<Record<string, unknown>> = {}): TestFunction {
  return { source, properties: { Runtime: "python3.13", ...properties } };
}

const pass = `
def handler(event, context):
    return event["Records"][0]["cf"]["request"]
`;

/** Generates a response with an expression as its body. */
const respond = (expression: string, before = "") => `
import json, os
${before}
def handler(event, context):
    return {"status": "200", "body": json.dumps(${expression})}
`;

/** A process starts in tens of milliseconds, on a busy machine in seconds. */
describe.skipIf(!findPython())(
  "LE-E-13: a Python function at the edge",
  { timeout: 60_000 },
  () => {
    it("changes requests, warm after a cold start, its output in the log", async () => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: {
          "viewer-request": python(`
count = 0
print("loaded")
def handler(event, context):
    global count
    count += 1
    print("call", count)
    request = event["Records"][0]["cf"]["request"]
    request["uri"] = "/a.html"
    return request
`),
        },
      });
      expect([(await get("/x")).body, (await get("/y")).body]).toEqual([
        "<h1>a</h1>",
        "<h1>a</h1>",
      ]);
      const runs = cloudfront.traces().map(({ steps }) => steps.find((step) => "run" in step));
      expect(runs).toMatchObject([
        { coldStart: true, consoleLines: ["loaded", "call 1"] },
        { coldStart: false, consoleLines: ["call 2"] },
      ]);
    });

    it("has its memory for itself, whatever this process takes", async () => {
      const held = Buffer.alloc(256 * 1024 * 1024, 1);
      const { get } = await startTestCloudFront({ functions: { "viewer-request": python(pass) } });
      expect((await get("/a.html")).status).toBe(200);
      expect(held[0]).toBe(1);
    });

    it("sees Lambda's variables and context, and nothing of the shell's environment", async () => {
      process.env["CF_EDGE_SECRET"] = "s3cr3t";
      const { get } = await startTestCloudFront({
        functions: {
          "viewer-request": python(
            respond(`[os.environ.get("CF_EDGE_SECRET"), os.environ["AWS_EXECUTION_ENV"],
            context.function_name, context.memory_limit_in_mb,
            0 < context.get_remaining_time_in_millis() <= 5000]`),
          ),
        },
      });
      delete process.env["CF_EDGE_SECRET"];
      expect(JSON.parse((await get("/")).body)).toEqual([
        null,
        "AWS_Lambda_python3.13",
        "us-east-1.DefaultViewerRequest",
        "128",
        true,
      ]);
    });

    it("logs through logging as Lambda's text format has it", async () => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: {
          "viewer-request": python(
            respond("1", 'import logging; logging.getLogger().setLevel("INFO")').replace(
              "    return",
              '    logging.info("seen %s", 1)\n    return',
            ),
          ),
        },
      });
      await get("/");
      const [step] = cloudfront.traces()[0]?.steps.filter((each) => "run" in each) ?? [];
      expect(step).toMatchObject({
        consoleLines: [
          expect.stringMatching(/^\[INFO\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tseen 1$/),
        ],
      });
    });

    it.each([
      ["raises", "def handler(event, context):\n    raise ValueError('no')", "ValueError: no"],
      [
        "cannot be loaded",
        "import nothing_of_that_name",
        "Runtime.ImportModuleError: Unable to import module 'index': No module named 'nothing_of_that_name'",
      ],
      ["has a syntax error", "def handler(:", "Runtime.UserCodeSyntaxError"],
      [
        "has no handler",
        "x = 1",
        "Runtime.HandlerNotFound: Handler 'handler' missing on module 'index'",
      ],
      [
        "returns what is no JSON",
        "def handler(event, context):\n    return {1, 2}",
        "Runtime.MarshalError",
      ],
      ["exits", "import os\ndef handler(event, context):\n    os._exit(3)", "exit status 3"],
      [
        "is killed",
        "import os\ndef handler(event, context):\n    os.kill(os.getpid(), 9)",
        "exit status 137",
      ],
      [
        "closes its descriptors",
        "import os\ndef handler(event, context):\n    os.closerange(0, 64)",
        "Runtime",
      ],
      [
        "takes too much memory",
        "def handler(event, context):\n    return len(bytearray(400_000_000))",
        "out of memory",
      ],
    ])("that %s costs its own request", async (_, source, detail) => {
      const { cloudfront, get } = await startTestCloudFront({
        functions: { "viewer-request": python(source) },
        cacheBehaviors: { "/open/*": {} },
      });
      const { status } = await get("/");
      expect(status).toBe(503);
      expect(failureOf(cloudfront)?.detail).toContain(detail);
      expect((await get("/open/x")).status).toBe(404);
    });

    it("LE-E-24: that loops is ended at its Timeout, also in its module", async () => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: {
          "viewer-request": python("def handler(event, context):\n    while True: pass", {
            Timeout: 1,
          }),
        },
        options: { functionLimits: { initTimeoutMs: 500 } },
        cacheBehaviors: {
          "/module/*": { functions: { "viewer-request": python("while True: pass") } },
        },
      });
      expect((await get("/")).status).toBe(503);
      expect(failureOf(cloudfront)?.detail).toContain("Task timed out after 1.00 seconds");
      expect((await get("/module/")).status).toBe(503);
      expect(failureOf(cloudfront)?.detail).toContain("Init timed out after 0.50 seconds");
    });

    it("runs beside one in Node.js, and on origin events", async () => {
      const { get } = await startTestCloudFront({
        functions: {
          "viewer-request": "exports.handler = async (event) => event.Records[0].cf.request;",
          "origin-response": python(`
def handler(event, context):
    response = event["Records"][0]["cf"]["response"]
    response["headers"]["x-python"] = [{"key": "X-Python", "value": "ü"}]
    return response
`),
        },
      });
      expect((await get("/a.html")).headers["x-python"]).toBe(Buffer.from("ü").toString("latin1"));
    });

    it("says at start when this machine has another version", async () => {
      const { cloudfront } = await startTestCloudFront({
        functions: { "viewer-request": python(pass, { Runtime: "python3.14" }) },
      });
      const version = findPython()?.version;
      expect(cloudfront.warnings.map(({ message }) => message)).toEqual(
        version === "3.14" ? [] : [`python3.14 is run by the Python ${version} of this machine.`],
      );
    });
  },
);

describe("without python3", { timeout: 60_000 }, () => {
  it("the start says so, and only the behaviors that need it respond with 503", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-cloudfront-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const assembly = join(folder, "template.json");
    const template = distributionTemplate(
      { cacheBehaviors: { "/python/*": { functions: { "viewer-request": python(pass) } } } },
      "s3",
    );
    writeFileSync(assembly, JSON.stringify(template));
    writeFileSync(join(folder, "index.html"), "<h1>index</h1>");
    const running = await runCommand(
      [assembly, "--no-inspector", "--origin", `${originId}=${folder}`, "--log", "json"],
      { PATH: folder },
    );
    const warning = await running.line((line) => line.includes('"warning"'));
    expect(JSON.parse(warning)).toMatchObject({
      subject: "Behavior0ViewerRequest.Runtime",
      message: expect.stringMatching(/^There is no python3 on this machine: .* Install Python 3/),
    });
    expect((await fetch(`${running.url}/index.html`)).status).toBe(200);
    const refused = await fetch(`${running.url}/python/x`);
    expect([refused.status, refused.headers.get("x-cache")]).toEqual([
      503,
      "LambdaExecutionError from cloudfront",
    ]);
    const request = await running.line((line) => line.includes("/python/x"));
    expect(request).toContain("Runtime python3.13 needs python3, which is not on this machine.");
  });
});

it.skipIf(!findPython())(
  "a Python function behind a function URL has its own variables",
  { timeout: 60_000 },
  async () => {
    const app = await startApp({
      domainName: {
        "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Url", "FunctionUrl"] }] }],
      },
      resources: {
        Api: lambdaFunction(
          "import os\nfrom decimal import Decimal\ndef handler(event, context):\n    return {'table': os.environ['TABLE'], 'n': Decimal('1.5'), 'path': event['rawPath']}",
          { Runtime: "python3.13", Environment: { Variables: { TABLE: "notes" } } },
        ),
        Url: {
          Type: "AWS::Lambda::Url",
          Properties: { AuthType: "NONE", TargetFunctionArn: { Ref: "Api" } },
        },
        MayCall: permission("*", "lambda:InvokeFunctionUrl"),
        MayInvoke: permission("*"),
      },
    });
    expect(JSON.parse((await app.fetch("/a")).text)).toEqual({
      table: "notes",
      n: 1.5,
      path: "/a",
    });
  },
);
