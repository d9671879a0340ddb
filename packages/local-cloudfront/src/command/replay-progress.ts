import type { LogFile } from "../access-log/find-log-files.ts";
import { systemClock } from "../clock.ts";
import type { ReadLog } from "../replay/read-log.ts";

const everyMs = 500;
const clearLine = "\r\u001b[2K";

/** How far a replay is. */
interface Progress {
  /** Of the whole, from 0 to 1. */
  readonly share: number;
  readonly replayed: number;
  readonly atMs: number;
}

/** One line on a terminal that says how far a replay is, and how long it will take. */
export class ReplayProgress {
  readonly #bytes: number;
  readonly #terminal: NodeJS.WriteStream;
  readonly #clock = systemClock();
  /** Where it began: what an earlier replay has counted takes no time. */
  #begin: Progress | undefined;
  #shownAtMs = 0;

  constructor(files: readonly LogFile[], terminal: NodeJS.WriteStream) {
    this.#bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#terminal = terminal;
  }

  show({ bytes, lines, broken, unsampled }: ReadLog, replayed: number): void {
    if (!this.#terminal.isTTY || (this.#begin !== undefined && replayed % 100 !== 0)) return;
    const nowMs = this.#clock.now();
    // Lines are read ahead of those that are replayed.
    const share = (bytes / this.#bytes) * (replayed / Math.max(lines - broken - unsampled, 1));
    const now = { share: Math.min(share, 1), replayed, atMs: nowMs };
    this.#begin ??= now;
    if (nowMs - Math.max(this.#shownAtMs, this.#begin.atMs) < everyMs) return;
    this.#shownAtMs = nowMs;
    this.#terminal.write(clearLine + progressLine(this.#begin, now));
  }

  clear(): void {
    if (this.#terminal.isTTY) this.#terminal.write(clearLine);
  }
}

/** Returns the line. */
export function progressLine(begin: Progress, { share, replayed, atMs }: Progress): string {
  const seconds = (atMs - begin.atMs) / 1000;
  const left = share > begin.share ? Math.ceil((seconds / (share - begin.share)) * (1 - share)) : 0;
  const time = left >= 120 ? `${Math.ceil(left / 60)} min` : `${left} s`;
  const perSecond = Math.round((replayed - begin.replayed) / Math.max(seconds, 0.001));
  return `${Math.floor(share * 100)} %, ${replayed.toLocaleString("en-US")} requests, ${perSecond.toLocaleString("en-US")} a second, about ${time} left (Ctrl+C: the report so far)`;
}
