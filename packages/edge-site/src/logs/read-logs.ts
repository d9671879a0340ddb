import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { awsErrorName, isRegionRefused } from "../aws/aws-error.ts";
import { edgeLogGroup, scriptLogGroup } from "../aws/edge-log-group.ts";
import { stackRegion } from "../aws/aws-clients.ts";
import { edgeRegions } from "../deploy/log-retention.ts";
import { type LogLine, readCloudFrontMessage, readLambdaMessage } from "./log-line.ts";
import type { LoggedFunction } from "./logged-function.ts";
import { mappedStack } from "./mapped-stack.ts";

/** Of what lines are read. */
export interface LogQuery {
  readonly stackName: string;
  readonly functions: readonly LoggedFunction[];
  /** Milliseconds since 1970, the first one included and the other one not. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Lines of all regions by their time, and what could not be read. */
export interface ReadLogs {
  readonly lines: readonly LogLine[];
  /** As in `sa-east-1 (AccessDenied)`. */
  readonly refused: readonly string[];
}

/** Where lines are. */
interface LogSource {
  readonly region: string;
  readonly group: string;
  lineOf(message: string, stream: string): Omit<LogLine, "timeMs" | "region"> | undefined;
}

/**
 * Reads the lines of functions on both engines, in all regions at once: a function on Lambda@Edge writes where it runs
 * (LE-F-08), a CloudFront Function in us-east-1.
 */
export async function readLogs(
  query: LogQuery,
  clientOf: (region: string) => CloudWatchLogsClient,
): Promise<ReadLogs> {
  const read = await Promise.all(
    sourcesOf(query).map(async (source): Promise<ReadLogs> => {
      try {
        return { lines: await linesOf(source, query, clientOf(source.region)), refused: [] };
      } catch (error) {
        const name = awsErrorName(error);
        // Where no viewer was near, there is no group.
        if (name === "ResourceNotFoundException") return { lines: [], refused: [] };
        if (!isRegionRefused(error)) throw error;
        return { lines: [], refused: [`${source.region} (${name})`] };
      }
    }),
  );
  return {
    lines: read.flatMap(({ lines }) => lines).toSorted((one, other) => one.timeMs - other.timeMs),
    refused: read.flatMap(({ refused }) => refused),
  };
}

function sourcesOf({ stackName, functions }: LogQuery): readonly LogSource[] {
  const lambdas = functions.filter(({ engine }) => engine === "lambda-edge");
  const scripts = functions.filter(({ engine }) => engine === "cloudfront-function");
  const group = edgeLogGroup(stackName);
  return [
    ...(lambdas.length === 0 ? [] : edgeRegions).map((region) => ({
      region,
      group,
      lineOf: (message: string, stream: string) => lambdaLine(message, stream, lambdas),
    })),
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
): ReturnType<LogSource["lineOf"]> {
  const [, physicalName = ""] = /\/(?:us-east-1\.)?([\w-]+)\[/.exec(stream) ?? [];
  const own = lambdas.find((each) => each.physicalName === physicalName);
  const said = own && readLambdaMessage(message);
  return (
    said && { ...said, stack: mappedStack(said.stack, own.sourceMapOf), functionName: own.name }
  );
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
    for (const { timestamp = 0, message = "", logStreamName = "" } of page.events ?? []) {
      const line = lineOf(message, logStreamName);
      if (line !== undefined) lines.push({ ...line, timeMs: timestamp, region });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}
