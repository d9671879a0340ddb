import { cloudFrontPrices, formatDollars } from "cf-rules";
import type { Differences, Example } from "./differences.ts";
import { mostFrequent, type Frequent } from "./frequent.ts";
import { monthCost, type MonthCost } from "./month-cost.ts";
import type { ReadLog } from "./read-log.ts";
import type { ReplayTables, SideTables } from "./replay-tables.ts";
import type { CacheCounts } from "./side-tally.ts";

/** An example, and how many requests it stands for. */
export interface CountedExample extends Example {
  readonly requests: number;
}

/** What differs in one respect: how many requests, and the ten most frequent examples. */
export interface ReportedDifference {
  /** As in `status` or `header content-security-policy`. */
  readonly what: string;
  readonly requests: number;
  /** By path; of a header by its values, with the path of the first request. */
  readonly examples: readonly CountedExample[];
}

/** A sentence, and how many requests it is of. */
export interface CountedText {
  readonly text: string;
  readonly requests: number;
}

/** What one distribution makes of the log. */
export interface ReportedSide {
  readonly assembly: string;
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly resultTypes: Readonly<Record<string, number>>;
  /** From 0 to 1; undefined where nothing could be cached. */
  readonly hitRatio: number | undefined;
  /** Hit ratios of cache keys alone: as they are, and without each part, the costliest first. */
  readonly cacheKey: {
    readonly hitRatio: number | undefined;
    readonly without: readonly { readonly part: string; readonly hitRatio: number | undefined }[];
    /** Parts that were one too many to be examined. */
    readonly unexaminedParts: number;
  };
  readonly originRequests: number;
  readonly originBytes: number;
  readonly unknownResponses: number;
  /** Why CloudFront refused requests. */
  readonly refusals: readonly CountedText[];
  readonly functions: readonly {
    readonly name: string;
    readonly eventType: string;
    readonly engine: "lambda-edge" | "cloudfront-function";
    readonly invocations: number;
    readonly failures: number;
    readonly failureExamples: readonly CountedText[];
  }[];
  readonly monthCost: MonthCost;
}

/** What a replay has found out, as `--json` writes it. */
export interface ReplayReport {
  /** Whether it was ended before the log was. */
  readonly isInterrupted: boolean;
  readonly period: { readonly from: string; readonly to: string } | undefined;
  readonly lines: {
    readonly read: number;
    readonly replayed: number;
    readonly unsampled: number;
    readonly broken: number;
    readonly late: number;
  };
  readonly brokenLines: ReadLog["brokenLines"];
  readonly log: Pick<ReportedSide, "requests" | "statuses" | "resultTypes" | "hitRatio">;
  readonly a: ReportedSide;
  readonly b?: ReportedSide;
  /** Statuses of A that are not the log's. */
  readonly logDifferences: ReportedDifference;
  /** Between A and B, by what differs; absent where there is no B. */
  readonly differences?: readonly ReportedDifference[];
  readonly differingRequests?: number;
  readonly notInTheLog: readonly string[];
  readonly assumptions: readonly string[];
}

/** What a report is made of, beside the tables. */
export interface ReportOptions {
  /** The names of A, and of B where there is one. */
  readonly assemblies: readonly string[];
  readonly isInterrupted: boolean;
  readonly sample: number;
  readonly lambdaMilliseconds: number;
  /** Whether all that the log says was shown. */
  readonly unmasked: boolean;
}

const shownExamples = 10;
const monthMs = 30 * 86_400_000;

/** Returns the report of what was counted so far. */
export function replayReport(
  tables: ReplayTables,
  read: ReadLog,
  options: ReportOptions,
): ReplayReport {
  const { firstMs, lastMs, log, late, replayed } = tables;
  const period =
    firstMs === undefined || lastMs === undefined
      ? undefined
      : { from: new Date(firstMs).toISOString(), to: new Date(lastMs).toISOString() };
  const spanMs = Math.max((lastMs ?? 0) - (firstMs ?? 0), 1000);
  const share = (spanMs / monthMs) * options.sample;
  const [a, b] = tables.sides.map((side, index) =>
    reportedSide(side, options.assemblies[index] ?? "", share, options.lambdaMilliseconds),
  );
  if (a === undefined) throw new TypeError("A replay has at least one side.");
  return {
    isInterrupted: options.isInterrupted,
    period,
    lines: {
      read: read.lines,
      replayed,
      unsampled: read.unsampled,
      broken: read.broken,
      late,
    },
    brokenLines: read.brokenLines,
    log: {
      requests: log.requests,
      statuses: Object.fromEntries(log.statuses),
      resultTypes: Object.fromEntries(log.resultTypes),
      hitRatio: hitRatio(log.cache),
    },
    a,
    ...(b && { b }),
    logDifferences: reported("status", tables.logDifferences),
    ...(b && {
      differences: reportedDifferences(tables.differences),
      differingRequests: tables.differences.requests,
    }),
    notInTheLog,
    assumptions: assumptionsOf(spanMs, share, options),
  };
}

