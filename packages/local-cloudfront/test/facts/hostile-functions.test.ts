import { describe, expect, it } from "vitest";
import { failureOf } from "../support/function-failures.ts";
import { startWithHostileFunction } from "../support/hostile-function.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

describe("a hostile function costs its own request, and no other", () => {
  it.each([
    ["takes all memory", "const all = []; for (;;) all.push(new Array(1e5).fill(all.length));"],
    ["makes one large object", "new Array(1e7).fill(0.5); for (;;);"],
    ["recurses without end", "const again = () => again(); again();"],
    ["kills the process", "process.kill(process.pid, 'SIGKILL');"],
    ["aborts", "process.abort();"],
    [
      "throws later",
      "setTimeout(() => { throw new Error('later'); }); await new Promise(() => {});",
    ],
    [
      "closes standard output",
      "process.stdout.destroy(); process.stderr.end(); throw new Error('no');",
    ],
    ["logs without end", "for (;;) console.log('x'.repeat(1e4));"],
    ["answers with what cannot be told", "const ring = {}; ring.ring = ring; return ring;"],
    [
      "breaks its own globals",
      "JSON.stringify = Promise.prototype.then = () => { throw 1; }; throw new Error('no');",
    ],
  ])("one that %s", async (_name, statements) => {
    const { get, cloudfront } = await startWithHostileFunction(statements);
    const [bad, ...good] = await Promise.all(
      ["/bad/", "/good/a.html", "/good/a.html", "/good/a.html"].map((path) => get(path)),
    );
    expect(bad).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(failureOf(cloudfront)?.detail ?? "").not.toMatch(/\n/);
    expect(good.map(({ status }) => status)).toEqual([200, 200, 200]);
    const last = await get("/good/a.html");
    expect({ body: last.body, failure: failureOf(cloudfront)?.detail }).toEqual({ body: "good" });
  });

  it("one that loops while it is loaded is given up after Lambda's ten seconds, or another limit", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: { "viewer-request": "for (;;);" },
      options: { functionLimits: { initTimeoutMs: 300 } },
    });
    expect(await get("/")).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(failureOf(cloudfront)?.detail).toBe(
      "The function cannot start: Sandbox.Timedout: Init timed out after 0.30 seconds.",
    );
  });

  it("LE-E-01: one that takes more memory than it has, says so", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "viewer-request":
          "exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(0)); };",
      },
    });
    expect(await get("/")).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(failureOf(cloudfront)?.detail).toBe(
      "Runtime.OutOfMemory: Runtime exited with error: signal: killed (out of memory).",
    );
  });
});
