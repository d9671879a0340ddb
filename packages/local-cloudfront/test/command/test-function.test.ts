import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type EndedCommand, runHere } from "vitest-config/run-here";
import { runCommandLine } from "../../src/command/run-command-line.ts";
import { KeyValueStore, testFunction } from "../../src/index.ts";
import { command } from "../support/command.ts";
import { requestEvent } from "../support/run-cloudfront-function.ts";

vi.setConfig({ testTimeout: 30_000 });

const execution =
  "The CloudFront function associated with the CloudFront distribution is invalid or could not run.";

const responseEvent = JSON.stringify({
  ...(JSON.parse(requestEvent) as object),
  context: { eventType: "viewer-response" },
  response: { statusCode: 200, headers: { via: { value: "1.1 a (CloudFront)" } }, cookies: {} },
});

type Files = Readonly<Record<string, string>>;

/** A folder with these files, and the event in `event.json`. */
function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "test-function-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ "event.json": requestEvent, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function withResult({ status, stdout, stderr }: EndedCommand) {
  return { status, stderr, result: stdout === "" ? undefined : (JSON.parse(stdout) as unknown) };
}

/** Runs the command in a process of its own, as users do. */
function runProcess(files: Files, ...args: readonly string[]) {
  const options = { cwd: folderWith(files), encoding: "utf8" } as const;
  return withResult(spawnSync(process.execPath, [command, "test-function", ...args], options));
}

async function run(files: Files, ...args: readonly string[]) {
  const here = () => runCommandLine(["test-function", ...args]);
  return withResult(await runHere(folderWith(files), here));
}

const event = ["--event", "event.json"] as const;

