import type { CheckReport } from "./check-report.ts";
import { describePart, unreadGroups } from "./describe-unread.ts";
import { repositoryFile, type ReportFile, reviewedFile } from "./report-file.ts";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Writes a report as workflow commands of GitHub Actions, which annotate the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatGithub({ findings, unread }: CheckReport): string {
  return [
    ...findings.map(({ severity, ruleId, message, remedy, place }) =>
      annotation(
        commands[severity],
        reviewedFile(place),
        `edge-check ${ruleId}`,
        `${message}\n${remedy}`,
      ),
    ),
    ...unreadGroups(unread).flatMap(({ heading, parts }) =>
      parts.map((part) =>
        annotation("notice", repositoryFile(part.templateFile), heading, describePart(part)),
      ),
    ),
  ].join("\n");
}

function annotation(
  command: string,
  { path, line }: ReportFile,
  title: string,
  message: string,
): string {
  const properties = Object.entries({ file: path, line, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${command} ${properties.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
