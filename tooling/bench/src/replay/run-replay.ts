import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { processorMicroseconds } from "../load/processor-time.ts";
import { processUsage } from "../soak/process-usage.ts";

const program = fileURLToPath(
  new URL("../../node_modules/local-cloudfront/bin/local-cloudfront.cjs", import.meta.url),
);
const lookEveryMs = 200;

/** What the command took, from the start of its process to the end. */
export interface ReplayUsage {
  readonly seconds: number;
  /** Of all threads. */
  readonly processorMicroseconds: number;
  readonly peakMb: number;
}

/**
 * Replays a log through a template by the command, on all cores.
 *
 * @throws {Error} when the command fails
 */
export async function runReplay(log: string, template: string): Promise<ReplayUsage> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [program, "replay", log, "--assembly", template], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(child, "exit");
  let peakMb = 0;
  let microseconds = 0;
  while (child.exitCode === null && child.signalCode === null) {
    try {
      peakMb = Math.max(peakMb, processUsage(child.pid ?? 0).residentMb);
      microseconds = processorMicroseconds(child.pid ?? 0);
    } catch {
      // The process ended meanwhile.
    }
    await Promise.race([exited, delay(lookEveryMs)]);
  }
  if (child.exitCode !== 0) throw new Error(`Replay failed: got status ${child.exitCode}.`);
  const seconds = (performance.now() - startedMs) / 1000;
  return { seconds, processorMicroseconds: microseconds, peakMb };
}
