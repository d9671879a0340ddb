import { randomUUID } from "node:crypto";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { summarize, type RequestSummary } from "./request-summary.ts";
import { TextRing } from "./text-ring.ts";

/** How many requests the list holds; of older ones the details are gone long since. */
export const maxRequests = 10_000;
/** Enough for as many with ordinary URIs; of long ones, fewer are listed. */
const maxSummaryBytes = 2 * 1024 * 1024;

/** The latest requests, summarized, and who wants to hear of new ones. */
export class RequestList {
  /** Tells the list from that of a local CloudFront that had the port before. */
  readonly id: string = randomUUID();
  /** Each as the JSON text of its values: without their names it is half as long. */
  readonly #summaries = new TextRing(maxRequests, maxSummaryBytes);
  /** The names of those values, in the same order. */
  #names: readonly string[] | undefined;
  #clearedNumber = 0;
  readonly #listeners = new Set<() => void>();

  add(record: RequestRecord): void {
    const summary = summarize(this.#summaries.latest + 1, record);
    this.#names ??= Object.keys(summary);
    this.#summaries.add(JSON.stringify(Object.values(summary)));
    this.#tell();
  }

  /** Those with a higher number, the oldest first. */
  after(number: number): readonly RequestSummary[] {
    return this.#summaries.after(number).map((text) => this.#read(text));
  }

  /** The number of the latest request that was cleared away; 0 where none was. */
  get clearedNumber(): number {
    return this.#clearedNumber;
  }

  clear(): void {
    this.#summaries.clear();
    this.#clearedNumber = this.#summaries.latest;
    this.#tell();
  }

  /** Calls the listener whenever the list has changed; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #read(text: string): RequestSummary {
    const values = JSON.parse(text) as unknown[];
    // JSON has null for what is undefined.
    const named = this.#names?.map((name, place) => [name, values[place] ?? undefined]) ?? [];
    return Object.fromEntries(named) as RequestSummary;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
