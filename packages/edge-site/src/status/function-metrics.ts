import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { clientOptions, stackRegion } from "../aws/aws-clients.ts";
import { edgeRegions, inRegions } from "../aws/edge-regions.ts";
import type { FunctionResource } from "../aws/function-resources.ts";
import { meanOf, type Metric, readMetrics, sumOf, type TimeRange } from "./metrics.ts";

/** What functions have done in a time. */
export interface FunctionMetrics {
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  /** Of the time that a CloudFront Function may take, from 0 to 100. */
  readonly utilizationPercent?: number | undefined;
  /** On Lambda@Edge. */
  readonly meanDurationMs?: number | undefined;
}

/** Metrics by the function's logical id, and the regions that were not read. */
export interface ReadFunctionMetrics {
  readonly metrics: ReadonlyMap<string, FunctionMetrics>;
  /** As in `sa-east-1 (AccessDenied)`. */
  readonly refused: readonly string[];
}

/**
 * Reads what functions have done. Lambda@Edge measures in each region where it runs, a CloudFront Function in
 * us-east-1.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/monitoring-functions.html
 */
export async function readFunctionMetrics(
  functions: readonly FunctionResource[],
  range: TimeRange,
): Promise<ReadFunctionMetrics> {
  const lambdas = functions.filter(({ engine }) => engine === "lambda-edge");
  const scripts = functions.filter(({ engine }) => engine === "cloudfront-function");
  const [ofScripts, { results, refused }] = await Promise.all([
    scriptMetrics(scripts, range),
    inRegions(lambdas.length === 0 ? [] : edgeRegions, (region) =>
      lambdaMetrics(lambdas, region, range),
    ),
  ]);
  const ofLambdas = lambdas.map(({ logicalId }, index) => {
    const read = results.flatMap((each) => each[index] ?? []);
    const total = (key: keyof LambdaSums) => read.reduce((sum, each) => sum + each[key], 0);
    const invocations = total("invocations");
    const meanDurationMs = invocations === 0 ? undefined : total("durationMs") / invocations;
    const counts = { errors: total("errors"), throttles: total("throttles") };
    return [logicalId, { invocations, ...counts, meanDurationMs }] as const;
  });
  return { metrics: new Map([...ofLambdas, ...ofScripts]), refused };
}

interface LambdaSums {
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  readonly durationMs: number;
}

const lambdaNames = ["Invocations", "Errors", "Throttles", "Duration"];

/** In the order of the functions. */
async function lambdaMetrics(
  functions: readonly FunctionResource[],
  region: string,
  range: TimeRange,
): Promise<readonly LambdaSums[]> {
  const metrics = functions.flatMap(({ physicalName }) =>
    lambdaNames.flatMap((name) =>
      // A replica is named after the region of its function, and so may the function itself be.
      [`us-east-1.${physicalName}`, ...(region === stackRegion ? [physicalName] : [])].map(
        (FunctionName): Metric => ({
          namespace: "AWS/Lambda",
          name,
          statistic: "Sum",
          dimensions: { FunctionName },
        }),
      ),
    ),
  );
  const client = new CloudWatchClient({ ...clientOptions, region });
  const sums = (await readMetrics(client, metrics, range)).map(sumOf);
  const perName = region === stackRegion ? 2 : 1;
  const totals = lambdaNames.length * perName;
  return functions.map((_, index) => {
    const own = sums.slice(index * totals, (index + 1) * totals);
    const [invocations = 0, errors = 0, throttles = 0, durationMs = 0] = lambdaNames.map(
      (_name, at) =>
        own.slice(at * perName, (at + 1) * perName).reduce((sum, each) => sum + each, 0),
    );
    return { invocations, errors, throttles, durationMs };
  });
}

const scriptNames = [
  ["FunctionInvocations", "Sum"],
  ["FunctionExecutionErrors", "Sum"],
  ["FunctionValidationErrors", "Sum"],
  ["FunctionThrottles", "Sum"],
  ["FunctionComputeUtilization", "Average"],
] as const;

async function scriptMetrics(
  functions: readonly FunctionResource[],
  range: TimeRange,
): Promise<readonly (readonly [string, FunctionMetrics])[]> {
  const metrics = functions.flatMap(({ physicalName: FunctionName }) =>
    scriptNames.map(([name, statistic]): Metric => ({
      namespace: "AWS/CloudFront",
      name,
      statistic,
      dimensions: { FunctionName, Region: "Global" },
    })),
  );
  const client = new CloudWatchClient(clientOptions);
  const read = metrics.length === 0 ? [] : await readMetrics(client, metrics, range);
  return functions.map(({ logicalId }, index) => {
    const none = new Map<number, number>();
    const [runs = none, failed = none, invalid = none, throttled = none, used = none] = read.slice(
      index * scriptNames.length,
    );
    return [
      logicalId,
      {
        invocations: sumOf(runs),
        errors: sumOf(failed) + sumOf(invalid),
        throttles: sumOf(throttled),
        utilizationPercent: meanOf(used, runs),
      },
    ];
  });
}
