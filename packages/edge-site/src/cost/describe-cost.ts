import { cloudFrontPrices, formatDollars } from "cf-rules";
import type { EdgeEngine } from "cf-types";
import type { FunctionCost, SiteCost } from "./site-cost.ts";
import type { TrafficConfig } from "./traffic-config.ts";

const engineNames: Readonly<Record<EdgeEngine, string>> = {
  "cloudfront-function": "as a CloudFront Function",
  "lambda-edge": "on Lambda@Edge",
};

/** Returns a table of what a million requests cost, and what that assumes. */
export function describeCost(cost: SiteCost, traffic: Required<TrafficConfig>): string {
  const rows = [
    ["1,000,000", "HTTPS requests", formatDollars(cost.requests), ""],
    ...cost.functions.map((each) => [
      Math.round(each.invocations).toLocaleString("en-US"),
      `${each.name} at ${each.eventType} ${engineNames[each.engine]}`,
      formatDollars(each.costs[each.engine] ?? 0),
      [`(${each.reason}`, ...readingCost(each), ...other(each)].join("; ").concat(")"),
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const [count = 0, name = 0, price = 0] = widths;
  const lines = rows.map(([a = "", b = "", c = "", d = ""]) =>
    `  ${a.padStart(count)}  ${b.padEnd(name)}  ${c.padStart(price)}  ${d}`.trimEnd(),
  );
  const { hitRatio, documentShare, lambdaMilliseconds } = traffic;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return [
    `A million requests cost about ${formatDollars(cost.total)}, without data transfer and free tier (list prices of ${cloudFrontPrices.asOf}):`,
    ...lines,
    `  Assumed: ${percent(hitRatio)} from the cache, ${percent(documentShare)} for documents, ${lambdaMilliseconds} ms on Lambda@Edge. Set traffic in edge.config.ts to what your site has.`,
  ].join("\n");
}

function readingCost({ storeReads, invocations }: FunctionCost): readonly string[] {
  if (storeReads === 0) return [];
  const reads = (invocations / 1_000_000) * storeReads;
  const cost = reads * cloudFrontPrices.perMillionKeyValueStoreReads;
  return [`of it ${formatDollars(cost)} for reading its key value store`];
}

function other({ engine, costs }: FunctionCost): readonly string[] {
  const otherEngine = engine === "lambda-edge" ? "cloudfront-function" : "lambda-edge";
  const cost = costs[otherEngine];
  return cost === undefined ? [] : [`${engineNames[otherEngine]} ${formatDollars(cost)}`];
}
