import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { ReplayReport } from "../../src/replay/replay-report.ts";
import { command } from "../support/command.ts";
import { testFolder, writeLog, writeTemplate } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [command, "replay", ...args], { encoding: "utf8" });
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
    [["s3://logs/2026"], "Copy it to a folder first: aws s3 sync s3://logs/2026 logs"],
    [["x.log", "--sample", "0"], "Pass a share above 0 and up to 1, as in 0.1 or 10%."],
    [["x.log", "--lambda-ms", "-1"], "Pass a number of milliseconds above 0 and up to 30000."],
  ])("refuses %j with what to do", (args, message) => {
    const { status, stderr } = run(...args, "--assembly", a());
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("refuses files without a request, with the first line's reason", () => {
    const file = join(testFolder(), "notes.txt");
    writeFileSync(file, "Dear diary\n");
    const { status, stderr } = run(file, "--assembly", a());
    expect(status).toBe(1);
    expect(stderr).toContain(`${file}:1: no #Fields: line`);
  });
});
