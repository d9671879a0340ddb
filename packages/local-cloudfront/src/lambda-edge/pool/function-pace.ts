import type { PendingInvocation } from "./pending-invocation.ts";

/** A function that responds faster than this on average is worth waiting for. */
const FAST_MS = 1;
/** How much longer an invocation waits for a fast function before another environment is started. */
const FAST_WAIT_FACTOR = 10;
/** How many times as long one waits at most, while others of a function that is not fast get their responses. */
const MOST_WAIT_FACTOR = 10;
/** Weight of the last invocation in the average. */
const LAST_WEIGHT = 0.1;

/** How fast a function responds, and for how long its invocations had better wait for one another. */
export class FunctionPace {
  readonly #coldStartAfterMs: number;
  /** A function is taken to be fast until it was slow: a thread more costs more than a short wait. */
  #meanDurationMs = 0;
  #progressMs = 0;

  /** @param coldStartAfterMs milliseconds for which an invocation waits where no invocation ends */
  constructor(coldStartAfterMs: number) {
    this.#coldStartAfterMs = coldStartAfterMs;
  }

  get isFast(): boolean {
    return this.#meanDurationMs < FAST_MS;
  }

  /** Milliseconds without a response after which what runs is taken to be slow. */
  get waitMs(): number {
    return this.isFast ? this.#coldStartAfterMs * FAST_WAIT_FACTOR : this.#coldStartAfterMs;
  }

  noteResponse(durationMs: number): void {
    this.#meanDurationMs += (durationMs - this.#meanDurationMs) * LAST_WEIGHT;
    this.noteProgress();
  }

  /** Notes that those that wait have come nearer to their turn. */
  noteProgress(): void {
    this.#progressMs = performance.now();
  }

  /** Whether an invocation has waited for so long that another environment is worth its cold start. */
  isOverdue({ sinceMs }: PendingInvocation): boolean {
    const nowMs = performance.now();
    const { waitMs } = this;
    const isStuck = nowMs - Math.max(sinceMs, this.#progressMs) >= waitMs;
    return isStuck || (!this.isFast && nowMs - sinceMs >= waitMs * MOST_WAIT_FACTOR);
  }
}
