import { functionPackages } from "../distribution/function-name.ts";
import { isCloudFrontFunctionRun } from "../edge-location/function-log.ts";
import type { FunctionStepRecord } from "../edge-location/request-record.ts";
import { count, emptyFrequent, type Frequent } from "./frequent.ts";
import type { Masking } from "./masking.ts";
import type { ReplayedRequest } from "./replayed-request.ts";

/** Requests by what the cache made of them. Those that ask for no cacheable response count as neither. */
export interface CacheCounts {
  hits: number;
  misses: number;
}

/** What one distribution made of the requests so far. Plain data, which a state file can hold. */
export interface SideTally {
  requests: number;
  readonly statuses: Map<number, number>;
  readonly resultTypes: Map<string, number>;
  readonly cache: CacheCounts;
  originRequests: number;
  originBytes: number;
  /** Responses of origins for which 200 was assumed. */
  unknownResponses: number;
  /** What CloudFront refused, by the reason. */
  readonly refusals: Frequent;
  /** By event type and function. */
  readonly functions: Map<string, FunctionTally>;
}

/** What one function did at one event type. */
export interface FunctionTally {
  readonly eventType: string;
  readonly name: string;
  readonly engine: "lambda-edge" | "cloudfront-function";
  /** 0 for CloudFront Functions. */
  readonly memoryMb: number;
  invocations: number;
  storeReads: number;
  /** By fact, sentence and path. */
  readonly failures: Frequent;
}

export function emptySideTally(): SideTally {
  return {
    requests: 0,
    statuses: new Map(),
    resultTypes: new Map(),
    cache: { hits: 0, misses: 0 },
    originRequests: 0,
    originBytes: 0,
    unknownResponses: 0,
    refusals: emptyFrequent(),
    functions: new Map(),
  };
}

/** Counts a request in, as often as its weight says. */
export function tally(
  side: SideTally,
  method: string,
  replayed: ReplayedRequest,
  weight: number,
  masking: Masking,
): void {
  side.requests += weight;
  add(side.statuses, replayed.status, weight);
  add(side.resultTypes, replayed.resultType, weight);
  countCache(side.cache, method, replayed.resultType, weight);
  side.originRequests += replayed.originRequests * weight;
  side.originBytes += replayed.originBytes * weight;
  side.unknownResponses += replayed.unknownResponses * weight;
  if (replayed.refusal !== undefined) count(side.refusals, masking.text(replayed.refusal), weight);
  for (const step of replayed.functions) tallyFunction(side, step, weight, masking);
}

/** Of GET and HEAD alone: other methods, redirects, errors and generated responses say nothing of a cache. */
export function countCache(
  cache: CacheCounts,
  method: string,
  resultType: string | undefined,
  weight: number,
): void {
  if (method !== "GET" && method !== "HEAD") return;
  if (resultType === "Hit" || resultType === "RefreshHit") cache.hits += weight;
  if (resultType === "Miss" || resultType === "OriginShieldHit") cache.misses += weight;
}

export function add<Key>(counts: Map<Key, number>, key: Key, weight: number): void {
  counts.set(key, (counts.get(key) ?? 0) + weight);
}

function tallyFunction(
  { functions }: SideTally,
  { step: eventType, run, failure, before }: FunctionStepRecord,
  weight: number,
  masking: Masking,
): void {
  const { edgeFunction } = run.association;
  const name = functionPackages(edgeFunction);
  const id = `${eventType} ${name}`;
  const known = functions.get(id) ?? {
    eventType,
    name,
    engine: isCloudFrontFunctionRun(run) ? "cloudfront-function" : "lambda-edge",
    memoryMb: "memoryMb" in edgeFunction ? edgeFunction.memoryMb : 0,
    invocations: 0,
    storeReads: 0,
    failures: emptyFrequent(),
  };
  functions.set(id, known);
  known.invocations += weight;
  if (isCloudFrontFunctionRun(run)) known.storeReads += run.keyValueStoreReads.length * weight;
  if (failure === undefined) return;
  const path = before.kind === "request" ? ` ${masking.text(before.uri)}` : "";
  count(known.failures, `${failure.factId}${path}: ${masking.text(failure.detail)}`, weight);
}
