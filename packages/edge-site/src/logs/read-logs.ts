import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { awsErrorName, isRegionRefused } from "../aws/aws-error.ts";
import { describeRefusal, edgeRegions } from "../aws/edge-regions.ts";
import { edgeLogGroup, scriptLogGroup, validationLogGroup } from "../aws/edge-log-group.ts";
import { stackRegion } from "../aws/aws-clients.ts";
import {
  type LogLine,
  type LogMessage,
  readCloudFrontMessage,
  readLambdaMessage,
  readValidationMessage,
} from "./log-line.ts";
import type { LoggedFunction } from "./logged-function.ts";
import { mappedStack } from "./mapped-stack.ts";

/** What has written, and where. */
export interface LoggedSite {
  /** What follows the names of its functions, as in ` (canary)`. */
  readonly suffix: string;
  readonly stackName: string;
  readonly distributionIds: readonly string[];
  readonly functions: readonly LoggedFunction[];
}

/** Of what lines are read. */
export interface LogQuery {
  readonly sites: readonly LoggedSite[];
  /** Milliseconds since 1970, the first one included and the other one not. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Lines of all regions by their time, and what could not be read. */
export interface ReadLogs {
  readonly lines: readonly LogLine[];
  /** As in `sa-east-1 (AccessDenied)`, each once. */
  readonly refused: readonly string[];
}

/** Where lines are. */
interface LogSource {
  readonly region: string;
  readonly group: string;
  /** @param stream by its name */
  lineOf(message: string, stream: string): WrittenLine | undefined;
}

type WrittenLine = LogMessage & Pick<LogLine, "functionName">;

/**
 * Reads the lines of functions on both engines, in all regions at once: a function on Lambda@Edge writes where it runs
 * (LE-F-08), as CloudFront does of its responses that are not valid (LE-F-20), a CloudFront Function in us-east-1.
 *
 * @throws what AWS says where it lets us into no region
 */
export async function readLogs(
  query: LogQuery,
  clientOf: (region: string) => CloudWatchLogsClient,
): Promise<ReadLogs> {
  const refusals = new Map<string, unknown>();
  const sources = query.sites.flatMap(sourcesOf);
  const read = await Promise.all(
    sources.map(async (source) => {
      try {
        return await linesOf(source, query, clientOf(source.region));
      } catch (error) {
        // Where no viewer was near, there is no group.
        if (awsErrorName(error) === "ResourceNotFoundException") return [];
        if (!isRegionRefused(error)) throw error;
        refusals.set(source.region, error);
        return [];
      }
    }),
  );
  const [[, refusal] = []] = refusals;
  if (refusal !== undefined && sources.every(({ region }) => refusals.has(region))) throw refusal;
  return {
    lines: read.flat().toSorted((one, other) => one.timeMs - other.timeMs),
    refused: [...refusals].map(([region, error]) => describeRefusal(region, error)).toSorted(),
  };
}

function sourcesOf(site: LoggedSite): readonly LogSource[] {
  const { stackName, distributionIds } = site;
  const functions = site.functions.map((each) => ({ ...each, name: `${each.name}${site.suffix}` }));
  const lambdas = functions.filter(({ engine }) => engine === "lambda-edge");
  const scripts = functions.filter(({ engine }) => engine === "cloudfront-function");
  return [
    ...(lambdas.length === 0 ? [] : edgeRegions).flatMap((region) => [
      {
        region,
        group: edgeLogGroup(stackName),
        lineOf: (message: string, stream: string) => lambdaLine(message, stream, lambdas),
      },
      ...distributionIds.map((id) => validationSource(region, validationLogGroup(id), lambdas)),
    ]),
    ...scripts.map(({ physicalName, name }) => ({
      region: stackRegion,
      group: scriptLogGroup(physicalName),
      lineOf: (message: string) => {
        const said = readCloudFrontMessage(message);
        return said && { ...said, functionName: name };
      },
    })),
  ];
}

/** The stream begins with the day, and goes on with the name: a replica's is that of its region and the function's. */
function lambdaLine(
  message: string,
  stream: string,
  lambdas: readonly LoggedFunction[],
): WrittenLine | undefined {
  const [, physicalName = ""] = /\/(?:us-east-1\.)?([\w-]+)\[/.exec(stream) ?? [];
  const own = lambdas.find((each) => each.physicalName === physicalName);
  const said = own && readLambdaMessage(message);
  return (
    said && { ...said, stack: mappedStack(said.stack, own.sourceMapOf), functionName: own.name }
  );
}

/** An error names no function: the line by which CloudFront has invoked it for the same request does. */
function validationSource(
  region: string,
  group: string,
  lambdas: readonly LoggedFunction[],
): LogSource {
  const invoked = new Map<string, string>();
  return {
    region,
    group,
    lineOf: (message) => {
      const { requestId = "", invokedName, error } = readValidationMessage(message) ?? {};
      if (invokedName !== undefined) invoked.set(requestId, invokedName);
      const physicalName = invoked.get(requestId);
      // Where that line is older than what is read, it may be any.
      const may = lambdas.filter((each) => [each.physicalName, undefined].includes(physicalName));
      if (error === undefined || may.length === 0) return undefined;
      return { ...error, functionName: may.map(({ name }) => name).join(" or ") };
    },
  };
}

async function linesOf(
  { region, group, lineOf }: LogSource,
  { fromMs, untilMs }: LogQuery,
  client: CloudWatchLogsClient,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        startTime: fromMs,
        endTime: untilMs,
        ...(nextToken !== undefined && { nextToken }),
      }),
    );
    for (const { eventId = "", timestamp = 0, message = "", logStreamName = "" } of page.events ??
      []) {
      const line = lineOf(message, logStreamName);
      if (line !== undefined) lines.push({ eventId, ...line, timeMs: timestamp, region });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}
