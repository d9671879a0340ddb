import type { RequestRecord } from "../edge-location/request-record.ts";
import { describeTrace } from "./describe-trace.ts";
import { bytesOfBodies, type KeptBodies } from "./kept-bodies.ts";
import type { Masking } from "./masking.ts";
import type { Trace } from "./trace.ts";

/** How much a trace log keeps. */
export interface TraceLogLimits {
  readonly maxTraces: number;
  /** An estimate of the memory that all of them take together. */
  readonly maxBytes: number;
}

/** A request as it was recorded. */
export interface KeptRequest {
  readonly record: RequestRecord;
  /** Undefined where they are not kept any more, or none ever were. */
  readonly bodies: KeptBodies | undefined;
}

interface Entry extends KeptRequest {
  readonly bytes: number;
  bodies: KeptBodies | undefined;
  /** Made when it is first read. */
  trace: Trace | undefined;
}

/** Bytes of all bodies together; those of the oldest requests go first. */
const maxBytesOfBodies = 16 * 1024 * 1024;

/** Keeps the latest requests within bounds, and describes those that are read. */
export class TraceLog {
  #limits: TraceLogLimits;
  readonly #masking: Masking;
  #entries: Entry[] = [];
  #bytes = 0;
  #bytesOfBodies = 0;
  /** How many of the oldest have lost their bodies. */
  #bodiless = 0;

  constructor(limits: TraceLogLimits, masking: Masking) {
    this.#limits = limits;
    this.#masking = masking;
  }

  /** Keeps that many from now on, within the same memory. */
  keep(maxTraces: number): void {
    this.#limits = { ...this.#limits, maxTraces };
  }

  /** The newest is kept however large it is. */
  add(record: RequestRecord, bodies?: KeptBodies): void {
    const bytes = recordBytes(record);
    this.#entries.push({ record, bytes, bodies, trace: undefined });
    this.#bytes += bytes;
    if (bodies !== undefined) this.#bytesOfBodies += bytesOfBodies(bodies);
    while (this.#isFull()) this.#dropOldest();
    while (this.#bytesOfBodies > maxBytesOfBodies) this.#dropOldestBodies();
  }

  /** The oldest first. */
  latest(): Trace[] {
    return this.#entries.map((entry) => this.#describe(entry));
  }

  /** Returns the trace of a request; undefined where it is not kept any more. */
  find(requestId: string): Trace | undefined {
    const entry = this.#find(requestId);
    return entry && this.#describe(entry);
  }

  /** Returns what is kept of a request, secrets included; undefined where it is not kept any more. */
  kept(requestId: string): KeptRequest | undefined {
    return this.#find(requestId);
  }

  /** Describes a request, kept or not; the description itself is not kept. */
  describe(record: RequestRecord): Trace {
    return describeTrace(record, this.#masking);
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#bytesOfBodies = 0;
    this.#bodiless = 0;
  }

  #find(requestId: string): Entry | undefined {
    return this.#entries.findLast(({ record }) => record.requestId === requestId);
  }

  #describe(entry: Entry): Trace {
    return (entry.trace ??= describeTrace(entry.record, this.#masking));
  }

  #isFull(): boolean {
    const { length } = this.#entries;
    return length > this.#limits.maxTraces || (length > 1 && this.#bytes > this.#limits.maxBytes);
  }

  #dropOldest(): void {
    if (this.#bodiless === 0) this.#dropOldestBodies();
    this.#bodiless -= 1;
    this.#bytes -= this.#entries.shift()?.bytes ?? 0;
  }

  #dropOldestBodies(): void {
    const entry = this.#entries[this.#bodiless];
    this.#bodiless += 1;
    if (entry?.bodies === undefined) return;
    this.#bytesOfBodies -= bytesOfBodies(entry.bodies);
    entry.bodies = undefined;
  }
}

/** What a record takes beside its texts: its own objects, and the headers of the messages. */
const bytesOfRecord = 4096;

/** Estimates the memory that a record keeps alive, by what was already counted for each invocation. */
function recordBytes({ request, steps }: RequestRecord): number {
  let bytes = bytesOfRecord + request.uri.length + request.querystring.length;
  for (const step of steps) {
    if ("run" in step) bytes += step.run.characters;
    if (step.step === "origin") bytes += step.invocation?.run.characters ?? 0;
  }
  return bytes;
}
