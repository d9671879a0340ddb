import { createCommand, Option, runCommand } from "cf-command-line";
import packageJson from "../package.json" with { type: "json" };
import { readCloudAssembly } from "cloud-assembly";
import { edgeApp } from "./app/edge-app.ts";
import { checkApp } from "./check-app.ts";
import { EdgeCheckError } from "./edge-check-error.ts";
import type { EdgeFinding } from "./finding.ts";
import { formatFindings } from "./format-findings.ts";
import { stops, type FailOn } from "./stops.ts";
import { type UnreadPart, unreadPartsOf } from "./unread-parts.ts";

interface CheckOptions {
  readonly failOn: FailOn;
  readonly json: boolean;
}

let findingStatus = 0;
const command = createCommand("edge-check")
  .description("Finds what CloudFront would refuse of Lambda@Edge functions, before a deployment.")
  .argument("<assembly...>", "cdk.out folders, templates, or plans of Terraform as JSON")
  .addOption(
    new Option("--fail-on <severity>", "from which severity on the exit status is 1")
      .choices(["error", "warning"])
      .default("error"),
  )
  .option("--json", "write the findings as JSON", false)
  .version(packageJson.version)
  .action((paths: readonly string[], options: CheckOptions) => {
    findingStatus = check(paths, options);
  });

const mistakes = { mistakes: [EdgeCheckError], mistakeStatus: 2 };
process.exitCode = (await runCommand(command, process.argv.slice(2), mistakes)) || findingStatus;

function check(paths: readonly string[], { failOn, json }: CheckOptions): number {
  const apps = paths.map((path) => edgeApp(() => readCloudAssembly(path).stacks));
  const findings = apps.flatMap((app) => checkApp(app, {}));
  const unread = apps.flatMap(unreadPartsOf);
  const text = json
    ? JSON.stringify(findings, undefined, 2)
    : describe(findings, unread.length > 0);
  process.stdout.write(`${text}\n`);
  if (unread.length > 0) process.stderr.write(`${describeUnread(unread)}\n`);
  return findings.some((finding) => stops(finding, failOn)) ? 1 : 0;
}

function describe(findings: readonly EdgeFinding[], hasUnread: boolean): string {
  if (findings.length === 0) {
    return `CloudFront has nothing to refuse${hasUnread ? " in what was read" : ""}.`;
  }
  const text = formatFindings(findings, { colours: process.stdout.hasColors?.() ?? false });
  return `${text}\n\n${findings.length} ${findings.length === 1 ? "finding" : "findings"}.`;
}

function describeUnread(parts: readonly UnreadPart[]): string {
  const lines = parts.map(({ stack, subject, message }) => `  ${stack}, ${subject}: ${message}`);
  return ["Not read, or not as it is written:", ...lines].join("\n");
}
