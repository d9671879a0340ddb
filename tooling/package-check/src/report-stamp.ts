import { createHash } from "node:crypto";

/** What the last line of a report says: the version whose API it was, and that API's checksum. */
export interface ReportStamp {
  readonly version: string;
  /** Hexadecimal, of the report as it was at that version. */
  readonly sha256: string;
}

const pattern = /\n<!-- version (\S+) sha256 ([0-9a-f]{64}) -->\n$/;

/** A report as it is in its file: with its stamp, which is undefined where there is none. */
export interface StampedReport {
  readonly report: string;
  readonly stamp?: ReportStamp;
}

/** Reads a report and its stamp. */
export function readStamp(text: string): StampedReport {
  const [, version, sha256] = pattern.exec(text) ?? [];
  const report = text.replace(pattern, "").trimEnd();
  return version === undefined || sha256 === undefined
    ? { report }
    : { report, stamp: { version, sha256 } };
}

/**
 * Returns a report with its stamp. The stamp stays that of the last version until the package has a new
 * one, so that a report shows whether the API has changed since; a new version has the API that was in
 * the file when it was made.
 */
export function stamped(report: string, version: string, before: StampedReport): string {
  const released = before.stamp === undefined ? report : before.report;
  const stamp =
    before.stamp?.version === version ? before.stamp : { version, sha256: sha256Of(released) };
  return `${report}\n\n<!-- version ${stamp.version} sha256 ${stamp.sha256} -->\n`;
}

/** Returns the checksum of a report without its stamp. */
function sha256Of(report: string): string {
  return createHash("sha256").update(report).digest("hex");
}
