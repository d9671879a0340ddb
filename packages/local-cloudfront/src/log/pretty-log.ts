import { textOfBytes } from "../http/byte-string.ts";
import { functionName } from "../distribution/function-name.ts";
import { originFunctionsOf } from "../distribution/lambda-endpoints.ts";
import pc from "picocolors";
import type { PolicyViolation } from "../policy-reports/policy-violation.ts";
import type { ReloadPlan } from "../distribution/plan-reload.ts";
import {
  isFunctionStep,
  uriChangeOf,
  warningsOf,
  type FunctionStepRecord,
} from "../edge-location/request-record.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { consoleLinesOf, customLogDataOf, keyValueReadsOf } from "../edge-location/function-log.ts";
import { outputLines } from "../lambda-edge/log/invocation-log.ts";
import { associatedFunctions } from "./associated-functions.ts";
import type { CommandLog, ServedResponse } from "./command-log.ts";
import { problemOf } from "../edge-location/problem-of.ts";

type Colours = ReturnType<typeof pc.createColors>;

/**
 * A log for people: what is served, then one line a request.
 *
 * @param coloured whether the output is a terminal that shows colours
 */
export function createPrettyLog(writeLine: (line: string) => void, coloured: boolean): CommandLog {
  const colours = pc.createColors(coloured);
  return {
    ready(served, assembly, hasKeys) {
      for (const line of readyLines(served, assembly, colours)) writeLine(line);
      const keys = hasKeys
        ? "o opens it, i invalidates /*, c clears the screen and the traces, q or Ctrl+C ends it."
        : "Ctrl+C ends it.";
      writeLine(colours.dim(`  ${keys}`));
      writeLine("");
    },
    signed: (url) => writeLine(`  ${colours.green("Signed for a day")} ${colours.cyan(url)}\n`),
    request(record) {
      for (const line of requestLines(record, colours)) writeLine(line);
    },
    violation(violation) {
      // The same once: a page that is loaded again reports it again.
      if (violation.count > 1) return;
      for (const line of violationLines(violation, colours)) writeLine(line);
    },
    invalidated: (paths, objects) =>
      writeLine(colours.dim(`Invalidated ${paths.join(", ")}: ${areGone(objects)}.`)),
    reloaded(plan) {
      const isNews = plan.changedFunctions.length > 0 || !plan.keepsCache;
      if (isNews) writeLine(colours.dim(reloadLine(plan)));
    },
    originsChanged: (files, objects) =>
      writeLine(
        colours.dim(
          `${listed(files.map(printable))} changed; ${objects === 0 ? "nothing was cached" : `the cache is dropped: ${areGone(objects)}`}.`,
        ),
      ),
    cleared: ({ url }) =>
      writeLine(
        `  ${colours.green("Ready on")} ${colours.cyan(url)}  ${colours.dim("no traces")}\n`,
      ),
    notice: (notice) => writeLine(colours.yellow(printable(notice))),
    reloadFailed: (message) =>
      writeLine(`${colours.red("The assembly has changed, but cannot be served:")} ${message}`),
  };
}

function areGone(objects: number): string {
  return objects === 1 ? "1 object is gone" : `${objects} objects are gone`;
}

function reloadLine({ changedFunctions, keepsCache, reason }: ReloadPlan): string {
  const functions = changedFunctions.map(
    ({ edgeFunction, eventTypes }) => `${functionName(edgeFunction)} (${eventTypes.join(", ")})`,
  );
  const news =
    functions.length === 0 ? "The assembly is read again" : `Replaced ${listed(functions)}`;
  return `${news}; the cache is ${keepsCache ? "kept" : "dropped"}: ${reason}.`;
}

const listedAtMost = 3;

