import type { Worker } from "node:worker_threads";

/** Share of the time above which an event loop counts as blocked. */
const BLOCKED_UTILIZATION = 0.95;

/** Reads from outside how a thread fares, whatever it is doing. */
export class WorkerGauge {
  readonly #worker: Worker;
  #utilization: ReturnType<Worker["performance"]["eventLoopUtilization"]> | undefined;
  #isReading = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Whether the event loop had hardly a pause since the last call. */
  isBlocked(): boolean {
    const now = this.#worker.performance.eventLoopUtilization();
    const before = this.#utilization;
    this.#utilization = now;
    const { utilization } =
      before === undefined ? now : this.#worker.performance.eventLoopUtilization(now, before);
    return utilization > BLOCKED_UTILIZATION;
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
      // The thread ended meanwhile: its exit tells.
      return undefined;
    } finally {
      this.#isReading = false;
    }
  }
}
