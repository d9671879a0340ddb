import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether njs is installed. */
export const hasNjs = spawnSync("njs", ["-v"]).status === 0;

const invocations = 2000;
const batches = 8;

/** The code of a CloudFront Function, and what it is invoked with. */
export interface TimedScript {
  readonly code: string;
  /** JSON; taken in turn. */
  readonly events: readonly string[];
}

/**
 * Returns how many microseconds njs needs for an invocation, in the quickest batch: it makes the event, runs the
 * code anew, as for each request, calls the handler and writes its result. The code is parsed once.
 */
export function njsMicroseconds(folder: string, { code, events }: TimedScript): number {
  const file = join(folder, "timed.js");
  writeFileSync(
    file,
    `function program() { ${code}
return handler; }
var events = ${JSON.stringify(events)};
var shortest = Infinity;
for (var batch = 0; batch < ${batches}; batch++) {
  var start = Date.now();
  for (var i = 0; i < ${invocations}; i++) {
    JSON.stringify(program()(JSON.parse(events[i % events.length])));
  }
  shortest = Math.min(shortest, Date.now() - start);
}
console.log(shortest);
`,
  );
  const milliseconds = Number(execFileSync("njs", [file], { encoding: "utf8" }));
  return (milliseconds * 1000) / invocations;
}
