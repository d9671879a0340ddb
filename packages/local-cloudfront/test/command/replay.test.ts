import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type EndedCommand, runHere } from "vitest-config/run-here";
import { runCommandLine } from "../../src/command/run-command-line.ts";
import type { ReplayReport } from "../../src/replay/replay-report.ts";
import { changeRequest } from "../support/function-sources.ts";
import { command } from "../support/command.ts";
import { testFolder, writeLog, writeTemplate } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [command, "replay", ...args], { encoding: "utf8" });
}

/** Runs, in this process, what ends before it replays anything: a replay bounds the heap of its process. */
function runShortly(...args: readonly string[]): Promise<EndedCommand> {
  return runHere(testFolder(), () => runCommandLine(["replay", ...args]));
}

const a = () => writeTemplate({});
const lines = [{ "cs-uri-stem": "/a" }, { "cs-uri-stem": "/a" }, { "sc-status": "broken" }];

describe("the command replay", () => {
  it("writes a report to stdout, and nothing else where there is no terminal", () => {
    const log = writeLog(lines);
    const { status, stdout, stderr } = run(log, "--assembly", a());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("Replayed 2 of 3 lines");
    expect(stdout).toContain(`${log}:5: sc-status not valid: got "broken"`);
    expect(stdout).toMatch(/^hit ratio +0\.0 % +50\.0 %$/m);
  });

  it("writes it as JSON, of two distributions", () => {
    const b = writeTemplate({
      responseHeadersPolicy: {
        CustomHeadersConfig: { Items: [{ Header: "X-B", Value: "1", Override: true }] },
      },
    });
    const { stdout } = run(writeLog(lines), "--assembly", a(), "--against", b, "--json");
    const report = JSON.parse(stdout) as ReplayReport;
    expect(report.differences).toEqual([
      {
        what: "header x-b",
        requests: 2,
        examples: [{ path: "/a", after: "1", requests: 2 }],
      },
    ]);
    expect(report.lines).toEqual({ read: 3, replayed: 2, unsampled: 0, broken: 1, late: 0 });
  });

  it.each([
    [["missing.log"], 'got "missing.log". Pass a file or a folder that exists.'],
    [["s3://logs/2026"], "copy it to a folder first: aws s3 sync s3://logs/2026 logs"],
    [["x.log", "--sample", "0"], "Pass a share above 0 and up to 1, as in 0.1, 10% or 1/10."],
    [["x.log", "--sample", "2/1"], "Pass a share above 0 and up to 1, as in 0.1, 10% or 1/10."],
    [["x.log", "--sample", "1/x"], "Pass a share above 0 and up to 1, as in 0.1, 10% or 1/10."],
    [["x.log", "--lambda-ms", "-1"], "Pass a number of milliseconds above 0 and up to 30000."],
  ])("refuses %j with what to do", async (args, message) => {
    const { status, stderr } = await runShortly(...args, "--assembly", a());
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it.each(["0.5", "50%", "1/2"])("takes %s as a sample, and says what was sampled", (sample) => {
    const log = writeLog(
      Array.from({ length: 100 }, (_, index) => ({ "cs-uri-stem": `/${index}` })),
    );
    const { stdout } = run(log, "--assembly", a(), "--sample", sample);
    expect(stdout).toMatch(/^Replayed \d\d of 100 lines, .* \(\d\d not in the sample\)\.$/m);
    expect(stdout).toContain(
      "The sample holds 50 % of the paths, chosen by their hash, with all of their requests",
    );
  });

  it("writes a page and a state, where they are asked for", () => {
    const folder = testFolder();
    const [page, state] = [join(folder, "report.html"), join(folder, "state")];
    const args = [writeLog(lines), "--assembly", a(), "--state", state, "--html", page];
    const { status, stdout } = run(...args);
    expect(status).toBe(0);
    expect(readFileSync(page, "utf8")).toContain("<h1>Replay of access logs</h1>");
    // All was counted: what is read again changes nothing.
    expect(run(...args).stdout).toBe(stdout);
    const { status: refused, stderr } = run(...args, "--unmasked");
    expect([refused, stderr]).toEqual([1, expect.stringContaining("delete it to begin anew")]);
  });

  it("on Ctrl+C writes the report so far, with status 130, and goes on from its state", async () => {
    const folder = testFolder();
    const [mark, stop, state] = [join(folder, "mark"), join(folder, "stop"), join(folder, "state")];
    // Tells when some requests are done, and is slow until it is told to stop being so.
    const slow = changeRequest(`
      const { existsSync, writeFileSync } = require("node:fs");
      if (!existsSync(${JSON.stringify(stop)})) {
        globalThis.calls = (globalThis.calls ?? 0) + 1;
        if (globalThis.calls === 20) writeFileSync(${JSON.stringify(mark)}, "");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }`);
    const log = writeLog(
      Array.from({ length: 3000 }, (_, index) => ({
        "cs-uri-stem": `/${index % 100}`,
        "cs-uri-query": `page=${index % 7}`,
      })),
    );
    const assembly = writeTemplate({ functions: { "viewer-request": slow } });
    const args = [log, "--assembly", assembly, "--state", state, "--json"];
    const child = spawn(process.execPath, [command, "replay", ...args]);
    let written = "";
    child.stdout.on("data", (chunk: Buffer) => (written += chunk.toString()));
    await vi.waitUntil(() => existsSync(mark), { timeout: 30_000 });
    child.kill("SIGINT");
    const [status] = (await once(child, "close")) as [number | null];
    const report = JSON.parse(written) as ReplayReport;
    expect([status, report.isInterrupted]).toEqual([130, true]);
    expect(report.a.requests).toBeGreaterThan(0);
    expect(report.a.requests).toBeLessThan(3000);
    writeFileSync(stop, "");
    const whole = JSON.parse(run(...args).stdout) as ReplayReport;
    expect([whole.isInterrupted, whole.a.requests]).toEqual([false, 3000]);
    const { stdout } = run(log, "--assembly", assembly, "--json");
    expect(whole).toEqual(JSON.parse(stdout));
  });

  it("prints the statement for Athena without a log", async () => {
    const table = "logs.cloudfront_standard_logs";
    const { status, stdout } = await runShortly("--print-athena", table);
    expect(status).toBe(0);
    expect(stdout).toContain('FROM "logs"."cloudfront_standard_logs"');
    const { stderr } = await runShortly("--print-athena", "a b");
    expect(stderr).toContain("Table has no valid name");
    expect((await runShortly()).stderr).toContain("No access logs: pass files or folders.");
  });

  it("refuses files without a request, with the first line's reason", () => {
    const file = join(testFolder(), "notes.txt");
    writeFileSync(file, "Dear diary\n");
    const { status, stderr } = run(file, "--assembly", a());
    expect(status).toBe(1);
    expect(stderr).toContain(`${file}:1: no #Fields: line`);
  });
});
