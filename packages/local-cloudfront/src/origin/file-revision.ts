import type { BigIntStats } from "node:fs";

/** Milliseconds within which a file may be written to twice and have one time of change. */
const sameTimeMs = 100;
/** The same on file systems that keep whole seconds, or every other one. */
const sameCoarseTimeMs = 2000;

/** Returns what distinguishes a file from what it was: another one, or written to since. */
export function revisionOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

/** Whether whatever is written to a file from now on gives it another revision. */
export function isSettled({ mtimeMs, ctimeMs, ctimeNs }: BigIntStats, nowMs: number): boolean {
  const changedAtMs = Math.max(Number(mtimeMs), Number(ctimeMs));
  const isCoarse = ctimeNs % 1_000_000_000n === 0n;
  return nowMs - changedAtMs > (isCoarse ? sameCoarseTimeMs : sameTimeMs);
}
