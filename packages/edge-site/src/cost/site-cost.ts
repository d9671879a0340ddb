import {
  cloudFrontFunctionInvocationCost,
  cloudFrontPrices as prices,
  lambdaEdgeInvocationCost,
} from "cf-rules";
import type { EdgeEngine } from "cf-types";
import type { DeployedFunction } from "../artefact/deployed-functions.ts";
import { defaultPathPattern } from "../artefact/placed-functions.ts";
import { describeMembers } from "../artefact/function-metadata.ts";
import type { TrafficConfig } from "./traffic-config.ts";

/** What a million requests cost, as an estimate: without data transfer, storage and free tier. */
export interface SiteCost {
  /** In US dollars. */
  readonly total: number;
  readonly requests: number;
  readonly functions: readonly FunctionCost[];
}

/** What one function costs at a million requests. */
export interface FunctionCost {
  /** Its packages, as in `spa-rewrite 0.1.0`. */
  readonly name: string;
  readonly eventType: string;
  readonly engine: EdgeEngine;
  /** Why it runs on that engine. */
  readonly reason: string;
  readonly invocations: number;
  /** How often an invocation reads the function's key value store, at most. */
  readonly storeReads: number;
  /** In US dollars, by engine; undefined where the function cannot run there. */
  readonly costs: Readonly<Record<EdgeEngine, number | undefined>>;
}

const million = 1_000_000;

/** Returns what a million requests cost with these functions. */
export function siteCost(
  functions: readonly DeployedFunction[],
  traffic: Required<TrafficConfig>,
): SiteCost {
  const costs = functions.map((each) => functionCost(each, traffic));
  const own = costs.map(({ engine, costs: byEngine }) => byEngine[engine] ?? 0);
  return {
    requests: prices.perMillionHttpsRequests,
    functions: costs,
    total: own.reduce((sum, each) => sum + each, prices.perMillionHttpsRequests),
  };
}

function functionCost(
  { asset, engine, eventType, members, pathPatterns }: DeployedFunction,
  { documentShare, hitRatio, lambdaMilliseconds }: Required<TrafficConfig>,
): FunctionCost {
  const share = pathPatterns
    .map((pattern) => (pattern === defaultPathPattern ? documentShare : 1 - documentShare))
    .reduce((sum, each) => sum + each, 0);
  const isOrigin = eventType.startsWith("origin-");
  const invocations = million * share * (isOrigin ? 1 - hitRatio : 1);
  const memoryMb = asset.engine === "lambda-edge" ? asset.manifest.memoryMb : 128;
  const perLambda = lambdaEdgeInvocationCost(memoryMb, lambdaMilliseconds);
  const storeReads = asset.engine === "cloudfront-function" ? asset.storeReads : 0;
  const perScript = cloudFrontFunctionInvocationCost(storeReads);
  const hasScript =
    !isOrigin &&
    members.every(
      ({ functionPackage: { cloudFrontFunction } }) =>
        cloudFrontFunction?.manifest.eventType === eventType,
    );
  const hasLambda = members.every(({ functionPackage }) => functionPackage.lambdaEdge);
  return {
    name: describeMembers(members),
    eventType,
    engine,
    reason: members[0]?.engineReason ?? "",
    invocations,
    storeReads,
    costs: {
      "lambda-edge": hasLambda ? invocations * perLambda : undefined,
      "cloudfront-function": hasScript ? invocations * perScript : undefined,
    },
  };
}
