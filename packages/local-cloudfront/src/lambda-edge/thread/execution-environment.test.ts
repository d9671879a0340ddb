import { describe, expect, it } from "vitest";
import {
  anyEvent,
  association,
  context,
  folderWith,
  request,
  runner,
} from "../../../test/lambda-edge-fixtures.ts";
import { startedEnvironment } from "../../../test/started-environment.ts";
import type { FunctionFailure } from "../function-runner.ts";
import { invocationLog } from "../log/invocation-log.ts";

const answer = "return event.Records[0].cf.request;";
/** Misbehaves on /bad only. */
const badOn = (code: string, answered = answer) => `
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  exports.handler = async (event) => {
    if (event.Records[0].cf.request.uri === "/bad") { ${code} }
    ${answered}
  };`;

async function failureOf(
  code: string,
  options: { timeoutSeconds?: number; memoryMb?: number } = {},
): Promise<{ failure: FunctionFailure; lines: readonly string[]; next: string }> {
  const functions = runner();
  const made = association("viewer-request", code, { timeoutSeconds: 2, ...options });
  const outcome = await functions.runViewerRequest(made, context, request({ uri: "/bad" }));
  if (outcome.kind !== "failure") {
    throw new Error(`The function did not fail: ${outcome.kind}`);
  }
  const next = await functions.runViewerRequest(made, context, request());
  return { failure: outcome.failure, lines: invocationLog(outcome.run), next: next.kind };
}

