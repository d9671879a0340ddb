import { createCommand, Option, runCommand } from "command-line";
import packageJson from "../package.json" with { type: "json" };
import { checkAssembly } from "./check-assembly.ts";
import { EdgeCheckError } from "./edge-check-error.ts";
import { formatFindings } from "./format-findings.ts";
import { stops, type FailOn } from "./stops.ts";

interface CheckOptions {
  readonly failOn: FailOn;
  readonly json: boolean;
}

let findingStatus = 0;
const command = createCommand("edge-check")
  .description("Finds what CloudFront would refuse of Lambda@Edge functions, before a deployment.")
  .argument("<assembly...>", "cdk.out folders, or templates")
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
  const findings = paths.flatMap((path) => checkAssembly(path));
  process.stdout.write(`${json ? JSON.stringify(findings, undefined, 2) : describe(findings)}\n`);
  return findings.some((finding) => stops(finding, failOn)) ? 1 : 0;
}

function describe(findings: ReturnType<typeof checkAssembly>): string {
  if (findings.length === 0) return "CloudFront has nothing to refuse.";
  const text = formatFindings(findings, { colours: process.stdout.hasColors?.() ?? false });
  return `${text}\n\n${findings.length} ${findings.length === 1 ? "finding" : "findings"}.`;
}
