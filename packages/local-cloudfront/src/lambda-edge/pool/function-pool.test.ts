import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import {
  association,
  bodyOf,
  context,
  edgeFunction,
  folderWith,
  request,
  runner,
} from "../../../test/lambda-edge-fixtures.ts";
import type { FunctionRunner } from "../function-runner.ts";

/** Tells which environment it runs in and how many invocations that one has seen. */
const counting = `
  const environment = Math.random();
  let count = 0;
  let underWay = 0;
  exports.handler = async (event) => {
    underWay += 1;
    const wait = Number(event.Records[0].cf.request.querystring);
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const body = JSON.stringify({ environment, count: ++count, underWay });
    underWay -= 1;
    return { status: "200", body };
  };`;

interface Seen {
  readonly environment: number;
  readonly count: number;
  readonly underWay: number;
  readonly isColdStart: boolean;
}

const made = association("viewer-request", counting);

async function run(functions: FunctionRunner, waitMs = 0, used = made): Promise<Seen> {
  const querystring = String(waitMs);
  const outcome = await functions.runViewerRequest(used, context, request({ querystring }));
  if (outcome.kind !== "generated-response") {
    throw new Error(`The function did not answer: ${outcome.kind}`);
  }
  const isColdStart = outcome.run.initDurationMs !== undefined;
  return { ...JSON.parse(String(outcome.response.body)), isColdStart };
}

