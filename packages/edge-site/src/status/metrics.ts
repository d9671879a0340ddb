import { type CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: "AWS/CloudFront" | "AWS/Lambda";
  readonly name: string;
  readonly statistic: "Sum" | "Average";
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Values by the beginning of their period, in milliseconds since 1970; none where nothing was measured. */
export type MetricValues = ReadonlyMap<number, number>;

/** Milliseconds since 1970, the first one included and the other one not. */
export interface TimeRange {
  readonly fromMs: number;
  readonly untilMs: number;
}

const secondsOfDay = 86_400;
/** In one request. */
const maxMetrics = 500;

/**
 * Reads metrics of one region, in their order: by the hour, and by five minutes where a day or less is asked for.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export async function readMetrics(
  cloudWatch: CloudWatchClient,
  metrics: readonly Metric[],
  { fromMs, untilMs }: TimeRange,
): Promise<readonly MetricValues[]> {
  const Period = (untilMs - fromMs) / 1000 > secondsOfDay ? 3600 : 300;
  const values = metrics.map(() => new Map<number, number>());
  for (let first = 0; first < metrics.length; first += maxMetrics) {
    const MetricDataQueries = metrics
      .slice(first, first + maxMetrics)
      .map(({ namespace: Namespace, name: MetricName, statistic: Stat, dimensions }, index) => {
        const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
        const Metric = { Namespace, MetricName, Dimensions };
        return { Id: `m${first + index}`, MetricStat: { Metric, Period, Stat } };
      });
    let NextToken: string | undefined;
    do {
      const page = await cloudWatch.send(
        new GetMetricDataCommand({
          MetricDataQueries,
          StartTime: new Date(fromMs),
          EndTime: new Date(untilMs),
          ...(NextToken !== undefined && { NextToken }),
        }),
      );
      for (const { Id = "", Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
        const own = values[Number(Id.slice(1))];
        Timestamps.forEach((time, index) => own?.set(time.getTime(), Values[index] ?? 0));
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return values;
}

/** Returns the sum of what was counted. */
export function sumOf(values: MetricValues): number {
  return [...values.values()].reduce((sum, value) => sum + value, 0);
}

/** Returns the mean of an average, each period weighing as much as was counted in it; undefined where nothing was. */
export function meanOf(averages: MetricValues, counts: MetricValues): number | undefined {
  let weighted = 0;
  let weight = 0;
  for (const [time, average] of averages) {
    const count = counts.get(time) ?? 0;
    weighted += average * count;
    weight += count;
  }
  return weight === 0 ? undefined : weighted / weight;
}
