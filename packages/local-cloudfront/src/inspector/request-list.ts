import { randomUUID } from "node:crypto";
import type { JourneyRecord } from "../edge-location/journey-record.ts";
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
  /** Each as the JSON text of its values. */
  readonly #summaries = new TextRing(maxRequests, maxSummaryBytes);
  #clearedNumber = 0;
  readonly #listeners = new Set<() => void>();

  add(record: JourneyRecord): void {
    this.#summaries.add(textOf(summarize(this.#summaries.latest + 1, record)));
    this.#tell();
  }

  /** Those with a higher number, the oldest first. */
  after(number: number): readonly RequestSummary[] {
    return this.#summaries.after(number).map(summaryOf);
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

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

type SummaryValues = readonly [
  number: number,
  requestId: string,
  startedAtMs: number,
  durationMs: number,
  method: string,
  uri: string,
  rewrittenTo: string | null,
  status: number,
  resultType: RequestSummary["resultType"],
  ran: RequestSummary["ran"],
  failedWith: string | null,
];

/** Without the names of its values a summary is half as long. */
function textOf(summary: RequestSummary): string {
  const values: SummaryValues = [
    summary.number,
    summary.requestId,
    summary.startedAtMs,
    summary.durationMs,
    summary.method,
    summary.uri,
    summary.rewrittenTo ?? null,
    summary.status,
    summary.resultType,
    summary.ran,
    summary.failedWith ?? null,
  ];
  return JSON.stringify(values);
}

function summaryOf(text: string): RequestSummary {
  const [
    number,
    requestId,
    startedAtMs,
    durationMs,
    method,
    uri,
    rewrittenTo,
    status,
    resultType,
    ran,
    failedWith,
  ] = JSON.parse(text) as SummaryValues;
  return {
    number,
    requestId,
    startedAtMs,
    durationMs,
    method,
    uri,
    rewrittenTo: rewrittenTo ?? undefined,
    status,
    resultType,
    ran,
    failedWith: failedWith ?? undefined,
  };
}
