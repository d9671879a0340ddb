import { formatDollars } from "cf-rules";
import type {
  CountedText,
  ReplayReport,
  ReportedDifference,
  ReportedSide,
} from "./replay-report.ts";

/** Returns a report as text for the terminal. */
export function describeReport(report: ReplayReport): string {
  const sides = sidesOf(report);
  return [
    ...describeLines(report),
    "",
    ...describeTable(report, sides),
    ...sides.flatMap(([name, side]) => describeRefusals(name, side)),
    ...sides.flatMap(([name, side]) => describeCacheKey(name, side)),
    ...sides.flatMap(([name, side]) => describeFunctions(name, side)),
    ...describeDifferences(report),
    "",
    "Not in a log, and not replayed:",
    ...report.notInTheLog.map((sentence) => `  ${sentence}`),
    "Assumed:",
    ...report.assumptions.map((sentence) => `  ${sentence}`),
  ].join("\n");
}

/** Returns the sides of a report by what they are called. */
export function sidesOf({ a, b }: ReplayReport): readonly (readonly [string, ReportedSide])[] {
  return b === undefined
    ? [["A", a]]
    : [
        ["A", a],
        ["B", b],
      ];
}

function describeLines({ lines, period, isInterrupted, brokenLines }: ReplayReport): string[] {
  const { read, replayed, broken, unsampled, late } = lines;
  const further = [
    ...(unsampled > 0 ? [`${whole(unsampled)} not in the sample`] : []),
    ...(broken > 0 ? [`${whole(broken)} broken`] : []),
    ...(late > 0 ? [`${whole(late)} out of order by so much that they were replayed late`] : []),
  ];
  const when = period === undefined ? "" : `, ${period.from} to ${period.to}`;
  return [
    `Replayed ${whole(replayed)} of ${whole(read)} lines${when}${further.length > 0 ? ` (${further.join(", ")})` : ""}.`,
    ...(isInterrupted ? ["Interrupted: this is the report so far."] : []),
    ...brokenLines.map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`),
    ...(broken > brokenLines.length ? [`  … and ${whole(broken - brokenLines.length)} more`] : []),
  ];
}

/** The figures of the log and of each side beside one another. */
export function figuresOf({
  log,
  a,
  b,
}: ReplayReport): readonly (readonly [name: string, ...values: string[]])[] {
  const sides = b === undefined ? [a] : [a, b];
  const statuses = keysOf([log, ...sides].map((each) => each.statuses));
  const resultTypes = keysOf([log, ...sides].map((each) => each.resultTypes));
  return [
    ["requests", whole(log.requests), ...sides.map(({ requests }) => whole(requests))],
    ...statuses.map((status): [string, ...string[]] => [
      `status ${status === "0" ? "000" : status}`,
      ...[log, ...sides].map((each) => whole(each.statuses[status] ?? 0)),
    ]),
    ...resultTypes.map((type): [string, ...string[]] => [
      type,
      ...[log, ...sides].map((each) => whole(each.resultTypes[type] ?? 0)),
    ]),
    ["hit ratio", ...[log, ...sides].map(({ hitRatio }) => percent(hitRatio))],
    ...engines.flatMap(({ engine, called }) => engineRows(sides, engine, called)),
    ["requests to origins", "", ...sides.map(({ originRequests }) => whole(originRequests))],
    ["bytes from origins", "", ...sides.map(({ originBytes }) => whole(originBytes))],
    ["cost of a month", "", ...sides.map(({ monthCost }) => formatDollars(monthCost.total))],
  ];
}

const engines = [
  { engine: "lambda-edge", called: "on Lambda@Edge" },
  { engine: "cloudfront-function", called: "of CloudFront Functions" },
] as const;

/** Of an engine that neither side has, nothing is said. */
function engineRows(
  sides: readonly ReportedSide[],
  engine: (typeof engines)[number]["engine"],
  called: string,
): readonly [name: string, ...values: string[]][] {
  const functions = sides.map((side) => side.functions.filter((each) => each.engine === engine));
  if (functions.flat().length === 0) return [];
  const sum = (counts: readonly number[]): string => whole(counts.reduce((a, b) => a + b, 0));
  return [
    [
      `invocations ${called}`,
      "",
      ...functions.map((each) => sum(each.map(({ invocations }) => invocations))),
    ],
    [
      `failures ${called}`,
      "",
      ...functions.map((each) => sum(each.map(({ failures }) => failures))),
    ],
  ];
}

function keysOf(counts: readonly Readonly<Record<string, number>>[]): readonly string[] {
  return [...new Set(counts.flatMap((each) => Object.keys(each)))].toSorted();
}

function describeTable(
  report: ReplayReport,
  sides: readonly (readonly [string, ReportedSide])[],
): string[] {
  const rows = [["", "log", ...sides.map(([name]) => name)], ...figuresOf(report)];
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return [
    ...sides.map(([name, { assembly }]) => `${name} is ${assembly}.`),
    ...rows.map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    ),
    ...sides.flatMap(([name, { unknownResponses }]) =>
      unknownResponses === 0
        ? []
        : [
            `${name}: origins were asked ${whole(unknownResponses)} times for what is not in the log, since CloudFront or a function had responded: 200 was assumed.`,
          ],
    ),
  ];
}

function describeRefusals(name: string, { refusals }: ReportedSide): string[] {
  if (refusals.length === 0) return [];
  return ["", `Refused by ${name}:`, ...refusals.map(describeText)];
}

function describeText({ text, requests }: CountedText): string {
  return `  ${whole(requests)} × ${text}`;
}

function describeCacheKey(name: string, { cacheKey }: ReportedSide): string[] {
  const { hitRatio, without, unexaminedParts } = cacheKey;
  const gains = without.filter((each) => (each.hitRatio ?? 0) - (hitRatio ?? 0) >= 0.001);
  return [
    ...(gains.length > 0 ? ["", `What the cache key of ${name} costs, by its keys alone:`] : []),
    ...gains.map(
      (each) =>
        `  without the ${each.part}: ${percent(each.hitRatio)} instead of ${percent(hitRatio)}`,
    ),
    ...(unexaminedParts > 0 ? [`  ${unexaminedParts} further parts were not examined.`] : []),
  ];
}

function describeFunctions(name: string, { functions, monthCost }: ReportedSide): string[] {
  if (functions.length === 0) return [];
  return [
    "",
    `Functions of ${name}:`,
    ...functions.flatMap((each, index) => [
      `  ${each.name} at ${each.eventType} ${engineNames[each.engine]}: ${whole(each.invocations)} invocations, ${whole(each.failures)} failed, ${formatDollars(monthCost.functions[index]?.cost ?? 0)} a month`,
      ...each.failureExamples.map((example) => `  ${describeText(example)}`),
    ]),
  ];
}

/** What engines are called in a sentence. */
export const engineNames = {
  "cloudfront-function": "as a CloudFront Function",
  "lambda-edge": "on Lambda@Edge",
} as const;

function describeDifferences(report: ReplayReport): string[] {
  const { logDifferences, differences, differingRequests = 0 } = report;
  return [
    ...(logDifferences.requests > 0
      ? ["", "A has another status than the log:", ...describeDifference(logDifferences)]
      : []),
    ...(differences === undefined
      ? []
      : ["", `${differing(differingRequests)}${differingRequests > 0 ? ":" : "."}`]),
    ...(differences ?? []).flatMap(describeDifference),
  ];
}

function describeDifference({ what, requests, examples }: ReportedDifference): string[] {
  return [
    `  ${what}: ${whole(requests)} requests`,
    ...examples.map(
      ({ path, before = "(none)", after = "(none)", requests }) =>
        `    ${whole(requests)} × ${hasPathsOfOthers(what) ? "as at " : ""}${path}: ${before} -> ${after}`,
    ),
  ];
}

/** Whether an example of a difference has the path of one of its requests, rather than of all of them. */
export function hasPathsOfOthers(what: string): boolean {
  return what.startsWith("header ");
}

/** Returns how many requests differ, as a headline. */
export function differing(count: number): string {
  return `Between A and B, ${whole(count)} ${count === 1 ? "request differs" : "requests differ"}`;
}

/** Writes a count with its thousands apart. */
export function whole(count: number): string {
  return count.toLocaleString("en-US");
}

/** Writes a ratio; `-` where there is none. */
export function percent(ratio: number | undefined): string {
  return ratio === undefined ? "-" : `${(ratio * 100).toFixed(1)} %`;
}
