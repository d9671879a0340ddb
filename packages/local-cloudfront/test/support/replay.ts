import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findLogFiles } from "../../src/access-log/find-log-files.ts";
import type { ReplayReport, ReportedDifference } from "../../src/replay/replay-report.ts";
import { runReplay, type ReplayOptions } from "../../src/start/run-replay.ts";
import { distributionTemplate, type TestDistribution } from "./distribution-template.ts";

/** A folder that goes with the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the template of a distribution whose only origin is a bucket without content, and returns the file. */
export function writeTemplate(distribution: TestDistribution): string {
  const file = join(testFolder(), "template.json");
  writeFileSync(file, JSON.stringify(distributionTemplate(distribution, "s3")));
  return file;
}

/** A line of a log by field name, as far as a test minds. */
export type LoggedLine = Readonly<Record<string, string | number>>;

const usualLine: LoggedLine = {
  date: "2026-11-30",
  time: "12:00:00",
  "x-edge-location": "FRA56-P1",
  "c-ip": "203.0.113.9",
  "cs-method": "GET",
  "cs-uri-stem": "/",
  "cs-uri-query": "-",
  "cs(Cookie)": "-",
  "sc-status": 200,
  "x-edge-result-type": "Miss",
  "x-host-header": "localhost",
  "cs-protocol": "https",
  "sc-content-type": "text/html",
  "sc-content-len": 100,
};

/** Writes a log in the tab-separated format, a second between two lines, and returns the file. */
export function writeLog(lines: readonly LoggedLine[]): string {
  const rows = lines.map((line, index) => ({
    ...usualLine,
    time: new Date(Date.UTC(2026, 10, 30, 12, 0, index)).toISOString().slice(11, 19),
    ...line,
  }));
  const names = Object.keys(rows[0] ?? usualLine);
  const file = join(testFolder(), "access.log");
  const text = rows.map((row) =>
    names.map((name) => String(new Map(Object.entries(row)).get(name) ?? "-")).join("\t"),
  );
  writeFileSync(file, [`#Version: 1.0`, `#Fields: ${names.join(" ")}`, ...text, ""].join("\n"));
  return file;
}

/** Replays a log through distributions, A and B, and returns the report. */
export async function replay(
  log: string,
  distributions: readonly TestDistribution[],
  options: Partial<ReplayOptions> = {},
): Promise<ReplayReport> {
  return runReplay({
    files: await findLogFiles([log]),
    sides: distributions.map((distribution) => ({ assembly: writeTemplate(distribution) })),
    sample: 1,
    unmasked: false,
    lambdaMilliseconds: 3,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Returns what a report says of one difference between A and B. */
export function differenceOf(report: ReplayReport, what: string): ReportedDifference | undefined {
  return report.differences?.find((each) => each.what === what);
}
