import { createCommand, Option, runCommand } from "cf-command-line";
import packageJson from "../package.json" with { type: "json" };
import { readCloudAssembly } from "cloud-assembly";
import { edgeApp } from "./app/edge-app.ts";
import { checkApp } from "./check-app.ts";
import { EdgeCheckError } from "./edge-check-error.ts";
import { ruleList, ruleText } from "./explain/rule-text.ts";
import type { CheckReport } from "./format/check-report.ts";
import { describeUnread } from "./format/describe-unread.ts";
import { formatReport, type ReportFormat, reportFormats } from "./format/format-report.ts";
import { formatFindings } from "./format-findings.ts";
import { stops, type FailOn } from "./stops.ts";
import { unreadPartsOf } from "./unread-parts.ts";

interface CheckOptions {
  readonly failOn: FailOn;
  readonly format: "text" | ReportFormat;
  readonly json: boolean;
}

const mistakes = { mistakes: [EdgeCheckError], mistakeStatus: 2 };

/**
 * Runs the command `edge-check`.
 *
 * @param args what follows the command's name
 * @returns the exit status: 1 for findings, 2 for a mistake in how it was called
 */
export async function runEdgeCheck(args: readonly string[]): Promise<number> {
  let findingStatus = 0;
  const command = createCommand("edge-check")
    .description("Finds what CloudFront would refuse of edge functions, before a deployment.")
    .argument("<assembly...>", "cdk.out folders, templates, or plans of Terraform as JSON")
    .addOption(
      new Option("--fail-on <severity>", "from which severity on the exit status is 1")
        .choices(["error", "warning"])
        .default("error"),
    )
    .addOption(
      new Option("--format <format>", "how findings are written")
        .choices(["text", ...reportFormats])
        .default("text"),
    )
    .option("--json", "write the findings alone as JSON: an array", false)
    .version(packageJson.version)
    .action((paths: readonly string[], options: CheckOptions) => {
      findingStatus = check(paths, options);
    });
  command
    .command("explain")
    .description(
      "Explains a rule: why, an example, the remedy, AWS's page. Lists all without an id.",
    )
    .argument("[id]", "as in LE-C-04")
    .action((id: string | undefined) => {
      process.stdout.write(`${id === undefined ? ruleList() : ruleText(id)}\n`);
    });
  return (await runCommand(command, args, mistakes)) || findingStatus;
}

function check(paths: readonly string[], { failOn, format, json }: CheckOptions): number {
  const apps = paths.map((path) => edgeApp(() => readCloudAssembly(path).stacks));
  const findings = apps.flatMap((app) => checkApp(app, {}));
  const report = { findings, unread: apps.flatMap(unreadPartsOf), failOn };
  if (format === "text" || json) writeForPeople(report, json);
  else process.stdout.write(`${formatReport(format, report)}\n`);
  return findings.some((finding) => stops(finding, failOn)) ? 1 : 0;
}

/** What could not be judged goes to stderr. */
function writeForPeople({ findings, unread }: CheckReport, json: boolean): void {
  const text = json ? JSON.stringify(findings, undefined, 2) : describe({ findings, unread });
  process.stdout.write(`${text}\n`);
  if (unread.length > 0) process.stderr.write(`${describeUnread(unread)}\n`);
}

function describe({ findings, unread }: CheckReport): string {
  if (findings.length === 0) {
    return `CloudFront has nothing to refuse${unread.length > 0 ? " in what was read" : ""}.`;
  }
  const text = formatFindings(findings, { colours: process.stdout.hasColors?.() ?? false });
  return `${text}\n\n${findings.length} ${findings.length === 1 ? "finding" : "findings"}.`;
}
