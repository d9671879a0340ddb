import type { LogFile } from "../access-log/find-log-files.ts";
import { systemClock } from "../clock.ts";

const everyMs = 500;
const clearLine = "\r\u001b[2K";

/** One line on a terminal that says how far a replay is, and how long it will take. */
export class ReplayProgress {
  readonly #bytes: number;
  readonly #terminal: NodeJS.WriteStream;
  readonly #clock = systemClock();
  readonly #startedAtMs = this.#clock.now();
  #shownAtMs = this.#clock.now();

  constructor(files: readonly LogFile[], terminal: NodeJS.WriteStream) {
    this.#bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#terminal = terminal;
  }

  /** @param readBytes of the files, as they are stored */
  show(readBytes: number, replayed: number): void {
    if (!this.#terminal.isTTY || replayed % 100 !== 0) return;
    const nowMs = this.#clock.now();
    if (nowMs - this.#shownAtMs < everyMs) return;
    this.#shownAtMs = nowMs;
    this.#terminal.write(
      clearLine + progressLine(readBytes / this.#bytes, replayed, nowMs - this.#startedAtMs),
    );
  }

  clear(): void {
    if (this.#terminal.isTTY) this.#terminal.write(clearLine);
  }
}

/**
 * Returns the line.
 *
 * @param share of the bytes that were read, from 0 to 1
 */
export function progressLine(share: number, replayed: number, elapsedMs: number): string {
  const seconds = elapsedMs / 1000;
  const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : 0;
  const time = left >= 120 ? `${Math.ceil(left / 60)} min` : `${left} s`;
  const perSecond = Math.round(replayed / Math.max(seconds, 0.001));
  return `${Math.floor(share * 100)} %, ${replayed.toLocaleString("en-US")} requests, ${perSecond.toLocaleString("en-US")} a second, about ${time} left (Ctrl+C: the report so far)`;
}
