import type { Worker } from "node:worker_threads";

/** An event loop that was idle for longer has had a pause. */
const PAUSE_MS = 0.5;

/** Reads from outside how a thread fares, whatever it is doing. */
export class WorkerGauge {
  readonly #worker: Worker;
  #idleMs = 0;
  #busySinceMs = performance.now();
  #isReading = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * Milliseconds for which the event loop had no pause, as far as the calls of this tell. A thread
   * that waits for a processor counts as idle.
   */
  busyMs(): number {
    const { idle } = this.#worker.performance.eventLoopUtilization();
    const nowMs = performance.now();
    if (idle - this.#idleMs > PAUSE_MS) {
      this.#busySinceMs = nowMs;
    }
    this.#idleMs = idle;
    return nowMs - this.#busySinceMs;
  }

  /** Megabytes of the heap and of buffers; undefined while a reading is under way or impossible. */
  async memoryMb(): Promise<number | undefined> {
    if (this.#isReading || typeof this.#worker.getHeapStatistics !== "function") {
      return undefined;
    }
    this.#isReading = true;
    try {
      const { total_heap_size: heapBytes, external_memory: bufferBytes } =
        await this.#worker.getHeapStatistics();
      return Math.ceil((heapBytes + bufferBytes) / 1_048_576);
    } catch {
      // The thread ended meanwhile: its exit says why.
      return undefined;
    } finally {
      this.#isReading = false;
    }
  }
}
