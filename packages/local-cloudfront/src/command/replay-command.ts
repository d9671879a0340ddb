import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "cf-command-line";
import { findLogFiles, type LogFile, type LogStore } from "../access-log/find-log-files.ts";
import { systemClock } from "../clock.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { athenaStatement, monthBefore } from "../replay/athena-statement.ts";
import { describeReport } from "../replay/describe-report.ts";
import { htmlReport } from "../replay/html-report.ts";
import type { ReplayReport } from "../replay/replay-report.ts";
import { emptyTables, type ReplayTables } from "../replay/replay-tables.ts";
import { runReplay } from "../start/run-replay.ts";
import { boundHeap } from "./bound-heap.ts";
import {
  addDistributionOptions,
  libraryOptions,
  type DistributionOptions,
} from "./distribution-options.ts";
import { ReplayProgress } from "./replay-progress.ts";
import { ReplayStateFile } from "./replay-state.ts";
import { withFacts } from "./with-facts.ts";
import packageJson from "../../package.json" with { type: "json" };

interface ReplayCommandOptions extends DistributionOptions {
  readonly assembly: string;
  readonly against?: string;
  readonly sample: number;
  readonly lambdaMs: number;
  readonly unmasked: boolean;
  readonly json: boolean;
  readonly html?: string;
  readonly state?: string;
  /** A table of standard logs. */
  readonly printAthena?: string;
}

/** As a shell has it for what SIGINT has ended. */
const interruptedStatus = 130;

/**
 * Adds the command that replays access logs through one or two distributions. It writes its report to stdout, and how
 * far it is to a terminal on stderr.
 *
 * @param fail gets the exit status of a replay that was interrupted
 * @param store of what is named by URLs
 */
export function addReplayCommand(
  command: Command,
  fail: (status: number) => void,
  store: LogStore | undefined,
): void {
  const replayCommand = command
    .command("replay")
    .description(
      "Replays CloudFront's access logs through a distribution, and says what another would do otherwise.",
    )
    .argument(
      "[logs...]",
      `files and folders of standard access logs, compressed with gzip or not${store === undefined ? "" : "; or s3://bucket/prefix (the site's own of the last day)"}`,
    )
    .option("--assembly <path>", "A: the distribution as it is", "cdk.out")
    .option("--against <path>", "B: the distribution as it would be");
  addDistributionOptions(replayCommand)
    .option(
      "--sample <share>",
      "replay a share of the paths, as in 0.1, 10% or 1/10",
      sampleShare,
      1,
    )
    .option("--lambda-ms <number>", "what an invocation on Lambda@Edge takes", milliseconds, 3)
    .option("--unmasked", "show addresses, and the values of query strings and cookies", false)
    .option("--json", "write the report as JSON", false)
    .option("--html <file>", "write the report as one page, too")
    .option("--state <file>", "keep what was counted, and go on with it the next time")
    .option(
      "--print-athena <table>",
      "print the statement that condenses a month of standard logs in Amazon Athena",
    )
    .action((logs: string[], options: ReplayCommandOptions) =>
      withFacts(async () => {
        if (options.printAthena !== undefined) {
          const month = monthBefore(systemClock().now());
          process.stdout.write(athenaStatement(options.printAthena, month));
        } else if (!(await replay(logs, options, store))) fail(interruptedStatus);
      }),
    );
}

/** Returns whether it came to the end of the log. */
async function replay(
  logs: readonly string[],
  options: ReplayCommandOptions,
  store: LogStore | undefined,
): Promise<boolean> {
  const files = await findLogFiles(logs.length > 0 ? logs : await defaultLogs(store), store);
  const state = options.state === undefined ? undefined : new ReplayStateFile(options.state);
  const report = await replayFiles(files, options, state);
  const text = options.json ? JSON.stringify(report, undefined, 2) : describeReport(report);
  process.stdout.write(`${text}\n`);
  if (report.isInterrupted && state === undefined) {
    process.stderr.write("Pass --state FILE the next time to go on where it was interrupted.\n");
  }
  if (options.html !== undefined) writeReport(options.html, htmlReport(report));
  return !report.isInterrupted;
}

async function defaultLogs(store: LogStore | undefined): Promise<readonly string[]> {
  if (store !== undefined) return [await store.defaultUrl()];
  throw new LocalCloudFrontError("No access logs: pass files or folders.");
}

/** Shows how far it is, and keeps in `state` what it has counted. */
async function replayFiles(
  files: readonly LogFile[],
  options: ReplayCommandOptions,
  state: ReplayStateFile | undefined,
): Promise<ReplayReport> {
  const { assembly, against, sample, lambdaMs, unmasked } = options;
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
  boundHeap(30);
  const progress = new ReplayProgress(files, process.stderr);
  let tables: ReplayTables | undefined;
  try {
    const report = await runReplay({
      files,
      sides: [assembly, ...(against === undefined ? [] : [against])].map((path) => ({
        ...libraryOptions(options),
        assembly: path,
      })),
      sample,
      unmasked,
      lambdaMilliseconds: lambdaMs,
      signal: interruption.signal,
      tablesOf(distributions) {
        const logs = files.map(({ path, bytes }) => [path, bytes]);
        const counted = [logs, distributions, sample, unmasked, packageJson.version];
        tables = state?.read(counted) ?? emptyTables(distributions.length);
        return tables;
      },
      onRequest(read, replayed) {
        progress.show(read, replayed);
        if (tables !== undefined && replayed % 100 === 0) state?.writeFromTimeToTime(tables);
      },
    });
    refuseEmpty(report);
    return report;
  } finally {
    progress.clear();
    // What was counted is kept, too, where a store ended the replay.
    if (tables !== undefined && tables.replayed > 0) state?.write(tables);
  }
}

function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (cause) {
    throw new LocalCloudFrontError(
      `Report cannot be written: got --html ${JSON.stringify(file)}. Pass a file in a folder that exists.`,
      { cause },
    );
  }
}

function refuseEmpty({ isInterrupted, lines, brokenLines }: ReplayReport): void {
  if (lines.replayed > 0 || isInterrupted) return;
  const [first] = brokenLines;
  const why =
    first === undefined
      ? lines.unsampled > 0
        ? `the sample leaves out all ${lines.unsampled} requests. Pass a larger --sample`
        : "the files have no lines. Pass files of standard access logs"
      : `${first.file}:${first.line}: ${first.reason}. Pass standard access logs: tab-separated with #Fields:, or JSON`;
  throw new LocalCloudFrontError(`No request to replay: ${why}.`);
}

function sampleShare(value: string): number {
  const [, part, whole = value.endsWith("%") ? "100" : "1"] =
    /^([\d.]+)(?:%|\/([\d.]+))?$/.exec(value) ?? [];
  const share = Number(part) / Number(whole);
  if (!(share > 0 && share <= 1)) {
    throw new InvalidArgumentError("Pass a share above 0 and up to 1, as in 0.1, 10% or 1/10.");
  }
  return share;
}

function milliseconds(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 30_000)) {
    throw new InvalidArgumentError("Pass a number of milliseconds above 0 and up to 30000.");
  }
  return number;
}
