import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LocalCloudFront } from "../../src/index.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "./start-test-cloudfront.ts";

/** A line of an access log by field name. */
export type AccessLogEntry = Readonly<Record<string, string>>;

/** Returns the path of an access log that goes with the test. */
export function accessLogFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "access-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "access.log");
}

/** Ends the local CloudFront, whose log is then whole, and returns the log's lines. */
export async function readAccessLog(
  path: string,
  cloudfront: LocalCloudFront,
): Promise<AccessLogEntry[]> {
  await cloudfront.close();
  const [, fields = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = fields.replace("#Fields: ", "").split(" ");
  return lines.map((line) => {
    const values = line.split("\t");
    if (values.length !== names.length) throw new Error(`not ${names.length} fields: ${line}`);
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
  });
}

/** Starts a distribution with an access log, lets viewers come, and returns the log. */
export async function logOf(
  options: TestCloudFrontOptions,
  visit: (started: TestCloudFront) => Promise<unknown>,
): Promise<AccessLogEntry[]> {
  const accessLog = accessLogFile();
  const started = await startTestCloudFront({
    ...options,
    options: { accessLog, ...options.options },
  });
  await visit(started);
  return readAccessLog(accessLog, started.cloudfront);
}
