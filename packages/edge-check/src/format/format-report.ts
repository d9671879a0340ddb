import type { CheckReport } from "./check-report.ts";
import { formatGithub } from "./format-github.ts";
import { formatJson } from "./format-json.ts";
import { formatJunit } from "./format-junit.ts";
import { formatSarif } from "./format-sarif.ts";

const formats = {
  json: formatJson,
  github: formatGithub,
  sarif: formatSarif,
  junit: formatJunit,
} as const;

/** A format that programs read. */
export type ReportFormat = keyof typeof formats;

/** All of them, by the names that `--format` takes. */
export const reportFormats = Object.keys(formats) as readonly ReportFormat[];

/**
 * Writes a report for the place where people review: `github` as annotations of GitHub Actions, `sarif` for
 * code scanning, `junit` for test reports, `json` for programs of your own. Each has what could not be judged.
 */
export function formatReport(format: ReportFormat, report: CheckReport): string {
  return formats[format](report);
}
