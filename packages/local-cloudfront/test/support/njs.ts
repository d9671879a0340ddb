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

/** Runs a program in njs, and its `handler` where there is an event for it. */
export function runInNjs(code: string, event?: string): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "njs-"));
  try {
    const call =
      event === undefined
        ? ""
        : `;(async function () { try { var r = await handler(${event}); print('R' + JSON.stringify(r)); } catch (e) { print('E' + JSON.stringify([String(e), String((e && e.stack) || '')])); } })();`;
    writeFileSync(join(folder, "f.js"), event === undefined ? code : `${code}\n${call}`);
    const { stdout, stderr } = spawnSync("njs", ["f.js"], {
      cwd: folder,
      encoding: "utf8",
      timeout: 5000,
    });
    return verdictOf(stdout, stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdictOf(stdout: string, stderr: string): Verdict {
  const [, stop, line] = /^Thrown:\n([^]*?) in f\.js:(\d+)\n/.exec(stdout + stderr) ?? [];
  if (stop !== undefined) return { error: stop, line: Number(line) };
  const said = stdout.split("\n").find((text) => /^[RE]/.test(text)) ?? "";
  if (said.startsWith("R")) return { result: said.slice(1) };
  if (!said.startsWith("E")) return { error: `njs ended: ${stdout}${stderr}` };
  const [error = "", stack = ""] = JSON.parse(said.slice(1)) as readonly string[];
  const thrown = /f\.js:(\d+)/.exec(stack)?.[1];
  return { error, line: thrown === undefined ? undefined : Number(thrown) };
}