describe("execution environments", () => {
  it("a warm environment is used again", async () => {
    const functions = runner();
    const first = await run(functions);
    const second = await run(functions);
    expect(first).toMatchObject({ count: 1, isColdStart: true });
    expect(second).toMatchObject({ environment: first.environment, count: 2, isColdStart: false });
  });

  it("another is started while one is busy: each runs one invocation at a time", async () => {
    const functions = runner();
    const folder = folderWith({});
    /** Answers when three invocations have begun. */
    const meeting = `
      const { readdirSync, writeFileSync } = require("node:fs");
      const environment = Math.random();
      exports.handler = async () => {
        writeFileSync(${JSON.stringify(`${folder}/`)} + environment, "");
        while (readdirSync(${JSON.stringify(folder)}).length < 3) {
          await new Promise((done) => setTimeout(done, 5));
        }
        return { status: "200", body: String(environment) };
      };`;
    const slow = association("viewer-request", meeting, { timeoutSeconds: 30 });
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => functions.runViewerRequest(slow, context, request())),
    );
    expect(new Set(outcomes.map(bodyOf)).size).toBe(3);
    expect(outcomes.map(({ run }) => run.initDurationMs === undefined)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("an invocation whose time to wait ends between two looks at the clock is served", async () => {
    const functions = runner({ limits: { coldStartAfterMs: 50 } });
    const folder = folderWith({});
    const seen = (name: string) => `${folder}/${name}`;
    // The first responds when the second has begun, which takes another environment.
    const paired = association(
      "viewer-request",
      `const { existsSync, writeFileSync } = require("node:fs");
      exports.handler = async (event) => {
        const { querystring } = event.Records[0].cf.request;
        if (querystring === "") {
          // Nobody waits for a turn in the environment of a slow function.
          await new Promise((done) => setTimeout(done, 30));
          return { status: "200" };
        }
        writeFileSync(${JSON.stringify(seen(""))} + querystring, "");
        while (!existsSync(${JSON.stringify(seen("second"))})) await new Promise((done) => setTimeout(done, 5));
        return { status: "200" };
      };`,
      { timeoutSeconds: 30 },
    );
    const run = (querystring: string) =>
      functions.runViewerRequest(paired, context, request({ querystring }));
    await run("");
    const first = run("first");
    await expect.poll(() => existsSync(seen("first"))).toBe(true);
    const { now } = performance;
    let later = 0;
    // Each look finds the clock further by more than half of the time that an invocation waits.
    const clock = vi
      .spyOn(performance, "now")
      .mockImplementation(() => now.call(performance) + (later += 30));
    const second = run("second");
    clock.mockRestore();
    const kinds = (await Promise.all([first, second])).map(({ kind }) => kind);
    expect(kinds).toEqual(["generated-response", "generated-response"]);
  });

  it("invocations wait where there are no more threads", async () => {
    const functions = runner({ limits: { environments: 2 } });
    const seen = await Promise.all(Array.from({ length: 20 }, () => run(functions, 1)));
    expect(new Set(seen.map(({ environment }) => environment)).size).toBeLessThanOrEqual(2);
    expect(seen.map(({ underWay }) => underWay)).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it("an idle environment makes room for another function", async () => {
    const functions = runner({ limits: { environments: 1 } });
    const other = association("viewer-request", counting, {
      arn: "arn:aws:lambda:us-east-1:123456789012:function:other:1",
    });
    await run(functions);
    expect(await run(functions, 0, other)).toMatchObject({ count: 1 });
    expect(await run(functions)).toMatchObject({ count: 1, isColdStart: true });
  });

  it("a busy environment makes room for another function when it has answered", async () => {
    const functions = runner({ limits: { environments: 1 } });
    const others = ["a", "b", "c"].map((name) =>
      association("viewer-request", counting, {
        arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}:1`,
      }),
    );
    const seen = await Promise.all([made, ...others].map((used) => run(functions, 20, used)));
    expect(seen.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
  });

  it("each function has its own environments", async () => {
    const functions = runner();
    const other = association("viewer-request", counting, {
      arn: "arn:aws:lambda:us-east-1:123456789012:function:other:1",
    });
    await run(functions);
    expect(await run(functions, 0, other)).toMatchObject({ count: 1, isColdStart: true });
  });

  it("one function on two event types shares its environments", async () => {
    const functions = runner();
    const [first, second] = [edgeFunction(counting), edgeFunction(counting)];
    await run(functions, 0, { ...made, edgeFunction: first });
    const seen = await run(functions, 0, { ...made, edgeFunction: second });
    expect(seen).toMatchObject({ count: 2, isColdStart: false });
  });

  it("surplus environments end when nothing comes for a while", async () => {
    const functions = runner({ limits: { idleMs: 50, warmEnvironments: 0 } });
    const first = await run(functions);
    // The environment is gone at the latest after two looks at what is idle.
    await expect
      .poll(async () => (await run(functions)).environment === first.environment, { interval: 200 })
      .toBe(false);
  });
});

describe("invocations that are sent ahead of their turn", () => {
  /** Blocks its thread until a file is there, whose name the query string has. */
  const source = `
    const { existsSync } = require("node:fs");
    const environment = Math.random();
    const seen = [];
    exports.handler = async (event) => {
      const { querystring } = event.Records[0].cf.request;
      seen.push(querystring);
      while (querystring.startsWith("/") && !existsSync(querystring));
      return { status: "200", body: JSON.stringify({ environment, seen }) };
    };`;
  const fast = association("viewer-request", source, { timeoutSeconds: 20 });

  interface TestResponse {
    readonly environment: number;
    readonly seen: readonly string[];
  }

  async function invoke(functions: FunctionRunner, querystring: string): Promise<TestResponse> {
    const outcome = await functions.runViewerRequest(fast, context, request({ querystring }));
    if (outcome.kind !== "generated-response") throw new Error(outcome.kind);
    return JSON.parse(String(outcome.response.body)) as TestResponse;
  }

  /** A runner that knows that the function is fast. */
  async function warm(): Promise<FunctionRunner> {
    const functions = runner({ limits: { parallelism: 1 } });
    for (let number = 0; number < 40; number += 1) await invoke(functions, "warm");
    return functions;
  }

  it("run one after the other in one environment", async () => {
    const functions = await warm();
    const numbers = Array.from({ length: 20 }, (_, number) => String(number));
    const answers = await Promise.all(numbers.map((number) => invoke(functions, number)));
    expect(new Set(answers.map(({ environment }) => environment)).size).toBe(1);
    expect(answers.at(-1)?.seen.slice(40)).toEqual(numbers);
  });

  it("are taken back from one that takes long, and run elsewhere, each once", async () => {
    const functions = await warm();
    const goOn = join(folderWith({}), "go-on");
    const blocked = invoke(functions, goOn);
    const others = await Promise.all(["a", "b", "c"].map((name) => invoke(functions, name)));
    writeFileSync(goOn, "");
    const { environment, seen } = await blocked;
    expect(seen.at(-1)).toBe(goOn);
    for (const other of others) expect(other.environment).not.toBe(environment);
    expect(others.flatMap((other) => other.seen.at(-1)).toSorted()).toEqual(["a", "b", "c"]);
  });

  it("are answered while one behind them takes long", async () => {
    const functions = await warm();
    const goOn = join(folderWith({}), "go-on");
    const [before, blocked] = [invoke(functions, "before"), invoke(functions, goOn)];
    const { environment } = await before;
    writeFileSync(goOn, "");
    expect((await blocked).environment).toBe(environment);
  });

  it("keep their results, however long and whatever they hold", async () => {
    const functions = runner();
    const echo = association(
      "viewer-request",
      `exports.handler = async (event) => ({ status: "200", body: event.Records[0].cf.request.querystring.repeat(2000) });`,
    );
    const texts = ["é", "b", "longer-than-others", "c"];
    const bodies = await Promise.all(
      texts.map(async (querystring) => {
        const outcome = await functions.runViewerRequest(echo, context, request({ querystring }));
        return outcome.kind === "generated-response" ? String(outcome.response.body) : outcome.kind;
      }),
    );
    expect(bodies.map((body) => body.length)).toEqual(texts.map((text) => text.length * 2000));
  });
});

describe("concurrency", () => {
  it("LE-C-20, LE-C-21, LE-E-06: what is too much at once is throttled", async () => {
    const functions = runner({ limits: { concurrency: 2 } });
    const outcomes = await Promise.all(
      [1, 2, 3].map(() =>
        functions.runViewerRequest(made, context, request({ querystring: "300" })),
      ),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      "generated-response",
      "generated-response",
      "failure",
    ]);
    expect(outcomes[2]).toMatchObject({
      failure: {
        status: 503,
        resultType: "LambdaLimitExceeded",
        factId: "LE-C-20",
        viewerText:
          "The Lambda function associated with the CloudFront distribution was throttled.",
        detail: "Too many invocations at once: 2 are under way and no more are allowed.",
      },
    });
    expect(await run(functions)).toMatchObject({ underWay: 1 });
  });
});

describe("closing", () => {
  it("ends what is under way and what waits", async () => {
    const functions = runner({ limits: { environments: 1 } });
    const outcomes = [1, 2].map(() =>
      functions.runViewerRequest(made, context, request({ querystring: "60000" })),
    );
    await functions.close();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(["failure", "failure"]);
  });

  it("ends a function that loops", async () => {
    const functions = runner();
    const loop = association("viewer-request", "exports.handler = async () => { for (;;) {} };");
    const outcome = functions.runViewerRequest(loop, context, request());
    await functions.close();
    expect((await outcome).kind).toBe("failure");
  });

  it("may come before anything ran, and twice", async () => {
    const functions = runner();
    await functions.close();
    await expect(functions.close()).resolves.toBeUndefined();
  });

  it("lets no function run any more", async () => {
    const functions = runner();
    await functions.close();
    const outcome = await functions.runViewerRequest(made, context, request());
    expect(outcome).toMatchObject({ kind: "failure", failure: { status: 503 } });
  });
});
