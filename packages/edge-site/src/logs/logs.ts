import { setTimeout as delay } from "node:timers/promises";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { didYouMean } from "option-checks";
import { awsClients, clientOptions } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { deployedSite } from "../aws/deployed-site.ts";
import { functionResources } from "../aws/function-resources.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { type LoggedFunction, loggedFunction } from "./logged-function.ts";
import { describeLine } from "./describe-line.ts";
import { readLogs } from "./read-logs.ts";

/** Which lines are printed, and how. */
export interface LogsOptions {
  readonly configFile: string;
  readonly stage?: string | undefined;
  /** The package of the functions. @default - all */
  readonly functionName?: string | undefined;
  readonly sinceMs: number;
  readonly follow: boolean;
  /** Whether errors alone are printed. */
  readonly errors: boolean;
  /** Whether each line is an object of JSON. */
  readonly json: boolean;
}

/** The clock of the machine. */
const clock: { now(): number } = Date;
/** How often lines are asked for that have come meanwhile. */
const pollMs = 3000;
/** CloudWatch shows lines of one stream late: what is younger is read again. */
const settledMs = 15_000;

/**
 * Prints what the deployed functions of a stage have written, of all regions, by time.
 *
 * @throws {EdgeSiteError} `UNKNOWN_STAGE`, `NOT_DEPLOYED`, `INVALID_ARGUMENT` or what AWS refuses
 */
export async function logs(options: LogsOptions): Promise<void> {
  const { stackName, functions } = await loggedFunctions(options);
  const clients = new Map<string, CloudWatchLogsClient>();
  const clientOf = (region: string): CloudWatchLogsClient => {
    const known = clients.get(region) ?? new CloudWatchLogsClient({ ...clientOptions, region });
    clients.set(region, known);
    return known;
  };
  const printed = new Set<string>();
  let fromMs = clock.now() - options.sinceMs;
  for (;;) {
    const untilMs = clock.now();
    const { lines, refused } = await readLogs(
      { stackName, functions, fromMs, untilMs },
      clientOf,
    ).catch((cause: unknown) => {
      throw awsFailure("The logs cannot be read", cause);
    });
    for (const line of lines) {
      const text = options.json ? JSON.stringify(line) : describeLine(line);
      if (printed.has(text) || (options.errors && line.level !== "ERROR")) continue;
      if (options.follow) printed.add(text);
      process.stdout.write(`${text}\n`);
    }
    if (refused.length > 0 && printed.size === 0) {
      process.stderr.write(`Not read: ${refused.join(", ")}.\n`);
    }
    if (!options.follow) return;
    fromMs = Math.max(fromMs, untilMs - settledMs);
    await delay(pollMs);
  }
}

async function loggedFunctions({
  configFile,
  stage: stageName,
  functionName,
}: LogsOptions): Promise<{
  readonly stackName: string;
  readonly functions: readonly LoggedFunction[];
}> {
  const { stage, template, resources } = await deployedSite(configFile, stageName, awsClients());
  const { stackName } = stage;
  const all = functionResources(template, resources).map((each) =>
    loggedFunction(each, configFile),
  );
  const functions = all.filter(
    (each) => functionName === undefined || each.name.split(" + ").includes(functionName),
  );
  if (functions.length > 0 || functionName === undefined) return { stackName, functions };
  const names = [...new Set(all.flatMap((each) => each.name.split(" + ")))];
  throw new EdgeSiteError(
    "INVALID_ARGUMENT",
    `--function names no function of stack ${stackName}: got ${JSON.stringify(functionName)}. ${didYouMean(functionName, names)}`,
  );
}