function listed(names: readonly string[]): string {
  const more = names.length - listedAtMost;
  return [...names.slice(0, listedAtMost), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function readyLines(served: ServedResponse, assembly: string, colours: Colours): string[] {
  const { url, inspectorUrl, debuggerUrl, distribution, warnings } = served;
  const { bold, cyan, dim, green, yellow } = colours;
  const functions = associatedFunctions(distribution);
  return [
    "",
    `  ${bold("Local CloudFront")}  ${distribution.logicalId} ${dim(`of ${assembly}`)}`,
    "",
    `  ${green("Ready on")} ${cyan(url)}`,
    ...(inspectorUrl === undefined
      ? []
      : [`  ${dim("Inspector on")} ${cyan(inspectorUrl)} ${dim("shows the way of each request")}`]),
    ...(debuggerUrl === undefined
      ? []
      : [`  ${dim("Debugger on")} ${cyan(debuggerUrl)} ${dim("stops in the functions")}`]),
    ...section(
      "Functions",
      functions.map(({ eventType, name, version, runtime, pathPatterns }) => {
        const hasOwnVersion = version !== "LIVE";
        const engine =
          runtime.startsWith("cloudfront-js") && hasOwnVersion ? `, in ${runtime}` : "";
        return [
          eventType,
          `${name} ${hasOwnVersion ? version : runtime}`,
          dim(`on ${pathPatterns.join(", ")}${engine}`),
        ];
      }),
    ),
    ...section(
      "Behind origins",
      originFunctionsOf(distribution).map(({ name, runtime }) => [name, dim(runtime)]),
    ),
    ...section(
      "Try",
      distribution.tryOut.map(({ uri, shows }) => [uri, dim(shows)]),
    ),
    ...section(
      "Worth knowing",
      warnings.map(({ subject, message }) => [yellow("!"), `${subject}: ${message}`]),
    ),
    "",
  ];
}

/** A heading and its rows with their columns in line; nothing where there are no rows. */
function section(heading: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  const lines = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0))),
  );
  return ["", `  ${heading}`, ...lines.map((cells) => `    ${cells.join("  ")}`)];
}

function requestLines(record: RequestRecord, colours: Colours): string[] {
  const { dim, red, yellow } = colours;
  const { request, response, resultType, steps } = record;
  let uri = textOfBytes(request.uri);
  let functions = "";
  const below: string[] = [];
  for (const step of steps) {
    if (!isFunctionStep(step)) {
      const problem = problemOf(step);
      if (problem !== undefined) below.push(yellow(printable(problem)));
      if (step.step !== "origin" || step.invocation === undefined) continue;
      const { run, failure } = step.invocation;
      const separator = functions === "" ? "" : ", ";
      functions += `${separator}${run.lambda.name} ${spokenTime(run)}`;
      for (const line of outputLines(run)) below.push(dim(printable(line)));
      if (failure?.stack !== undefined) below.push(...printableLines(failure.stack).map(dim));
      continue;
    }
    const { run, failure } = step;
    const separator = functions === "" ? "" : ", ";
    functions += `${separator}${step.step} ${spokenTime(run)}`;
    const rewrittenTo = uriChangeOf(step)?.after;
    if (rewrittenTo !== undefined) uri += ` -> ${rewrittenTo}`;
    for (const line of [...consoleLinesOf(run), ...keyValueReadsOf(run)]) {
      below.push(dim(printable(line)));
    }
    const customLogData = customLogDataOf(run);
    if (customLogData !== undefined) below.push(dim(printable(`access log: ${customLogData}`)));
    for (const warning of warningsOf(step)) {
      below.push(yellow(printable(`${subjectOf(run)}: ${warning}`)));
    }
    if (failure !== undefined) {
      const { detail, factId } = failure;
      below.push(`${red(printable(`${subjectOf(run)}: ${detail}`))} ${dim(`(${factId})`)}`);
      if ("kind" in run && failure.stack !== undefined) {
        below.push(...printableLines(failure.stack).map(dim));
      }
    }
  }
  const status = statusColour(response.status, colours)(String(response.status));
  const line = `${status}  ${request.method}  ${printable(uri)}  ${dim(resultType)}  ${dim(functions)}`;
  return [line, ...below.map((text) => `     ${text}`)];
}

function violationLines(violation: PolicyViolation, { dim, yellow, green }: Colours): string[] {
  const { page, directive, blocked, place, isEnforced, setBy, remedy } = violation;
  const where = place === undefined ? "" : dim(` (${printable(place)})`);
  const verb = isEnforced ? "blocks" : "would block";
  return [
    `${yellow("CSP")}  ${printable(page)}  ${printable(`${directive} of ${setBy} ${verb} ${blocked}`)}${where}`,
    `     ${green("Allow it:")} ${printable(remedy)}`,
  ];
}

/** What a line about an invocation begins with: the event type and the function. */
function subjectOf({ eventType, association }: FunctionStepRecord["run"]): string {
  return `${eventType} ${functionName(association.edgeFunction)}`;
}

function spokenTime({
  durationMs,
  initDurationMs,
}: Pick<FunctionStepRecord["run"], "durationMs" | "initDurationMs">): string {
  return `${durationMs.toFixed(1)} ms${initDurationMs === undefined ? "" : " cold"}`;
}

function printableLines(text: string): readonly string[] {
  return text.split("\n").map(printable);
}

/** Viewers and functions choose these texts: what would steer the terminal is written out. */
function printable(text: string): string {
  return text.replaceAll(control, writtenOut);
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

function writtenOut(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function statusColour(status: number, colours: Colours): (text: string) => string {
  if (status >= 500) return colours.red;
  if (status >= 400) return colours.yellow;
  return status >= 300 ? colours.cyan : colours.green;
}
