import { computed, signal } from "@preact/signals";
import type { RequestSummary } from "../../../src/inspector/request-summary.ts";
import { selectRequests, type RequestFilter } from "./select-requests.ts";

const maxRequests = 10_000;

/** All requests that the page knows, the oldest first. */
export const requests = signal<readonly RequestSummary[]>([]);

/** A filter that lets every request through. */
export const showAll: RequestFilter = { text: "", kind: undefined, result: undefined };

/** What the filter says. */
export const filter = signal<RequestFilter>(showAll);

/** The requests that the filter lets through, the newest first. */
export const shownRequests = computed(() => selectRequests(requests.value, filter.value));

/** Takes new requests in. */
export function addRequests(added: readonly RequestSummary[]): void {
  requests.value = [...requests.value, ...added].slice(-maxRequests);
}
