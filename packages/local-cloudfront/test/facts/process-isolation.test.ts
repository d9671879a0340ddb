import { describe, expect, it } from "vitest";
import { failureOf } from "../support/function-failures.ts";
import { startWithHostileFunction } from "../support/hostile-function.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const inProcesses = { options: { isolation: "process" } } as const;

function respondWith(expression: string): string {
  return `exports.handler = async () => ({ status: "200", body: String(${expression}) });`;
}

/** A process starts in tens of milliseconds, on a busy machine in seconds. */
describe("functions in processes of their own", { timeout: 60_000 }, () => {
  it("run as in threads: their results, their log, warm after a cold start", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      ...inProcesses,
      functions: {
        "viewer-request": `let count = 0;
          exports.handler = async () => {
            console.log("called");
            return { status: "200", body: String((count += 1)) };
          };`,
      },
    });
    expect([(await get("/")).body, (await get("/")).body]).toEqual(["1", "2"]);
    const functionSteps = cloudfront
      .traces()
      .map(({ steps }) => steps.find((step) => "run" in step));
    expect(functionSteps).toMatchObject([
      { coldStart: true, consoleLines: [expect.stringContaining("called")] },
      { coldStart: false, consoleLines: [expect.stringContaining("called")] },
    ]);
  });

  it("see nothing of the shell's environment, not even through the system", async () => {
    process.env["CF_EDGE_SECRET"] = "s3cr3t";
    const { get } = await startTestCloudFront({
      ...inProcesses,
      functions: {
        "viewer-request": respondWith(
          `process.env.CF_EDGE_SECRET + require("node:fs").readFileSync("/proc/self/environ", "utf8")`,
        ),
      },
    });
    const { body } = await get("/");
    expect(body).toMatch(/^undefined/);
    expect(body).not.toContain("s3cr3t");
    delete process.env["CF_EDGE_SECRET"];
  });

  it.each([
    ["kills the process beneath", "process._kill(process.pid, 9); await new Promise(() => {});"],
    [
      "closes its descriptors",
      "for (let fd = 0; fd < 64; fd += 1) { try { require('node:fs').closeSync(fd); } catch {} }",
    ],
    ["makes an array that V8 does not survive", "Array.from({ length: 2 ** 28 }); for (;;);"],
    [
      "takes memory that V8 does not count",
      "globalThis.all = []; for (;;) { const b = new SharedArrayBuffer(64 << 20); new Uint8Array(b).fill(1); all.push(b); }",
    ],
    ["loops", "for (;;);"],
    ["never answers", "await new Promise(() => { setTimeout(() => {}, 1e6); });"],
  ])("LE-C-19: one that %s costs its own request", async (_, statements) => {
    const { get, cloudfront } = await startWithHostileFunction(statements, inProcesses);
    const [bad, good] = await Promise.all([get("/bad/"), get("/good/a.html")]);
    expect(bad.status).toBeGreaterThanOrEqual(502);
    expect(good).toMatchObject({ status: 200, body: "good" });
    expect(await get("/good/a.html")).toMatchObject({ status: 200, body: "good" });
    expect(failureOf(cloudfront)).toBeUndefined();
  });

  it("leave no process behind that they have started", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      ...inProcesses,
      functions: {
        "viewer-request": respondWith(
          `require("node:child_process").spawn("/bin/sleep", ["600"], { stdio: "ignore" }).pid`,
        ),
      },
    });
    const pid = Number((await get("/")).body);
    expect(isRunning(pid)).toBe(true);
    await cloudfront.close();
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
