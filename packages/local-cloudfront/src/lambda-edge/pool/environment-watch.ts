import { url as debuggerUrl } from "node:inspector";

/** Something that has to be looked at while it runs. */
export interface Watched {
  /** @param passedMs milliseconds since the last look, as far as they count */
  check(passedMs: number): void;
}

/** Milliseconds between two looks: how exact timeouts are. */
const INTERVAL_MS = 25;
/** A machine that slept or had too much to do must not cost functions their time. */
const MAX_PASSED_MS = 4 * INTERVAL_MS;

/** A function that stands at a breakpoint takes as long as a person does. */
function isDebuggerOpen(): boolean {
  return debuggerUrl() !== undefined;
}

/**
 * Looks at everything that runs, with one timer for all and none while nothing runs: starting an
 * invocation costs no timer of its own.
 */
export class EnvironmentWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #lookedAtMs = 0;

  /** Starts looking. */
  add(watched: Watched): void {
    this.#watched.add(watched);
    if (this.#timer === undefined) {
      this.#lookedAtMs = performance.now();
      this.#timer = setInterval(() => this.#checkAll(), INTERVAL_MS);
    }
  }

  /** Stops looking. */
  remove(watched: Watched): void {
    this.#watched.delete(watched);
  }

  /** Stops looking at anything. */
  close(): void {
    this.#watched.clear();
    this.#stop();
  }

  #checkAll(): void {
    if (this.#watched.size === 0) {
      this.#stop();
      return;
    }
    const nowMs = performance.now();
    const passedMs = isDebuggerOpen() ? 0 : Math.min(nowMs - this.#lookedAtMs, MAX_PASSED_MS);
    this.#lookedAtMs = nowMs;
    for (const one of Array.from(this.#watched)) one.check(passedMs);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
