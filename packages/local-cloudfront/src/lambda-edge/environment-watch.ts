/** Something that has to be looked at while it runs. */
export interface Watched {
  check(nowMs: number): void;
}

/** Milliseconds between two looks: how exact timeouts are. */
const INTERVAL_MS = 25;

/**
 * Looks at everything that runs, with one timer for all and none while nothing runs: starting an
 * invocation costs no timer of its own.
 */
export class EnvironmentWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;

  /** Starts looking. */
  add(watched: Watched): void {
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => this.#checkAll(), INTERVAL_MS);
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
    for (const one of this.#watched) {
      one.check(nowMs);
    }
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
