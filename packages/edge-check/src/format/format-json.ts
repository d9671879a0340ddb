import type { CheckReport } from "./check-report.ts";

/** Writes a report as JSON, with the findings and what could not be judged. */
export function formatJson({ findings, unread }: CheckReport): string {
  return JSON.stringify({ findings, unread }, undefined, 2);
}
