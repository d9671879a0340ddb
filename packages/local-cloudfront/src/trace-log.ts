import type { Trace } from "./edge-location/trace.ts";

/** Keeps the latest traces, the oldest first. */
export class TraceLog {
  readonly #maxTraces: number;
  #traces: Trace[] = [];

  constructor(maxTraces: number) {
    this.#maxTraces = maxTraces;
  }

  add(trace: Trace): void {
    this.#traces.push(trace);
    // Cutting in halves keeps adding cheap: one copy for many traces.
    if (this.#traces.length >= this.#maxTraces * 2) this.#traces = this.latest();
  }

  latest(): Trace[] {
    return this.#traces.slice(-this.#maxTraces);
  }

  clear(): void {
    this.#traces = [];
  }
}
