import type { LogLine } from "./log-line.ts";

/** Returns a line as a person reads it, with its stack beneath. */
export function describeLine(line: LogLine): string {
  const { timeMs, region, functionName, level, text, stack } = line;
  const head = [new Date(timeMs).toISOString(), region, functionName, level, text];
  return [head.join("  "), ...stack.map((each) => `    ${each}`)].join("\n");
}
