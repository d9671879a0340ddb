import {
  cloudFrontFunctionInvocationCost,
  cloudFrontPrices,
  lambdaEdgeInvocationCost,
} from "cf-rules";
import type { SideTally } from "./side-tally.ts";

/** What a month of 30 days costs, in US dollars, by list prices. */
export interface MonthCost {
  readonly total: number;
  readonly requests: number;
  readonly functions: readonly {
    readonly name: string;
    readonly eventType: string;
    readonly engine: "lambda-edge" | "cloudfront-function";
    readonly cost: number;
  }[];
}

/**
 * Returns what a month costs.
 *
 * @param share of a month that the requests are: 1 for a whole one
 * @param lambdaMilliseconds what an invocation on Lambda@Edge takes
 */
export function monthCost(
  { requests, functions }: SideTally,
  share: number,
  lambdaMilliseconds: number,
): MonthCost {
  const perMonth = share > 0 ? 1 / share : 0;
  const costs = [...functions.values()].map((each) => {
    const { name, eventType, engine, invocations, storeReads, memoryMb } = each;
    const perInvocation =
      engine === "lambda-edge"
        ? lambdaEdgeInvocationCost(memoryMb, lambdaMilliseconds)
        : cloudFrontFunctionInvocationCost(invocations === 0 ? 0 : storeReads / invocations);
    return { name, eventType, engine, cost: invocations * perInvocation * perMonth };
  });
  const forRequests = (requests / 1_000_000) * cloudFrontPrices.perMillionHttpsRequests * perMonth;
  return {
    requests: forRequests,
    functions: costs,
    total: costs.reduce((sum, { cost }) => sum + cost, forRequests),
  };
}
