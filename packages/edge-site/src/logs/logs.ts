import { setTimeout as delay } from "node:timers/promises";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { JsonObject } from "cloud-assembly";
import { didYouMean } from "option-checks";
import { clientOptions } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { deployedTemplate } from "../aws/deployed-stack.ts";
import { deployedSite } from "../aws/deployed-site.ts";
import { functionResources } from "../aws/function-resources.ts";
import { physicalIds, type StackResource, stackResources } from "../aws/stack-resources.ts";
import { canaryStackName, isCanary } from "../canary/deployed-canary.ts";
import { clock } from "../clock.ts";
import type { StageOptions } from "../config/stage-of.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { type LoggedFunction, loggedFunction } from "./logged-function.ts";
import type { LogLine } from "./log-line.ts";
import { type LoggedSite, type ReadLogs, readLogs } from "./read-logs.ts";

/** Which lines are printed, and how. */
export interface LogsOptions extends StageOptions {
  /** The package of the functions. @default - all */
  readonly functionName?: string | undefined;
  readonly sinceMs: number;
  readonly follow: boolean;
  /** Whether errors alone are printed. */
  readonly errors: boolean;
  /** Whether each line is an object of JSON. */
  readonly json: boolean;
}

/** How often lines are asked for that have come meanwhile. */
const pollMs = 3000;
/** CloudWatch shows lines of one stream late: what is younger is read again. */
const settledMs = 60_000;

/**
 * Prints what the deployed functions of a stage have written, of all regions, by time.
 *
 * @throws {EdgeSiteError} `UNKNOWN_STAGE`, `NOT_DEPLOYED`, `INVALID_ARGUMENT` or what AWS refuses
 */
export async function logs(options: LogsOptions): Promise<void> {
  const sites = await loggedSites(options);
  const clientOf = clientsByRegion();
  const firstMs = clock.now();
  let fromMs = firstMs - options.sinceMs;
  let untilMs = firstMs;
  const { lines, refused } = await read({ sites, fromMs, untilMs }, clientOf);
  if (refused.length > 0) process.stderr.write(`Not read: ${refused.join(", ")}.\n`);
  print(lines, options);
  if (!options.follow) return;
  let printed = new Map(lines.map(({ eventId, timeMs }) => [eventId, timeMs]));
  for (;;) {
    fromMs = Math.max(fromMs, untilMs - settledMs);
    await delay(pollMs);
    const untilNowMs = clock.now();
    const found = await readAgain({ sites, fromMs, untilMs: untilNowMs }, clientOf);
    if (found === undefined) continue;
    untilMs = untilNowMs;
    const added = found.lines.filter(({ eventId }) => !printed.has(eventId));
    print(added, options);
    const known = [...printed].filter(([, timeMs]) => timeMs >= fromMs);
    printed = new Map([
      ...known,
      ...added.map(({ eventId, timeMs }) => [eventId, timeMs] as const),
    ]);
  }
}

type Query = Parameters<typeof readLogs>[0];
type ClientOf = Parameters<typeof readLogs>[1];

function read(query: Query, clientOf: ClientOf): Promise<ReadLogs> {
  return readLogs(query, clientOf).catch((cause: unknown) => {
    throw awsFailure("The logs cannot be read", cause);
  });
}

/** A network that is gone for a while ends nothing: what has come meanwhile is read with the next time. */
async function readAgain(query: Query, clientOf: ClientOf): Promise<ReadLogs | undefined> {
  try {
    return await read(query, clientOf);
  } catch (error) {
    if (!(error instanceof EdgeSiteError) || error.code !== "AWS_FAILED") throw error;
    process.stderr.write(`${error.message} Trying again.\n`);
    return undefined;
  }
}

function print(lines: readonly LogLine[], { errors, json }: LogsOptions): void {
  for (const line of lines) {
    if (errors && line.level !== "ERROR") continue;
    process.stdout.write(`${json ? JSON.stringify(line) : describeLine(line)}\n`);
  }
}

/** Returns a line as a person reads it, with its stack beneath. */
function describeLine(line: LogLine): string {
  const { timeMs, region, functionName, level, text, stack } = line;
  const head = [new Date(timeMs).toISOString(), region, functionName, level, text];
  return [head.join("  "), ...stack.map((each) => `    ${each}`)].join("\n");
}

function clientsByRegion(): ClientOf {
  const clients = new Map<string, CloudWatchLogsClient>();
  return (region) => {
    const known = clients.get(region) ?? new CloudWatchLogsClient({ ...clientOptions, region });
    clients.set(region, known);
    return known;
  };
}

/** Those of the stage, and of its canary where there is one. */
async function loggedSites({
  functionName,
  ...options
}: LogsOptions): Promise<readonly LoggedSite[]> {
  const { configFile } = options;
  const site = await deployedSite(options);
  const { cloudFormation } = site.clients;
  const { stackName } = site.stage;
  const canaryName = canaryStackName(stackName);
  const canary = await deployedTemplate(cloudFormation, canaryName);
  const sites = [
    loggedSite({ suffix: "", stackName, ...site }, configFile),
    ...(canary === undefined || !isCanary(canary)
      ? []
      : [
          loggedSite(
            {
              suffix: " (canary)",
              stackName: canaryName,
              template: canary,
              resources: await stackResources(cloudFormation, canaryName),
            },
            configFile,
          ),
        ]),
  ];
  const all = sites.flatMap(({ functions }) => functions);
  const isAsked = ({ name }: LoggedFunction) =>
    functionName === undefined || name.split(" + ").includes(functionName);
  if (functionName === undefined || all.some(isAsked)) {
    return sites.map((each) => ({ ...each, functions: each.functions.filter(isAsked) }));
  }
  const names = [...new Set(all.flatMap(({ name }) => name.split(" + ")))];
  throw new EdgeSiteError(
    "INVALID_ARGUMENT",
    `--function names no function of stack ${stackName}: got ${JSON.stringify(functionName)}. ${didYouMean(functionName, names)}`,
  );
}

interface DeployedFunctions extends Pick<LoggedSite, "suffix" | "stackName"> {
  readonly template: JsonObject;
  readonly resources: readonly StackResource[];
}

function loggedSite(
  { suffix, stackName, template, resources }: DeployedFunctions,
  configFile: string,
): LoggedSite {
  return {
    suffix,
    stackName,
    distributionIds: physicalIds(resources, "AWS::CloudFront::Distribution"),
    functions: functionResources(template, resources).map((each) =>
      loggedFunction(each, configFile),
    ),
  };
}
