import type { JourneyRecord } from "../edge-location/journey-record.ts";
import { describeTrace } from "./describe-trace.ts";
import { Latest } from "./latest.ts";
import type { Masking } from "./masking.ts";
import { recordBytes } from "./record-bytes.ts";
import type { Trace } from "./trace.ts";

/** How much a trace log keeps. */
export interface TraceLogLimits {
  readonly maxTraces: number;
  /** An estimate of the memory that all of them take together. */
  readonly maxBytes: number;
}

interface Entry {
  readonly journey: JourneyRecord;
  readonly bytes: number;
  /** Made when it is first read. */
  trace: Trace | undefined;
}

/** Keeps the latest journeys within bounds, and describes those that are asked for. */
export class TraceLog {
  #limits: TraceLogLimits;
  readonly #masking: Masking;
  readonly #entries = new Latest<Entry>();
  #bytes = 0;

  constructor(limits: TraceLogLimits, masking: Masking) {
    this.#limits = limits;
    this.#masking = masking;
  }

  /** Keeps that many from now on, within the same memory. */
  keep(maxTraces: number): void {
    this.#limits = { ...this.#limits, maxTraces };
  }

  /** The newest is kept however large it is. */
  add(journey: JourneyRecord): void {
    const bytes = recordBytes(journey);
    this.#entries.push({ journey, bytes, trace: undefined });
    this.#bytes += bytes;
    while (this.#isFull()) this.#dropOldest();
  }

  /** The oldest first. */
  latest(): Trace[] {
    return this.#entries.items().map((entry) => this.#describe(entry));
  }

  /** Returns the trace of a request; undefined where it is not kept any more. */
  find(requestId: string): Trace | undefined {
    const entry = this.#find(requestId);
    return entry && this.#describe(entry);
  }

  /** Returns what was recorded of a request, secrets included; undefined where it is not kept. */
  record(requestId: string): JourneyRecord | undefined {
    return this.#find(requestId)?.journey;
  }

  /** Describes a journey, be it kept or not; the description itself is not kept. */
  describe(journey: JourneyRecord): Trace {
    return describeTrace(journey, this.#masking);
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #find(requestId: string): Entry | undefined {
    return this.#entries.items().findLast(({ journey }) => journey.requestId === requestId);
  }

  #describe(entry: Entry): Trace {
    return (entry.trace ??= describeTrace(entry.journey, this.#masking));
  }

  #isFull(): boolean {
    const { size } = this.#entries;
    return size > this.#limits.maxTraces || (size > 1 && this.#bytes > this.#limits.maxBytes);
  }

  #dropOldest(): void {
    this.#bytes -= this.#entries.shift()?.bytes ?? 0;
  }
}
