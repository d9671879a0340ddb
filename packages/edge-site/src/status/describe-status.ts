import { cloudFrontPrices, formatDollars } from "cf-rules";
import type { FunctionStatus, SiteStatus } from "./site-status.ts";

const whole = (count: number): string => Math.round(count).toLocaleString("en-US");
const percent = (value: number | undefined): string =>
  value === undefined ? "–" : `${value.toLocaleString("en-US", { maximumFractionDigits: 2 })} %`;

/** Returns what is deployed and what it has done as a person reads it. */
export function describeStatus(status: SiteStatus): string {
  const { stage, stackName, stackStatus, changedAt, url, traffic, functions, notRead } = status;
  const { clientErrorPercent, serverErrorPercent, cacheHitPercent, requests } = traffic;
  const hitRate =
    cacheHitPercent === undefined
      ? "hit rate not measured"
      : `${percent(cacheHitPercent)} from the cache`;
  return [
    `${url}`,
    `Stage ${stage}: stack ${stackName} is ${stackStatus} since ${changedAt}, distribution ${status.distributionId} is ${status.distributionStatus}.`,
    ...(status.release === undefined ? [] : [`Release ${status.release} is live.`]),
    "",
    `In the last ${describeHours(status)}: ${[
      `${whole(requests)} requests`,
      `${whole(traffic.bytesToViewers / 1_000_000)} MB to viewers`,
      `4xx ${percent(clientErrorPercent)}`,
      `5xx ${percent(serverErrorPercent)}`,
      requests === 0 ? undefined : hitRate,
    ]
      .filter((each) => each !== undefined)
      .join(", ")}.`,
    `Requests and functions have cost about ${formatDollars(status.cost)}, and ${formatDollars(status.costThisMonth)} since the month began (UTC), without data transfer and free tier (list prices of ${cloudFrontPrices.asOf}).`,
    "",
    ...describeFunctions(functions),
    ...(requests > 0 && cacheHitPercent === undefined
      ? [
          "",
          "CloudFront measures the hit rate with additionalMetrics: true of the stage in edge.config.ts.",
        ]
      : []),
    ...(notRead.length > 0 ? ["", `Without the metrics of ${notRead.join(", ")}.`] : []),
  ].join("\n");
}

function describeHours({ fromMs, untilMs }: SiteStatus): string {
  const hours = (untilMs - fromMs) / 3_600_000;
  return hours >= 1 ? `${whole(hours)} h` : `${whole(hours * 60)} min`;
}

function describeFunctions(functions: readonly FunctionStatus[]): readonly string[] {
  if (functions.length === 0) return ["No functions."];
  const rows = [
    ["", "runs at", "of", "on", "code", "invocations", "errors", "throttles", "takes", "costs"],
    ...functions.map(rowOf),
  ];
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => (at < 4 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function rowOf(status: FunctionStatus): string[] {
  const { name, eventTypes, pathPatterns, version, codeBytes, invocations, errors, throttles } =
    status;
  const { meanDurationMs, utilizationPercent } = status;
  const milliseconds = meanDurationMs === undefined ? "–" : `${meanDurationMs.toFixed(1)} ms`;
  return [
    name,
    eventTypes.join(", "),
    pathPatterns.join(", "),
    version === undefined ? "CloudFront Functions" : `Lambda@Edge, version ${version}`,
    `${whole(codeBytes)} B`,
    whole(invocations),
    whole(errors),
    whole(throttles),
    version === undefined ? percent(utilizationPercent) : milliseconds,
    formatDollars(status.cost),
  ];
}
