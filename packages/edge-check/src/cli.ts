import { parseArgs } from "node:util";
import packageJson from "../package.json" with { type: "json" };
import { checkAssembly } from "./check-assembly.ts";
import { EdgeCheckError } from "./edge-check-error.ts";
import { formatFindings } from "./format-findings.ts";
import { stops, type FailOn } from "./stops.ts";

const usage = `Usage: edge-check <cdk.out | template>… [options]

Finds what CloudFront would refuse of Lambda@Edge functions, before a deployment.

  --fail-on error|warning  from which severity on the exit status is 1 (default: warning)
  --json                   write the findings as JSON
  --version                write the version
  --help                   write this
`;

process.exitCode = run(process.argv.slice(2));

function run(args: readonly string[]): number {
  try {
    const { values, positionals } = readArguments(args);
    if (values.help) return write(usage, 0);
    if (values.version) return write(`${packageJson.version}\n`, 0);
    if (positionals.length === 0) {
      throw new EdgeCheckError(
        "The command line names nothing to check. Give a cdk.out folder, or a template.",
      );
    }
    return check(positionals, failOn(values["fail-on"]), values.json);
  } catch (error) {
    if (!(error instanceof EdgeCheckError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "fail-on": { type: "string", default: "warning" },
        json: { type: "boolean", default: false },
        version: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split(".", 1)[0] ?? "") : String(cause);
    throw new EdgeCheckError(
      `The command line is not understood: ${reason}. See what is allowed with: edge-check --help`,
      { cause },
    );
  }
}

function failOn(value: string): FailOn {
  if (value === "error" || value === "warning") return value;
  throw new EdgeCheckError(
    `Option --fail-on is not valid: got ${JSON.stringify(value)}. Allowed: error, warning.`,
  );
}

function check(paths: readonly string[], from: FailOn, isJson: boolean): number {
  const findings = paths.flatMap((path) => checkAssembly(path));
  const status = findings.some((finding) => stops(finding, from)) ? 1 : 0;
  if (isJson) return write(`${JSON.stringify(findings, undefined, 2)}\n`, status);
  if (findings.length === 0) return write("CloudFront has nothing to refuse.\n", 0);
  const text = formatFindings(findings, { colours: process.stdout.hasColors?.() ?? false });
  const count = `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
  return write(`${text}\n\n${count}.\n`, status);
}

function write(text: string, status: number): number {
  process.stdout.write(text);
  return status;
}
