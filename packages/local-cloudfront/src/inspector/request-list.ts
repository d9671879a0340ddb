import { randomUUID } from "node:crypto";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { summarize, type RequestSummary } from "./request-summary.ts";

/** How many requests the list holds; of older ones the details are gone long since. */
export const maxRequests = 10_000;
/** Enough for as many with ordinary URIs; of long ones, fewer are listed. */
const maxUriCharacters = 1024 * 1024;

/** The latest requests, summarized, and who wants to hear of new ones. */
export class RequestList {
  /** Distinguishes the list from that of a local CloudFront that had the port before. */
  readonly id: string = randomUUID();
  /** The oldest first. */
  #summaries: RequestSummary[] = [];
  #uriCharacters = 0;
  #latestNumber = 0;
  #clearedNumber = 0;
  readonly #listeners = new Set<() => void>();

  add(record: RequestRecord): void {
    this.#latestNumber += 1;
    const summary = summarize(this.#latestNumber, record);
    this.#summaries.push(summary);
    this.#uriCharacters += summary.uri.length;
    while (this.#summaries.length > maxRequests || this.#uriCharacters > maxUriCharacters) {
      this.#uriCharacters -= this.#summaries.shift()?.uri.length ?? 0;
    }
    this.#notify();
  }

  /** Those with a higher number, the oldest first. */
  after(number: number): readonly RequestSummary[] {
    const [oldest] = this.#summaries;
    return oldest === undefined
      ? []
      : this.#summaries.slice(Math.max(0, number + 1 - oldest.number));
  }

  /** The number of the latest request that was cleared away; 0 where none was. */
  get clearedNumber(): number {
    return this.#clearedNumber;
  }

  clear(): void {
    this.#summaries = [];
    this.#uriCharacters = 0;
    this.#clearedNumber = this.#latestNumber;
    this.#notify();
  }

  /** Calls the listener whenever the list has changed; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
