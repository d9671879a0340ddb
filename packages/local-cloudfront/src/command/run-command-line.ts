import {
  type Command,
  createCommand,
  InvalidArgumentError,
  Option,
  runCommand as parseAndRun,
} from "cf-command-line";
import type { LogStore } from "../access-log/find-log-files.ts";
import { parseDebuggerAddress, withDebuggerAddress } from "./debugger-option.ts";
import { addDistributionOptions } from "./distribution-options.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { runCommand, type CommandOptions, type Serving } from "./run-command.ts";
import { addReplayCommand } from "./replay-command.ts";
import { addTestFunctionCommand, testFunctionName } from "./test-function-command.ts";
import { withFacts } from "./with-facts.ts";
import packageJson from "../../package.json" with { type: "json" };

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError("Pass a whole number from 0 to 65535; 0 takes a free port.");
  }
  return number;
}

function seconds(value: string): number {
  const number = Number(value);
  if (!(number >= 0 && Number.isFinite(number))) {
    throw new InvalidArgumentError("Pass a number of seconds, 0 or more.");
  }
  return number;
}

/** Who runs the command, where that is another program. */
export interface CommandLineOptions {
  /**
   * How help and errors call the command.
   * @default "local-cloudfront"
   */
  readonly name?: string;
  /**
   * Is called once it serves.
   * @default - nobody is notified
   */
  readonly onServing?: (serving: Serving) => void;
  /**
   * Where `replay` finds access logs that URLs name.
   * @default - it reads files alone
   */
  readonly logStore?: LogStore;
}

/**
 * Runs the command `local-cloudfront` until it is ended, as by Ctrl+C. What goes wrong is reported on
 * stderr.
 *
 * @param args what follows the command's name, as in `["cdk.out", "--watch"]`
 * @returns the exit status
 */
export async function runCommandLine(
  args: readonly string[],
  { name = "local-cloudfront", onServing, logStore }: CommandLineOptions = {},
): Promise<number> {
  // Functions run in UTC, as they do at the edge; a process has one time zone for all its threads.
  // FIDELITY F-TIME-ZONE: as a library, the time zone is that of the process that uses it.
  process.env["TZ"] = "UTC";
  let status = 0;
  const command = describeCommand(name, async (options) => {
    status = await runCommand(options, onServing);
  });
  // Each command has options of its own, some by the same name.
  command.enablePositionalOptions();
  addTestFunctionCommand(command, (failed) => {
    status = failed;
  });
  addReplayCommand(
    command,
    (interrupted) => {
      status = interrupted;
    },
    logStore,
  );
  // A failed test is 1, so a mistake in how it was asked for is another.
  const mistakeStatus = args[0] === testFunctionName ? 2 : 1;
  const mistakes = [LocalCloudFrontError];
  return (
    (await parseAndRun(command, withDebuggerAddress(args), { mistakes, mistakeStatus })) || status
  );
}

function describeCommand(name: string, run: (options: CommandOptions) => Promise<void>): Command {
  const command = createCommand(name)
    .description(
      "Runs a synthesized CDK app, a CloudFormation template or a plan of Terraform as a CloudFront distribution.",
    )
    .argument(
      "<assembly>",
      "cdk.out or .serverless folder, a template (JSON or YAML), or the JSON of a Terraform plan",
    );
  return addDistributionOptions(command)
    .option(
      "-p, --port <number>",
      "port for viewers; 0 takes a free one (8787, or the next free one)",
      port,
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--https", "speak TLS and HTTP/2, with a certificate made at start", false)
    .addOption(
      new Option(
        "--viewer-protocol <side>",
        "the side of the distribution that the port stands for",
      )
        .choices(["https", "http"])
        .default("https"),
    )
    .option(
      "--kvs-delay <seconds>",
      "after how long functions see a change of a key value store (0)",
      seconds,
    )
    .option("--sign <file>", "print a signed URL, by the private key in a PEM file")
    .option("--region <name>", "the Region that functions see in AWS_REGION", "us-east-1")
    .option("--credentials", "hand your own AWS credentials over to functions", false)
    .option("--access-log <file>", "write access log lines in CloudFront's standard format")
    .option("--watch", "serve what changes: the assembly, functions, the folders of origins", false)
    .option(
      "--no-policy-reports",
      "leave the policies as they are: do not report what browsers block by them",
    )
    .option("--no-live-reload", "with --watch: do not load pages in browsers again")
    .option("--no-overlay", "show CloudFront's error page in place of why a function failed")
    .option("--open", "open the site in the browser", false)
    .option("--inspector-port <number>", "port for the inspector; 0 takes a free one (8788)", port)
    .option("--no-inspector", "do without the inspector, the page that shows each request's way")
    .option(
      "--inspect <address>",
      "[host:]port: open Node.js's debugger for the functions, which then have no timeout (127.0.0.1:9229)",
      parseDebuggerAddress,
    )
    .addOption(
      new Option("--isolation <kind>", "where functions run: in threads, or each in a process")
        .choices(["thread", "process"])
        .default("thread"),
    )
    .option("--strict", "exit with status 1 when a function failed", false)
    .addOption(
      new Option("--log <format>", "what is written to stdout")
        .choices(["pretty", "json"])
        .default("pretty"),
    )
    .version(packageJson.version)
    .action(async (assembly: string, options: Omit<CommandOptions, "assembly">) => {
      await withFacts(() => run({ ...options, assembly }));
    });
}