describe("FN-I-55: the command test-function", () => {
  it("writes AWS's TestFunction as one JSON object, with status 0 where all is well", () => {
    const code =
      "function handler(event) { console.log('hi'); return { statusCode: 204, headers: {} }; }";
    expect(runProcess({ "f.js": code }, "f.js", ...event)).toEqual({
      status: 0,
      stderr: "",
      result: {
        FunctionExecutionLogs: ["hi"],
        FunctionErrorMessage: "",
        FunctionOutput: '{"response":{"statusCode":204,"headers":{}}}',
      },
    });
  });

  it("FN-I-42: has status 1 where the function does not run, with text and line", () => {
    const code = "function handler(event) {\n  for (const a of []) {}\n}";
    expect(runProcess({ "f.js": code }, "f.js", ...event)).toEqual({
      status: 1,
      stderr:
        'f.js:2: SyntaxError: Token "of" not supported in this version. Use for (var i = 0; i < list.length; i++) or list.forEach(function (item) { … }). (FN-I-26)\n',
      result: {
        FunctionExecutionLogs: [],
        FunctionErrorMessage: `${execution} SyntaxError: Token "of" not supported in this version in 2`,
        FunctionOutput: "",
      },
    });
  });

  it("reads key value stores, and the runtime that is asked for", async () => {
    const files = {
      "f.js":
        "import cf from 'cloudfront';\nasync function handler(event) { event.request.uri = await cf.kvs().get('/'); return event.request; }",
      "s.json": '{"data":[{"key":"/","value":"/b"}]}',
    };
    expect((await run(files, "f.js", ...event, "--kvs", "s=s.json")).result).toMatchObject({
      FunctionOutput: expect.stringContaining('"uri":"/b"') as string,
    });
    expect(await run(files, "f.js", ...event, "--runtime", "cloudfront-js-1.0")).toMatchObject({
      status: 1,
      result: {
        FunctionErrorMessage: `${execution} SyntaxError: Cannot find module "cloudfront" in 1`,
      },
    });
  });

  it("runs the function of a template, with its runtime", async () => {
    const template = JSON.stringify({
      Resources: {
        Rewrite: {
          Type: "AWS::CloudFront::Function",
          Properties: {
            Name: "rewrite",
            FunctionConfig: { Comment: "", Runtime: "cloudfront-js-1.0" },
            FunctionCode: "function handler(event) { const a = 1; return event.request; }",
          },
        },
      },
    });
    const files = { "template.json": template };
    expect(await run(files, "template.json", "--function", "Rewrite", ...event)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^rewrite:1: SyntaxError: Token "const"/) as string,
    });
    expect(await run(files, "template.json", "--function", "Nix", ...event)).toEqual({
      status: 2,
      stderr: '--function names no function: got "Nix". Pass Rewrite.\n',
      result: undefined,
    });
  });

  it("FN-I-31: reads the import source of the template's store; --kvs wins", async () => {
    const store = (key: string) => ({
      Type: "AWS::CloudFront::KeyValueStore",
      Properties: {
        Name: "redirects",
        ImportSource: { SourceType: "S3", SourceArn: { "Fn::Sub": `\${Bucket.Arn}/${key}` } },
      },
    });
    const template = (key: string) =>
      JSON.stringify({
        Resources: {
          Bucket: { Type: "AWS::S3::Bucket", Metadata: { "cf-edge:site": { path: "data" } } },
          Store: store(key),
          Redirect: {
            Type: "AWS::CloudFront::Function",
            Properties: {
              Name: "redirect",
              FunctionConfig: {
                Comment: "",
                Runtime: "cloudfront-js-2.0",
                KeyValueStoreAssociations: [
                  { KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } },
                ],
              },
              FunctionCode:
                "import cf from 'cloudfront';\nconst kvs = cf.kvs();\nasync function handler(event) { event.request.uri = await kvs.get('/'); return event.request; }",
            },
          },
        },
      });
    const files = {
      "template.json": template("s.json"),
      "none.json": template("none.json"),
      "data/s.json": '{"data":[{"key":"/","value":"/template"}]}',
      "other.json": '{"data":[{"key":"/","value":"/other"}]}',
    };
    const outputOf = async (...args: readonly string[]) =>
      JSON.stringify(
        await run(files, "template.json", "--function", "Redirect", ...event, ...args),
      );
    expect(await outputOf()).toContain("/template\\");
    expect(await outputOf("--kvs", "redirects=other.json")).toContain("/other\\");
    expect(await outputOf("--kvs", "Store=other.json")).toContain("/other\\");
    const missing = await run(files, "none.json", "--function", "Redirect", ...event);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/which is no file.*--kvs Store=FILE/);
  });

  it.each<[args: readonly string[], message: string]>([
    [["f.js"], "Required option '--event <file>' not specified"],
    [["none.js", ...event], 'The function cannot be read: got "none.js".'],
    [["event.json", ...event], '"event.json" is not the JavaScript of a function.'],
    [["f.js", "--event", "f.js"], '--event is not JSON with an object: got "f.js".'],
    [["f.js", "--event", "empty.json"], "The event's context.eventType is not valid: got nothing."],
    [["f.js", ...event, "--kvs", "a"], "Pass NAME=FILE."],
    [["f.js", ...event, "--kvs", "a=f.js"], "The key value store file f.js is not JSON."],
    [["f.js", ...event, "--kvs", "a=empty.json"], 'empty.json has no list "data".'],
    [["f.js", ...event, "--runtime", "nodejs"], "Allowed choices are cloudfront-js-1.0"],
    [["large.js", ...event], "The code of large.js has 10241 bytes. Use at most 10240"],
  ])("tells the mistake in %j in one line, with status 2", async (args, message) => {
    const files = {
      "f.js": "function handler(event) { return event.request; }",
      "empty.json": "{}",
      "large.js": " ".repeat(10_241),
    };
    const { status, stderr, result } = await run(files, ...args);
    expect({ status, result }).toEqual({ status: 2, result: undefined });
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("testFunction", () => {
  const test = (code: string, text = requestEvent) =>
    testFunction({ code, event: JSON.parse(text) as unknown });

  it("FN-I-21, FN-I-22, FN-I-38: names read-only headers, which AWS's does not", async () => {
    const code = "function handler(event) { return { statusCode: 302, headers: {} }; }";
    expect((await test(code, responseEvent)).FunctionErrorMessage).toBe(
      "The CloudFront function tried to add, delete, or change a read-only header. response.headers.via is read-only at viewer-response, and was deleted. Change event.response and return it, not an object of your own.",
    );
  });

  it("FN-I-24: names invalid results in CloudFront's words", async () => {
    const code =
      "function handler(event) { event.request.headers['X-A'] = { value: 'a' }; return event.request; }";
    expect((await test(code)).FunctionErrorMessage).toBe(
      'The CloudFront function returned an invalid value: request.headers must have header names in lower case. Got "X-A". Write "x-a".',
    );
    expect((await test("function handler() {}")).FunctionErrorMessage).toMatch(
      /^The CloudFront function returned an invalid value: The result must be an object/,
    );
  });

  it("FN-I-29, FN-I-49: names an origin change that CloudFront refuses, which AWS's does not", async () => {
    const code =
      "import cf from 'cloudfront';\nfunction handler(event) { cf.updateRequestOrigin({ domainName: 'a:80' }); return event.request; }";
    expect((await test(code)).FunctionErrorMessage).toMatch(
      /^The CloudFront function returned an invalid value for origin rewrite\. The origin that the function chose is refused: domainName must have no port/,
    );
  });

  it("takes stores that a test has filled", async () => {
    const store = new KeyValueStore({ name: "s" });
    store.set("a", "/b");
    const { FunctionOutput } = await testFunction({
      code: "import cf from 'cloudfront';\nasync function handler(event) { event.request.uri = await cf.kvs('s').get('a'); return event.request; }",
      event: JSON.parse(requestEvent) as unknown,
      keyValueStores: [store],
    });
    expect(FunctionOutput).toContain('"uri":"/b"');
  });
});