function reportedSide(
  { tally, keys }: SideTables,
  assembly: string,
  share: number,
  lambdaMilliseconds: number,
): ReportedSide {
  const { requests, statuses, resultTypes, cache } = tally;
  const { originRequests, originBytes, unknownResponses, refusals, functions } = tally;
  return {
    assembly,
    requests,
    statuses: Object.fromEntries(statuses),
    resultTypes: Object.fromEntries(resultTypes),
    hitRatio: hitRatio(cache),
    cacheKey: {
      hitRatio: hitRatio(keys.whole),
      without: keys.parts
        .toSorted((a, b) => b.counts.hits - a.counts.hits)
        .map(({ part, counts }) => ({ part, hitRatio: hitRatio(counts) })),
      unexaminedParts: keys.unexamined.size,
    },
    originRequests,
    originBytes,
    unknownResponses,
    refusals: countedTexts(refusals),
    functions: [...functions.values()].map(
      ({ name, eventType, engine, invocations, failures }) => ({
        name,
        eventType,
        engine,
        invocations,
        failures: failures.total,
        failureExamples: countedTexts(failures),
      }),
    ),
    monthCost: monthCost(tally, share, lambdaMilliseconds),
  };
}

function countedTexts(frequent: Frequent): readonly CountedText[] {
  return mostFrequent(frequent, shownExamples).map(([text, requests]) => ({ text, requests }));
}

function hitRatio({ hits, misses }: CacheCounts): number | undefined {
  return hits + misses === 0 ? undefined : hits / (hits + misses);
}

function reportedDifferences(differences: Differences): readonly ReportedDifference[] {
  const { status, redirects, rewrites, headers } = differences;
  return [
    reported("status", status),
    reported("redirect", redirects),
    reported("rewritten URI", rewrites),
    ...[...headers]
      .map(([name, frequent]) => reported(`header ${name}`, frequent))
      .toSorted((a, b) => b.requests - a.requests),
  ].filter(({ requests }) => requests > 0);
}

function reported(what: string, frequent: Frequent): ReportedDifference {
  const examples = mostFrequent(frequent, shownExamples).map(([json, requests]) => {
    const {
      path = frequent.paths.get(json) ?? "",
      before,
      after,
    } = JSON.parse(json) as Partial<Example>;
    return { path, before, after, requests };
  });
  return { what, requests: frequent.total, examples };
}

const notInTheLog: readonly string[] = [
  "Bodies of requests and responses: functions that read them see none, and nothing is compressed again.",
  "Headers of requests other than Host, Referer, User-Agent, X-Forwarded-For and, where they are logged, cookies: no Accept-Encoding, no Authorization, no If-None-Match, no Range. A logged 206 or 304 counts as 200.",
  "Headers of the origin's responses other than Content-Type: without Cache-Control, the default TTL of the cache policy counts; a redirect of an origin has no Location.",
  "ETag and Content-Length of responses: they are not compared.",
  "Which requests were refused for what stood in their heads, and invalidations.",
];

function assumptionsOf(
  spanMs: number,
  share: number,
  { sample, lambdaMilliseconds, unmasked }: ReportOptions,
): readonly string[] {
  const { asOf, source } = cloudFrontPrices;
  const hours = (spanMs / 3_600_000).toLocaleString("en-US", { maximumFractionDigits: 1 });
  const factor = (1 / share).toLocaleString("en-US", { maximumFractionDigits: 1 });
  return [
    `A month is 30 days like the ${hours} hours of the log: counts times ${factor}.`,
    `List prices of ${asOf} (${source}), all requests as HTTPS in North America and Europe (${formatDollars(cloudFrontPrices.perMillionHttpsRequests)} a million), without data transfer and free tier.`,
    `An invocation on Lambda@Edge takes ${lambdaMilliseconds} ms (--lambda-ms).`,
    "Each edge location of the log has a cache of its own, empty at first; there are no regional edge caches and no Origin Shield. Some 100,000 objects are held in all; those that were not used for longest go first.",
    "An origin's object is unchanged as long as the log gives the same size.",
    "Functions run for up to 16 requests at once, and see this machine's time and no network conditions of the edge.",
    ...(sample < 1
      ? [
          `The sample holds ${(sample * 100).toLocaleString("en-US", { maximumFractionDigits: 2 })} % of the paths, chosen by their hash, with all of their requests: what is left out by lines would be missed as hits. Counts are of the sample, the cost of a month is of all.`,
        ]
      : []),
    ...(unmasked ? [] : ["Addresses and the values of query strings and cookies are masked."]),
  ];
}
