import { type AwsResponse, errorResponse, jsonResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";

/** What was measured at a time, in milliseconds since 1970. */
export interface TestMetricValue {
  readonly timeMs: number;
  readonly value: number;
}

/** Values by `region namespace/metric {"dimension":"value"}`, the dimensions in their order. */
export type TestMetrics = Map<string, readonly TestMetricValue[]>;

interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

/** CloudWatch has pages of a hundred thousand. */
const pageLength = 4;
const globalMetrics = "AWS/CloudFront";

/** Responds as CloudWatch does, region by region. CloudFront's metrics are in us-east-1 alone, with one statistic each. */
export function respondAsMetrics(
  request: AwsRequest,
  metrics: TestMetrics,
): AwsResponse | undefined {
  const { operation, region, json } = request;
  if (operation !== "GetMetricData") return undefined;
  const queries = json["MetricDataQueries"] as readonly MetricQuery[];
  const [from, until] = [Number(json["StartTime"]) * 1000, Number(json["EndTime"]) * 1000];
  const invalid = queries.find(({ Id, MetricStat: { Period } }) => {
    return !/^[a-z]\w*$/.test(Id) || !(Period > 0 && Period % 60 === 0);
  });
  if (queries.length > 500 || !(from < until) || invalid !== undefined) {
    return errorResponse(request, 400, "ValidationError", "The queries are invalid.");
  }
  const start = Number(json["NextToken"] ?? 0);
  const page = queries.slice(start, start + pageLength);
  const MetricDataResults = page.map(({ Id, MetricStat: { Metric, Period, Stat } }) => {
    const { Namespace, MetricName, Dimensions } = Metric;
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
    const statistic = /Rate$|Utilization$/.test(MetricName) ? "Average" : "Sum";
    const isMeasured = Namespace !== globalMetrics || Stat === statistic;
    const id = `${region} ${Namespace}/${MetricName} ${JSON.stringify(dimensions)}`;
    const values = (isMeasured ? (metrics.get(id) ?? []) : []).filter(
      ({ timeMs }) => timeMs >= from && timeMs < until,
    );
    const periods = Map.groupBy(values, ({ timeMs }) => Math.floor(timeMs / 1000 / Period));
    return {
      Id,
      Label: MetricName,
      Timestamps: [...periods.keys()].map((period) => period * Period),
      Values: [...periods.values()].map((each) => {
        const sum = each.reduce((total, { value }) => total + value, 0);
        return Stat === "Average" ? sum / each.length : sum;
      }),
      StatusCode: "Complete",
    };
  });
  const next = start + pageLength;
  return jsonResponse({
    MetricDataResults,
    ...(queries.length > next && { NextToken: String(next) }),
  });
}
