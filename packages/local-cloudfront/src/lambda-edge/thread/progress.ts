/** How long the code in an execution environment takes: its loading, then each invocation. */
export class Progress {
  #startedMs = performance.now();
  #passedMs = 0;

  /** Milliseconds since the last start. */
  get sinceStartMs(): number {
    return performance.now() - this.#startedMs;
  }

  /** Milliseconds that count towards the limit of what runs. */
  get passedMs(): number {
    return this.#passedMs;
  }

  /** An invocation was sent to the idle environment, or one ended. */
  restart(): void {
    this.#startedMs = performance.now();
    this.#passedMs = 0;
  }

  /** @param ms since the last look, which may have been before the start */
  pass(ms: number): void {
    this.#passedMs = Math.min(this.#passedMs + ms, this.sinceStartMs);
  }
}
