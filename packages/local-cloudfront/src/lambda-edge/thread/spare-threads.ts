import { startThread, type FunctionThread, type FunctionThreadOptions } from "./start-thread.ts";

/**
 * Threads that have started before there is an environment for them, one for each function at most:
 * that takes many times as long as loading most functions.
 */
export class SpareThreads {
  readonly #threads = new Map<string, FunctionThread>();
  #isClosed = false;

  /** Starts one, unless there is one. */
  prepare(options: FunctionThreadOptions): void {
    const key = keyOf(options);
    if (this.#isClosed || this.#threads.has(key)) return;
    const thread = startThread(options);
    this.#threads.set(key, thread);
    const { worker } = thread;
    worker.on("error", () => this.#forget(key, thread));
    worker.once("exit", () => this.#forget(key, thread));
  }

  /** Returns the one for a function, or one that is started now. */
  take(options: FunctionThreadOptions): FunctionThread {
    const key = keyOf(options);
    const spare = this.#threads.get(key);
    this.#threads.delete(key);
    return spare ?? startThread(options);
  }

  /** Ends those for all other functions. */
  async retain(needed: readonly FunctionThreadOptions[]): Promise<void> {
    const keys = new Set(needed.map(keyOf));
    const others = [...this.#threads].filter(([key]) => !keys.has(key));
    for (const [key] of others) this.#threads.delete(key);
    await Promise.all(others.map(([, { worker }]) => worker.terminate()));
  }

  /** Ends all of them; none is started any more. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.retain([]);
  }

  #forget(key: string, thread: FunctionThread): void {
    if (this.#threads.get(key) === thread) this.#threads.delete(key);
  }
}

function keyOf({ functionName, memoryMb }: FunctionThreadOptions): string {
  return `${functionName} ${memoryMb}`;
}
