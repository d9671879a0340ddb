/** What is under way, as a number, and whether that is nothing. */
export class PendingWork {
  #count = 0;
  #idle: PromiseWithResolvers<void> | undefined;

  /** Does the work, which is under way until it has ended, well or not. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) {
        this.#idle?.resolve();
        this.#idle = undefined;
      }
    }
  }

  /** Resolves as soon as nothing is under way. */
  idle(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }
}