describe("a function that misbehaves costs its own request", () => {
  it.each([
    ["throws", 'throw new TypeError("no");', "TypeError: no."],
    ["throws no error", 'throw "no";', "string: no."],
    [
      "throws what cannot be read",
      "throw { toString() { throw 1; } };",
      "handled: an error that cannot be read.",
    ],
    ["rejects", 'await Promise.reject(new Error("no"));', "Error: no."],
    [
      "throws in a timer",
      'setTimeout(() => { throw new Error("late"); }, 1); await sleep(1000);',
      "Error: late.",
    ],
    [
      "leaves a rejection unhandled",
      'Promise.reject(new Error("floating"));',
      "Runtime.UnhandledPromiseRejection: floating.",
    ],
    ["exits", "process.exit(3);", "Runtime.ExitError: Runtime exited with error: exit status 3."],
    [
      "exits in good spirits",
      "process.exit(0);",
      "Runtime.ExitError: Runtime exited without providing a reason.",
    ],
    [
      "kills the process",
      'process.kill(process.pid, "SIGKILL");',
      "Runtime.ExitError: Runtime exited with error: exit status 137.",
    ],
    [
      "never settles",
      "await new Promise(() => {});",
      "Runtime.NodeJsExit: The event loop is empty and the promise not settled.",
    ],
    [
      "recurses without end",
      "const f = () => f() + 1; f();",
      "RangeError: Maximum call stack size exceeded.",
    ],
    [
      "returns a circle",
      "const o = {}; o.o = o; return o;",
      /^Runtime\.JSONStringifyError: Converting circular/,
    ],
    ["returns a BigInt", "return { status: 1n };", /^Runtime\.JSONStringifyError: /],
  ])("LE-C-19, LE-C-22: a function that %s answers 503", async (_name, code, detail) => {
    const { failure, next } = await failureOf(badOn(code));
    expect(failure).toMatchObject({
      status: 503,
      resultType: "LambdaExecutionError",
      factId: "LE-C-19",
      viewerText:
        "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions.",
    });
    expect(failure.detail).toMatch(detail);
    expect(next).toBe("request");
  });

  it.each([
    ["loops", "for (;;) {}"],
    ["loops through promises", "for (;;) await null;"],
    ["waits", "await sleep(60_000);"],
    ["backtracks", '/^(a+)+$/.test("a".repeat(60) + "b");'],
    ["blocks its thread", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"],
  ])("LE-E-24: a function that %s without end is ended at its timeout", async (_name, code) => {
    const { failure, lines, next } = await failureOf(badOn(code), { timeoutSeconds: 0.3 });
    expect(failure).toMatchObject({ status: 503, factId: "LE-E-24" });
    expect(failure.detail).toBe("Sandbox.Timedout: Task timed out after 0.30 seconds.");
    expect(lines.at(-1)).toMatch(/^REPORT .*\tStatus: timeout\t$/);
    expect(next).toBe("request");
  });

  it.each([
    ["objects", "const all = []; for (;;) all.push({ some: all.length });"],
    ["arrays", 'const all = []; for (;;) all.push(new Array(1e6).fill("x"));'],
    ["buffers", "const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));"],
    ["text", 'let text = "x"; for (;;) { text += text + "y"; text.charCodeAt(0); }'],
  ])(
    "a function that allocates %s without end is ended at its memory size",
    async (_name, code) => {
      const { failure, next } = await failureOf(badOn(code), { timeoutSeconds: 20 });
      expect(failure).toMatchObject({ status: 503, factId: "LE-C-19" });
      expect(failure.detail).toBe(
        "Runtime.OutOfMemory: Runtime exited with error: signal: killed (out of memory).",
      );
      expect(next).toBe("request");
    },
  );

  it("the stack shows the function's own lines only", async () => {
    const { failure } = await failureOf(badOn('throw new Error("no");'));
    expect(failure.stack).toMatch(
      /^Error: no\n {4}at exports\.handler \(\/var\/task\/index\.js:4:\d+\)$/,
    );
  });

  it("the stack names the folder that the function came from", async () => {
    const path = folderWith({
      "index.js": 'exports.handler = async () => { throw new Error("no"); };',
    });
    const outcome = await runner().runViewerRequest(
      association("viewer-request", { kind: "folder", path }),
      context,
      request(),
    );
    expect(outcome.kind === "failure" && outcome.failure.stack).toContain(`${path}/index.js:1`);
  });
});

describe("what a function leaves behind", () => {
  it.each([
    ["a timer that throws", "setTimeout(() => { throw new Error('late'); }, 40);"],
    ["a timer that rejects", "setTimeout(() => Promise.reject(new Error('late')), 40);"],
    ["a timer that exits", "setTimeout(() => process.exit(1), 40);"],
    ["a timer that loops", "setTimeout(() => { for (;;) {} }, 40);"],
  ])("%s costs no later request", async (_name, code) => {
    const functions = runner();
    const made = association(
      "viewer-request",
      badOn(`${code} ${answer}`, `await sleep(15); ${answer}`),
      {
        timeoutSeconds: 1,
      },
    );
    const kinds = [];
    for (const uri of ["/bad", ...Array.from({ length: 8 }, () => "/good")]) {
      kinds.push((await functions.runViewerRequest(made, context, request({ uri }))).kind);
    }
    expect(new Set(kinds)).toEqual(new Set(["request"]));
  });

  it("changes to the globals of one function are not seen by another", async () => {
    const functions = runner();
    const spoil = "globalThis.spoilt = 1; Object.prototype.spoilt = 1; process.env.SPOILT = '1';";
    const look = `exports.handler = async () => ({
      status: "200", body: String([globalThis.spoilt, {}.spoilt, process.env.SPOILT]) });`;
    await functions.runViewerRequest(
      association("viewer-request", badOn(spoil)),
      context,
      request({ uri: "/bad" }),
    );
    const outcome = await functions.runViewerRequest(
      association("viewer-request", look, {
        name: "other",
        arn: "arn:aws:lambda:us-east-1:1:function:other:1",
      }),
      context,
      request(),
    );
    expect(outcome.kind === "generated-response" && String(outcome.response.body)).toBe(",,");
    expect(process.env["SPOILT"]).toBeUndefined();
  });
});

describe("a function that is slow to load", () => {
  it("is not taken for one that something else blocks", async () => {
    const source = `for (const since = Date.now(); Date.now() - since < 400; );
      exports.handler = async () => "done";`;
    const environment = await startedEnvironment(source);
    const answer = new Promise((resolve) => environment.invoke("1", anyEvent, resolve));
    // The first look may come before the thread has seen the invocation.
    environment.check(25);
    expect(await answer).toMatchObject({ kind: "result", result: '"done"' });
  });
});

describe("a function that cannot start", () => {
  it.each([
    [
      "its code does not parse",
      "exports.handler = async (",
      /^The function cannot start: Runtime\.UserCodeSyntaxError: /,
    ],
    [
      "its code throws",
      'throw new Error("at load");',
      "The function cannot start: Error: at load.",
    ],
    [
      "its code exits",
      "process.exit(4);",
      "The function cannot start: Runtime.ExitError: Runtime exited with error: exit status 4.",
    ],
    [
      "its code never loads",
      "",
      "The function cannot start: Runtime.HandlerNotFound: index.handler is undefined or not exported.",
    ],
    [
      "a module is missing",
      'require("not-there");',
      /^The function cannot start: Runtime\.ImportModuleError: Error: Cannot find module 'not-there'/,
    ],
  ])("LE-C-19: answers 503 when %s", async (_name, source, detail) => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", source),
      context,
      request(),
    );
    expect(outcome).toMatchObject({ kind: "failure", failure: { status: 503, factId: "LE-C-19" } });
    expect(outcome.kind === "failure" && outcome.failure.detail).toMatch(detail);
  });

  it("LE-C-19: answers 503 when loading takes longer than Lambda waits", async () => {
    const outcome = await runner({ limits: { initTimeoutMs: 300 } }).runViewerRequest(
      association("viewer-request", "for (;;) {}"),
      context,
      request(),
    );
    expect(outcome).toMatchObject({
      failure: {
        detail: "The function cannot start: Sandbox.Timedout: Init timed out after 0.30 seconds.",
      },
    });
  });

  it("LE-E-13: answers 503 when its runtime is neither Node.js nor Python", async () => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", "", { runtime: "ruby3.4" }),
      context,
      request(),
    );
    expect(outcome).toMatchObject({
      kind: "failure",
      failure: {
        status: 503,
        detail:
          'The function cannot start: Runtime.InvalidCode: Rewrite.Runtime cannot run locally: got "ruby3.4". Only Node.js and Python functions run here.',
      },
    });
  });

  it("all requests that wait for it are answered", async () => {
    const functions = runner();
    const made = association("viewer-request", 'throw new Error("at load");');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => functions.runViewerRequest(made, context, request())),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => "failure"));
  });

  it("is loaded again for the next request", async () => {
    const path = folderWith({});
    const source = `
      const fs = require("node:fs");
      if (!fs.existsSync(${JSON.stringify(`${path}/mended`)})) throw new Error("broken");
      exports.handler = async (event) => event.Records[0].cf.request;`;
    const functions = runner();
    const made = association("viewer-request", source);
    const first = await functions.runViewerRequest(made, context, request());
    const { writeFileSync } = await import("node:fs");
    writeFileSync(`${path}/mended`, "");
    const second = await functions.runViewerRequest(made, context, request());
    expect([first.kind, second.kind]).toEqual(["failure", "request"]);
  });
});
