import { randomUUID } from "node:crypto";
import type { JourneyRecord } from "../edge-location/journey-record.ts";
import { Latest } from "../trace/latest.ts";
import { summarize, type RequestSummary } from "./request-summary.ts";

/** How many requests the list holds; of older ones the details are gone long since. */
export const maxRequests = 10_000;

/** The latest requests, summarized, and who wants to hear of new ones. */
export class RequestList {
  /** Tells the list from that of a local CloudFront that had the port before. */
  readonly id: string = randomUUID();
  readonly #summaries = new Latest<RequestSummary>();
  #number = 0;
  #clearedNumber = 0;
  readonly #listeners = new Set<() => void>();

  add(record: JourneyRecord): void {
    this.#number += 1;
    this.#summaries.push(summarize(this.#number, record));
    if (this.#summaries.size > maxRequests) this.#summaries.shift();
    this.#tell();
  }

  /** Those with a higher number, the oldest first. */
  after(number: number): readonly RequestSummary[] {
    const first = this.#summaries.at(0);
    return first === undefined ? [] : this.#summaries.from(number + 1 - first.number);
  }

  /** The number of the latest request that was cleared away; 0 where none was. */
  get clearedNumber(): number {
    return this.#clearedNumber;
  }

  clear(): void {
    this.#summaries.clear();
    this.#clearedNumber = this.#number;
    this.#tell();
  }

  /** Calls the listener whenever the list has changed; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
