import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether njs is installed in the version of Debian 12, which is of the edge's family: newer ones can do more. */
export const hasNjs = (spawnSync("njs", ["-v"], { encoding: "utf8" }).stdout ?? "").startsWith(
  "0.7.",
);

/** What an engine says of a program: its result as JSON, or the error with its line. */
export interface Verdict {
  readonly result?: string;
  readonly error?: string;
  readonly line?: number | undefined;
}

const endOfOutput = "-- end of output --";

/**
 * Runs programs in njs, each by itself, and their `handler` where there is an event for it. One shell starts them all:
 * a process that has grown large takes long to start another one.
 */
export function runInNjs(codes: readonly string[], event?: string): readonly Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), "njs-"));
  const call =
    event === undefined
      ? ""
      : `;(async function () { try { var r = await handler(${event}); print('R' + JSON.stringify(r)); } catch (e) { print('E' + JSON.stringify([String(e), String((e && e.stack) || '')])); } })();`;
  try {
    for (const [index, code] of codes.entries()) {
      writeFileSync(join(folder, `${index}.js`), call === "" ? code : `${code}\n${call}`);
    }
    const script = `ulimit -t 5; for each in $(seq 0 ${codes.length - 1}); do njs $each.js 2>&1; echo '${endOfOutput}'; done`;
    const { stdout } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
    const outputs = stdout.split(`${endOfOutput}\n`);
    return codes.map((_, index) => verdictOf(outputs[index] ?? ""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdictOf(all: string): Verdict {
  const [, stop, line] = /^Thrown:\n([^]*?) in \d+\.js:(\d+)\n/.exec(all) ?? [];
  if (stop !== undefined) return { error: stop, line: Number(line) };
  const said = all.split("\n").find((text) => /^[RE]/.test(text)) ?? "";
  if (said.startsWith("R")) return { result: said.slice(1) };
  if (!said.startsWith("E")) return { error: `njs ended: ${all}` };
  const [error = "", stack = ""] = JSON.parse(said.slice(1)) as readonly string[];
  const thrown = /\d+\.js:(\d+)/.exec(stack)?.[1];
  return { error, line: thrown === undefined ? undefined : Number(thrown) };
}
