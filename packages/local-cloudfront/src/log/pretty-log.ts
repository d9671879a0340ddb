import pc from "picocolors";
import type { Trace } from "../edge-location/trace.ts";
import { associatedFunctions } from "./associated-functions.ts";
import type { CommandLog, Served } from "./command-log.ts";

/** A log for people: what is served, then one line a request. Colours only where a terminal shows them. */
export function createPrettyLog(writeLine: (line: string) => void): CommandLog {
  return {
    ready(served, assembly) {
      for (const line of readyLines(served, assembly)) writeLine(line);
    },
    request(trace) {
      for (const line of requestLines(trace)) writeLine(line);
    },
    reloaded: () => writeLine(pc.dim("The assembly has changed: serving it from now on.")),
    reloadFailed: (message) =>
      writeLine(`${pc.red("The assembly has changed, but cannot be served:")} ${message}`),
  };
}

function readyLines({ url, distribution, warnings }: Served, assembly: string): string[] {
  const functions = associatedFunctions(distribution);
  const nameWidth = Math.max(
    0,
    ...functions.map(({ name, version }) => `${name} ${version}`.length),
  );
  return [
    "",
    `  ${pc.bold("Local CloudFront")}  ${distribution.logicalId} ${pc.dim(`of ${assembly}`)}`,
    "",
    `  ${pc.green("Ready on")} ${pc.cyan(url)}`,
    "",
    ...(functions.length === 0 ? [pc.dim("  No functions are associated.")] : []),
    ...functions.map(
      ({ eventType, name, version, pathPatterns }) =>
        `  ${eventType.padEnd(15)}  ${`${name} ${pc.dim(version)}`.padEnd(nameWidth + (pc.isColorSupported ? 9 : 0))}  ${pc.dim(pathPatterns.join(", "))}`,
    ),
    ...(distribution.tryOut.length === 0
      ? []
      : [
          "",
          "  Try",
          ...distribution.tryOut.map(({ uri, shows }) => `  ${uri.padEnd(15)}  ${pc.dim(shows)}`),
        ]),
    ...(warnings.length === 0
      ? []
      : [
          "",
          ...warnings.map(({ subject, message }) => `  ${pc.yellow("!")} ${subject}: ${message}`),
        ]),
    "",
    pc.dim("  Ctrl+C ends it."),
    "",
  ];
}

function requestLines(trace: Trace): string[] {
  const functions = trace.steps.flatMap((step) => {
    if (!("run" in step)) return [];
    const cold = step.run.initDurationMs === undefined ? "" : " cold";
    return [`${step.step} ${step.run.durationMs.toFixed(1)} ms${cold}`];
  });
  const rewritten = trace.steps.flatMap((step) =>
    "uriChange" in step && step.uriChange !== undefined ? [` -> ${step.uriChange.after}`] : [],
  );
  const failures = trace.steps.flatMap((step) =>
    "failure" in step && typeof step.failure === "object" ? [step.failure] : [],
  );
  const logLines = trace.steps.flatMap((step) =>
    "run" in step ? ownLogLines(step.run.logLines) : [],
  );
  return [
    [
      statusColour(trace.status)(String(trace.status)),
      trace.method,
      `${trace.uri}${rewritten.join("")}`,
      pc.dim(trace.resultType),
      pc.dim(functions.join(", ")),
    ].join("  "),
    ...logLines.map((line) => `     ${pc.dim(line)}`),
    ...failures.map(({ factId, detail }) => `     ${pc.red(detail)} ${pc.dim(`(${factId})`)}`),
  ];
}

/** Leaves out Lambda's own START, END and REPORT lines: the request's line says the same. */
function ownLogLines(logLines: readonly string[]): string[] {
  return logLines.filter((line) => !/^(?:START|END|REPORT) RequestId: /.test(line));
}

function statusColour(status: number): (text: string) => string {
  if (status >= 500) return pc.red;
  if (status >= 400) return pc.yellow;
  return status >= 300 ? pc.cyan : pc.green;
}
